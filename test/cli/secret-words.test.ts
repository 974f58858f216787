import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
  childFromEnvironment,
  fromEnvironment,
  withoutSecretsInWords,
} from '../../source/cli/secret-words.ts';
import {secretsIn} from '../../source/config/secrets-in.ts';
import {splitWords} from '../../source/format/shell-words.ts';

function words(text = ''): readonly string[] {
  const split = splitWords(text);
  return split.kind === 'words' ? split.words : [];
}

describe('secrets in words', () => {
  test('go to variables, the same one for the same secret', () => {
    const call = {
      url: 'http://bob:hunter22@h/?access_token=t0ken',
      given: {restart: ["./r --token t0ken -H 'Authorization: Bearer abc d'"], preset: ['prod']},
      child: ['node', 'x.js', '--password', 'hunter22', '--password=hunter22'],
    };
    const secrets = secretsIn([call.url, call.given.restart[0], call.child]);
    const {words: quiet, env} = withoutSecretsInWords(call, secrets);
    expect(JSON.stringify(quiet)).not.toMatch(/hunter|t0ken|abc d/);
    expect(quiet.given['preset']).toEqual(['prod']);
    expect(Object.values(env).sort()).toEqual(['abc d', 'hunter22', 't0ken']);
    expect(fromEnvironment(quiet.url ?? '', env)).toBe(call.url);
    expect(childFromEnvironment(quiet.child ?? [], env)).toEqual(call.child);
    const [restart] = quiet.given['restart'] as readonly string[];
    expect(words(restart).map(word => fromEnvironment(word, env))).toEqual(
      words(call.given.restart[0]),
    );
  });

  test('never stay, whatever they are, and the words come back unchanged', () => {
    fc.assert(
      fc.property(
        fc.string({minLength: 6, maxLength: 20}).filter(text => !text.includes('${')),
        fc.boolean(),
        (secret, joined) => {
          const child = joined ? ['run', `--token=${secret}`] : ['run', '--token', secret, 'x'];
          const secrets = [secret];
          const {words: quiet, env} = withoutSecretsInWords(
            {url: undefined, given: {}, child},
            secrets,
          );
          expect(quiet.child?.join('\0').includes(secret)).toBe(false);
          expect(childFromEnvironment(quiet.child ?? [], env)).toEqual(child);
        },
      ),
    );
  });
});

describe('a variable in a url', () => {
  test('is replaced by its value, and the text itself can be written', () => {
    expect(fromEnvironment('http://bob:${env:PW}@h/$${env:PW}', {PW: 'x y'})).toBe(
      'http://bob:x y@h/${env:PW}',
    );
  });

  test.each(['http://${env:PW', 'http://${env:}/', 'http://${env:a b}/', 'http://${env:PWX}/'])(
    'is refused in %s',
    text => {
      expect(() => fromEnvironment(text, {PW: 'x'})).toThrow(/variable/);
    },
  );

  test('of a command behind -- stays its own', () => {
    expect(childFromEnvironment(['sh', '-c', 'echo ${env:1:2} ${env:PW}'], {PW: 'x'})).toEqual([
      'sh',
      '-c',
      'echo ${env:1:2} ${env:PW}',
    ]);
  });
});
