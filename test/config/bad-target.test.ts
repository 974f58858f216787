import {afterEach, describe, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {problemsOf, WEB} from './problems-of.ts';

afterEach(cleanUp);

describe('a config file with a mistake says where it is and what to write instead:', () => {
  test.each<[what: string, text: string, problem: string]>([
    [
      'an unknown key at the top',
      `prest: dev\n${WEB}`,
      '1:1: the file has no key prest; allowed: $schema, name, preset, stateDir, healBudget, brake, log, defaults, targets; did you mean preset?',
    ],
    [
      'an unknown key of a target',
      `${WEB}    intervall: 5s\n`,
      '4:5: targets[0] has no key intervall; allowed: name, url',
    ],
    [
      'an unknown preset',
      `${WEB}    preset: prd\n`,
      "4:13: targets[0].preset is 'prd'; allowed: dev, test, prod, high-load, low-latency, unstable-network; did you mean prod?",
    ],
    [
      'no name',
      'targets:\n  - url: http://127.0.0.1:3000/\n',
      '2:5: targets[0].name is missing; allowed: up to 63 letters',
    ],
    [
      'a name that is none',
      'targets:\n  - name: a b\n    port: 80\n',
      "2:11: targets[0].name is 'a b'; allowed: up to 63 letters, digits, dots, dashes, colons and underscores, e.g. web",
    ],
    [
      'two of one name',
      `${WEB}  - name: web\n    port: 80\n`,
      "4:11: targets[1].name is 'web', like targets[0].name; give each target its own name, e.g. web-2",
    ],
    [
      'no url',
      'targets:\n  - name: web\n    url: localhost:3000/health\n',
      "3:10: targets[0].url: 'localhost:3000/health' is not a url: http:// or https:// is missing, e.g. http://localhost:3000/health",
    ],
    [
      'another protocol',
      'targets:\n  - name: web\n    url: ftp://127.0.0.1/\n',
      '3:10: targets[0].url: ',
    ],
    [
      'nothing to watch',
      'targets:\n  - name: web\n',
      '2:5: targets[0] has nothing to watch; give it a url, a port, a pidFile, checks, or fix: {use: child',
    ],
    [
      'a negative interval',
      `${WEB}    interval: -5s\n`,
      "4:15: targets[0].interval is '-5s'; allowed: 100ms to 24h, written as 500ms, 5s, 2m, 1h or a number of seconds, e.g. 5s",
    ],
    [
      'an interval of nothing',
      `${WEB}    interval: 0\n`,
      '4:15: targets[0].interval is 0; allowed: 100ms to 24h',
    ],
    [
      'a timeout that is a list',
      `${WEB}    timeout: [5s]\n`,
      '4:14: targets[0].timeout is a list; allowed: 10ms to 24h',
    ],
    [
      'a threshold of a half',
      `${WEB}    threshold: 1.5\n`,
      '4:16: targets[0].threshold is 1.5; expected a whole number from 1 to 1000',
    ],
    [
      'a port beyond all ports',
      `${WEB}    port: 99999\n`,
      '4:11: targets[0].port is 99999; expected a whole number from 1 to 65535',
    ],
    [
      'a budget without a time',
      `${WEB}    budget: 3\n`,
      '4:13: targets[0].budget is 3; expected a number of fixes and a time, e.g. 3 in 5m',
    ],
    [
      'a backoff with a slip',
      `${WEB}    backoff: {base: 1s, facter: 2}\n`,
      '4:25: targets[0].backoff has no key facter; allowed: base, factor, cap; did you mean factor?',
    ],
    [
      'an empty value',
      `${WEB}    processName:\n`,
      '4:5: targets[0].processName is empty; expected a text, e.g. node',
    ],
    [
      'a word for true',
      `${WEB}    observe: yes\n`,
      "4:14: targets[0].observe is 'yes'; expected true or false",
    ],
    [
      'words of a url without one',
      'targets:\n  - name: web\n    port: 80\n    expect: {status: ok}\n',
      '4:5: targets[0] has expect but no url',
    ],
    [
      'a wrong word of the http check',
      `${WEB}    method: GOT\n`,
      "4:13: targets[0].method is 'GOT'; allowed: GET, POST",
    ],
    [
      'a header that is a number',
      `${WEB}    headers: {A: 5}\n`,
      "4:18: targets[0].headers.A is 5; expected a text: put it in quotes: '5'",
    ],
    [
      'a dependency on nobody',
      `${WEB}    dependsOn: [db]\n  - name: other\n    port: 80\n`,
      "4:17: targets[0].dependsOn[0] is 'db', but no target has this name; allowed: other",
    ],
    [
      'a dependency on itself',
      `${WEB}    dependsOn: [web]\n`,
      '4:16: targets[0].dependsOn is circular: web -> web; remove one of them',
    ],
    [
      'a cycle',
      'targets:\n  - {name: a, port: 1, dependsOn: [b]}\n  - {name: b, port: 2, dependsOn: [c]}\n  - {name: c, port: 3, dependsOn: [a]}\n',
      '2:35: targets[0].dependsOn is circular: a -> b -> c -> a',
    ],
    [
      'a backoff whose longest wait is shorter than its first',
      `${WEB}    backoff: {base: 1m, cap: 1s}\n`,
      '4:30: targets[0].backoff.cap is 1s, below base, 1m; cap is the longest wait, e.g. cap: 1m',
    ],
    [
      'a backoff whose first wait is longer than the longest of its preset',
      `${WEB}    preset: dev\n    backoff: {base: 45}\n`,
      '5:21: targets[0].backoff.base is 45s, above the cap of preset dev, 30s; raise that too, e.g. cap: 45s',
    ],
    [
      'such a backoff for all targets',
      `defaults:\n  backoff: {base: 1m, cap: 1s}\n${WEB}  - {name: db, port: 1}\n`,
      '2:28: defaults.backoff.cap is 1s, below base, 1m; ',
    ],
    [
      'an unknown fault',
      `${WEB}    drill: {crsh: true}\n`,
      '4:13: targets[0].drill has no key crsh; allowed: crash, hang, error, slow, mend; did you mean crash?',
    ],
    [
      'a way to crash that is neither',
      `${WEB}    drill: {crash: ./break.sh now}\n`,
      "4:20: targets[0].drill.crash is './break.sh now'; expected true, or a command as a list of words, e.g. [./break.sh]",
    ],
    [
      'a fault that agent2 has no way of its own for',
      `${WEB}    drill: {error: true}\n`,
      '4:20: targets[0].drill.error is true; expected a list',
    ],
  ])('%s', async (_what, text, problem) => {
    const problems = await problemsOf(text);
    expect(problems.join('\n')).toContain(problem);
    expect(problems).toHaveLength(1);
  });

  test('but not for waits that are only shortened, or that a preset allows', async () => {
    for (const text of [
      `${WEB}    backoff: {cap: 1s}\n`,
      `${WEB}    backoff: {base: 1m, cap: 1m}\n`,
      `preset: prod\n${WEB}    backoff: {base: 2m}\n`,
      `defaults: {backoff: {base: 2m}}\n${WEB}    preset: prod\n`,
    ])
      expect(await problemsOf(text)).toEqual([]);
  });

  test('all of them at once, in the order of the file', async () => {
    const problems = await problemsOf(
      'preset: prd\ntargets:\n  - name: a b\n    port: 0\n    tiemout: 5s\n    dependsOn: [x]\n    fix: {use: nothing}\n',
    );
    expect(problems.map(line => line.replace(/: .*/, ''))).toEqual([
      '1:9',
      '3:11',
      '4:11',
      '5:5',
      '6:17',
      '7:16',
    ]);
  });
});
