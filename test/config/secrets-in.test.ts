import {describe, expect, test} from 'vitest';
import {secretsIn, secretsOfEnvironment} from '../../source/config/secrets-in.ts';

describe('secrets that stand in values as they are', () => {
  test.each<[string, unknown, readonly string[]]>([
    [
      'a password of a url, and what is sent for it',
      'http://bob:hun%2Fter2@db/',
      [Buffer.from('bob:hun/ter2').toString('base64'), 'hun/ter2', 'hun%2Fter2'],
    ],
    [
      'a token in the place of a user',
      'https://abcd1234@host/',
      [Buffer.from('abcd1234:').toString('base64'), 'abcd1234'],
    ],
    [
      'a query, by its name or its look',
      'http://h/x?access_token=abcd&format=json&x=a1b2c3d4e5f6g7h8',
      ['abcd', 'a1b2c3d4e5f6g7h8'],
    ],
    [
      'the path of a webhook',
      new URL('https://chat.example/hooks/first1/second'),
      ['first1', 'second'],
    ],
    [
      'the path of one of Slack',
      'https://hooks.slack.com/services/T012345/B012345/xyzxyz',
      ['services', 'T012345', 'B012345', 'xyzxyz'],
    ],
    [
      'a long random part of a path',
      'http://h/health/9f8e7d6c5b4a39281706',
      ['9f8e7d6c5b4a39281706'],
    ],
    [
      'a header',
      {headers: {Authorization: 'Bearer tok.en1', Accept: 'application/json'}},
      ['tok.en1'],
    ],
    [
      'a header with a password in it',
      {Authorization: `Basic ${Buffer.from('u:passw').toString('base64')}`},
      [Buffer.from('u:passw').toString('base64'), 'u:passw', 'passw'],
    ],
    ['a cookie', {Cookie: 'sid=abc123; theme=dark'}, ['sid=abc123; theme=dark', 'abc123', 'dark']],
    [
      'options of a command',
      ['./deploy', '--token', 'tok-1', '--api-key=key-1', '--verbose', 'PASSWORD=pw12'],
      ['tok-1', 'key-1', 'pw12'],
    ],
    [
      'a command in one text',
      "./deploy --token 'tok 1' -H 'Authorization: Bearer hdr1'",
      ['tok 1', 'hdr1'],
    ],
    ['a body', {body: '{"user": "bob", "password": "pass1"}'}, ['pass1']],
    ['a body of a form', {body: 'user=bob&password=pa%2Fss1&x=y'}, ['pa/ss1']],
    ['a body of XML', {body: '<a><user>bob</user><x:password>pass1</x:password></a>'}, ['pass1']],
    ['the login of curl', ['/usr/bin/curl', '-fsu', 'bob:x', '-u', 'bob:pass1', 'u'], ['pass1']],
    ['the login of curl in one text', 'curl --user=bob:pass1 http://h/', ['pass1']],
    ['the password of mysql', ['mysql', '-ubob', '-ppass1', '-e', 'select 1'], ['pass1']],
    ['the password of redis', ['redis-cli', '-a', 'pass1', 'ping'], ['pass1']],
  ])('%s', (_what, value, expected) => {
    expect([...secretsIn(value)].sort()).toEqual([...expected].sort());
  });

  test.each<[string, unknown]>([
    ['an ordinary url', 'http://127.0.0.1:3000/api/v2/health-check-endpoint-2024?verbose=yes'],
    ['files that hold one', ['mysql', '--password-file', '/run/pw', '--token-path=/x/y']],
    ['a name without a value', ['./ask', '--password', '--user', 'bob']],
    ['numbers and words that say nothing', {token: '1234', password: 'true', secret: null}],
  ])('are none in %s', (_what, value) => {
    expect(secretsIn(value)).toEqual([]);
  });
});

test('secrets of an environment are its values of secret names, never its paths', () => {
  expect(
    secretsOfEnvironment({
      AWS_SECRET_ACCESS_KEY: 'abc/defg',
      DATABASE_URL: 'postgres://bob:hunter2@db/x',
      PWD: '/home/bob',
      OLDPWD: '/home/bob/old',
      AUTH_TOKEN: '/run/secrets/token',
      HOME: '/home/bob',
      LANG: 'C.UTF-8',
    }),
  ).toEqual(expect.arrayContaining(['abc/defg', 'hunter2']));
  expect(secretsOfEnvironment({PWD: '/home/bob', AUTH_TOKEN: '/run/token', LANG: 'C'})).toEqual([]);
});
