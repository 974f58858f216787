import {afterEach, describe, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {problemsOf, WEB} from './problems-of.ts';

afterEach(cleanUp);

describe('a config file with a mistake says where it is and what to write instead:', () => {
  test.each<[what: string, text: string, problem: string]>([
    [
      'an unknown fix',
      `${WEB}    fix: {use: sytemd, unit: web}\n`,
      "4:16: targets[0].fix.use is 'sytemd'; allowed: ",
    ],
    [
      'an unknown fix in short',
      `${WEB}    fix: nome\n`,
      "4:10: targets[0].fix is 'nome'; allowed: ",
    ],
    [
      'a fix without what it needs',
      `${WEB}    fix: {use: systemd}\n`,
      '4:10: targets[0].fix.unit is missing; expected a text',
    ],
    [
      'a fix without what it needs, in short',
      `${WEB}    fix: systemd\n`,
      '4:10: targets[0].fix.unit is missing; expected a text',
    ],
    [
      'a fix with too much',
      `${WEB}    fix: {use: systemd, unit: a, untt: b}\n`,
      '4:34: targets[0].fix has no key untt; allowed: unit, scope, use, notFor, for, stopTimeout; did you mean unit?',
    ],
    [
      'a fix for a cause that is healed anyway',
      `${WEB}    fix: {use: systemd, unit: a, for: [hung]}\n`,
      "4:40: targets[0].fix.for[0] is 'hung'; allowed: elsewhere, refused",
    ],
    [
      'half a pair',
      `${WEB}    fix: {use: pair, stop: [a]}\n`,
      '4:10: targets[0].fix.start is missing; expected a list',
    ],
    [
      'an unknown kind of check',
      `${WEB}    checks: [{tpc: x}]\n`,
      '4:15: targets[0].checks[0] has no key tpc; allowed: http, file, tcp, name, advisory; did you mean tcp?',
    ],
    [
      'a check of no kind',
      `${WEB}    checks: [{name: x}]\n`,
      '4:14: targets[0].checks[0] has no kind of check; expected one of http, file, tcp',
    ],
    [
      'a check of two kinds',
      `${WEB}    checks: [{tcp: 'a:1', http: {url: x}}]\n`,
      '4:27: targets[0].checks[0] has two kinds, tcp and http; begin another check with - http:',
    ],
    [
      'a check with wrong options',
      `${WEB}    checks: [{file: {path: /x, pth: /x}}]\n`,
      '4:32: targets[0].checks[0].file has no key pth; allowed: path; did you mean path?',
    ],
    [
      'a check whose kind has words of its own',
      `${WEB}    checks: [{tcp: nowhere}]\n`,
      "4:20: targets[0].checks[0].tcp: 'nowhere' cannot be used; expected host:port",
    ],
    [
      'a check that takes a name',
      `${WEB}    checks: [{name: port, tcp: 'a:1'}]\n`,
      "4:21: targets[0].checks[0].name is 'port', the name of the port check",
    ],
    [
      'checks of one name',
      `${WEB}    checks: [{name: a, tcp: 'a:1'}, {name: a, tcp: 'a:1'}]\n`,
      "4:44: targets[0].checks[1].name is 'a', like checks[0].name",
    ],
  ])('%s', async (_what, text, problem) => {
    const problems = await problemsOf(text);
    expect(problems.join('\n')).toContain(problem);
    expect(problems).toHaveLength(1);
  });
});
