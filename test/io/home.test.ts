import {userInfo} from 'node:os';
import {afterEach, expect, test, vi} from 'vitest';
import {homeDirectory, isNowhere} from '../../source/io/home.ts';

afterEach(() => void vi.unstubAllEnvs());

test('the home is HOME where that is a path, else that of the account', () => {
  vi.stubEnv('HOME', '/somewhere/else');
  expect(homeDirectory()).toBe('/somewhere/else');
  for (const none of ['', 'relative', undefined]) {
    vi.stubEnv('HOME', none);
    expect(homeDirectory()).toBe(userInfo().homedir);
  }
});

test('only the home of a user who has none is nowhere', () => {
  expect(isNowhere('/nonexistent/.local/state')).toBe(true);
  expect(isNowhere('/nonexistent-but-mounted')).toBe(false);
  expect(isNowhere('/root')).toBe(false);
});
