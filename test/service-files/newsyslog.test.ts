import {describe, expect, test} from 'vitest';
import {definition as newsyslog} from '../../source/service-files/newsyslog.ts';
import {facts} from './facts.ts';

const alice = {name: 'alice', group: 'users', uid: 1000, home: '/home/alice'};

describe('a line for newsyslog', () => {
  test('has its fields', () => {
    const text = newsyslog.text({...facts, account: alice, stateDir: '/Users/alice/a#b'}, 'a mark');
    expect(text.trimEnd().split('\n').at(-1)).toBe(
      '/Users/alice/a\\#b/agent2.log  alice:users  644  8  10240  $W0D0  Z  /Users/alice/a\\#b/agent2.pid  31',
    );
  });

  test('is not made of a path with a space', () => {
    expect(newsyslog.refusal?.({...facts, stateDir: '/Users/a b'})?.message).toContain(
      '--state-dir DIR',
    );
  });
});
