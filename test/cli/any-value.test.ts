import {load} from 'agent2:commands';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {asksForHelp, parse} from '../../source/cli/parse.ts';
import {flagOf} from '../../source/cli/flags.ts';
import {targetFrom} from '../../source/config/options/target.ts';
import {UsageError, type CommandDefinition} from '../../source/contracts/command.ts';
import {render} from '../../source/core/text/say.ts';
import {anyValue} from '../helpers/any-value.ts';

const commands: ReadonlyArray<readonly [string, CommandDefinition]> = await Promise.all(
  Object.keys(load).map(async name => [name, await load[name]!()] as const),
);
const valued = commands.flatMap(([name, command]) =>
  Object.entries(command.options).flatMap(([option, row]) =>
    row.value === undefined
      ? []
      : [
          {
            title: `${name} ${flagOf(option, row)}`,
            name,
            command,
            option,
            flag: flagOf(option, row),
            row,
          },
        ],
  ),
);

/** The message of the error that `act` may throw, which only a `UsageError` may be; undefined without one. */
function complaint(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return render(error.text);
  }
}

describe.each(valued)('the option $title', ({name, command, option, flag, row}) => {
  const given = (text: string) => complaint(() => parse(name, command, [`${flag}=${text}`]));

  test('takes any text, or refuses it in a short line', () => {
    fc.assert(
      fc.property(anyValue, text => {
        const said = given(text);
        if (said === undefined) return;
        expect(said.length).toBeLessThan(1_000);
        expect(said).not.toMatch(/\p{Cc}/u);
      }),
    );
  });

  test('never has a number that is none', () => {
    fc.assert(
      fc.property(anyValue, text => {
        const {value} = row as {value: {parse(text: string): unknown}};
        const parsed = value.parse(text);
        if (typeof parsed === 'number' && !/^all$/i.test(text)) {
          expect(Number.isFinite(parsed)).toBe(true);
          expect(Math.abs(parsed)).toBeLessThan(1e14);
        }
      }),
    );
  });

  test('has no NUL', () => expect(given('a\0b')).toContain('NUL character'));

  test('takes no other option for its value', () => {
    if ('optional' in row && row.optional) return;
    const words = [flag, '--help'];
    expect(asksForHelp(words, command)).toBe(false);
    expect(complaint(() => parse(name, command, words))).toContain(
      `option '${flag}' needs a value`,
    );
    expect(option).not.toBe('');
  });
});

test('options and words of one target make a target or a short complaint', () => {
  const syntax = commands.find(([name]) => name === 'run')![1];
  const names = ['name', 'port', 'pidFile', 'processName', 'expect', 'restart', 'unit', 'ca'];
  fc.assert(
    fc.property(
      fc.option(anyValue, {nil: undefined}),
      fc.dictionary(fc.constantFrom(...names), anyValue),
      fc.option(fc.array(anyValue, {maxLength: 3}), {nil: undefined}),
      (url, options, child) => {
        const words = Object.entries(options).map(([key, text]) => `${flagOf(key)}=${text}`);
        const said = complaint(() => {
          const {options} = parse('run', syntax, words);
          const spec = targetFrom(url, options, child, '/root');
          expect(spec.name).toMatch(/^[^/\p{Cc}]{0,255}$/u);
          expect(spec.address.length).toBeLessThanOrEqual(200);
          expect(spec.url?.hostname.length ?? 0).toBeLessThanOrEqual(255);
          if ('restart' in options)
            expect((options['restart'] as string[])[0]?.trim()).not.toBe('');
        });
        if (said !== undefined) expect(said.length).toBeLessThan(1_000);
      },
    ),
  );
});

test.each([
  ['--expect', '.=x'],
  ['--expect', 'a..b=1'],
  ['--expect', 'a.=1'],
  ['--expect', '=1'],
  ['--restart', "''"],
  ['--restart', '" "'],
  ['--restart', ''],
  ['--interval', '1e999'],
  ['--interval', 'Infinity'],
  ['--interval', 'NaN'],
  ['--interval', '-1s'],
  ['--interval', `${'9'.repeat(30)}d`],
  ['--threshold', '1e2'],
  ['--port', '0x50'],
  ['--port', '99999'],
])('%s %j is refused', (flag, text) => {
  const syntax = commands.find(([name]) => name === 'run')![1];
  expect(complaint(() => parse('run', syntax, [`${flag}=${text}`]))).toContain(flag);
});

test.each([
  ['logs', '--since', `${10n ** 30n}d`],
  ['logs', '--until', '1e999'],
  ['maintain', '--keep', `${10n ** 30n}d`],
  ['stop', '--name', 'a/b'],
  ['stop', '--name', '..'],
  ['status', '--name', '.'],
  ['pause', '--for', `${'9'.repeat(400)}h`],
])('%s %s %s is refused', (name, flag, text) => {
  const syntax = commands.find(([each]) => each === name)![1];
  expect(complaint(() => parse(name, syntax, [flag, text]))).toContain(flag);
});

test.each([
  `http://${'a'.repeat(100_000)}/`,
  `http://${'a'.repeat(64)}.example/`,
  `http://127.0.0.1/${'a'.repeat(100_000)}`,
])('a url that is too long (%.40s…) is refused in a short line', url => {
  expect(complaint(() => targetFrom(url, {}, undefined, '/root'))).toMatch(/^.{20,300}$/);
});
