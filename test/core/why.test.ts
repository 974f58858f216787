import {expect, test} from 'vitest';
import {whyLine} from '../helpers/why.ts';
import {ask, healthy, seconds} from '../helpers/virtual/scenes.ts';

test('the why line shows a refusal for ten seconds', () => {
  const world = healthy({fix: 'none'});
  ask(world, {type: 'restart-requested', by: 'user'});
  expect(whyLine(world.target(), world.now())).toMatch(/^no restart: no restart is configured/);
  expect(whyLine(world.target(), world.now() + seconds(11))).toMatch(/^healthy/);
});

test('the reason of a target without a fix names the option, or the config file, that adds one', () => {
  const advice = (fingerprint: string) => {
    const world = healthy({fix: 'none', fingerprint});
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(20));
    const why = whyLine(world.target(), world.now());
    ask(world, {type: 'restart-requested', by: 'user'});
    const refused = whyLine(world.target(), world.now());
    const sentence = /no restart is configured: .*/.exec(why)?.[0];
    expect(refused).toBe(`no restart: ${sentence}`);
    return sentence;
  };
  expect(advice('')).toBe("no restart is configured: add --restart 'CMD' or -- CMD");
  expect(advice('of a config file')).toBe(
    'no restart is configured: the config file gives it no fix (fix: none); change it there',
  );
});
