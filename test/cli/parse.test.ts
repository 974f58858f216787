import {describe, expect, test} from 'vitest';
import {parse} from '../../source/cli/parse.ts';
import {runOptions} from '../../source/cli/run-options.ts';
import {UsageError} from '../../source/contracts/command.ts';
import {logsOptions} from '../../source/commands/logs/options.ts';

const syntax = {
  words: {url: {}},
  options: runOptions,
  takesChild: true,
  examples: ['agent2 run http://127.0.0.1:3000/'],
} as const;
const parsed = (...argv: readonly string[]) => parse('run', syntax, argv);

describe('an option', () => {
  test('becomes a value', () => {
    expect(
      parsed(
        'http://127.0.0.1:1/',
        '--interval=500ms',
        '--timeout',
        '2',
        '--threshold=4',
        '--port',
        '8080',
        '--preset',
        'PROD',
        '--observe',
        '--pid-file=web.pid',
        '--log-level=warning',
      ),
    ).toMatchObject({
      words: {url: 'http://127.0.0.1:1/'},
      options: {
        interval: 500,
        timeout: 2_000,
        threshold: 4,
        port: 8080,
        preset: 'prod',
        observe: true,
        pidFile: 'web.pid',
        logLevel: 'warning',
      },
      given: {interval: ['500ms'], observe: true},
      child: undefined,
    });
  });

  test('takes a command apart as a shell would', () => {
    expect(parsed('--restart', `sh -c 'echo "a b"' x\\ y`).options.restart).toEqual([
      'sh',
      '-c',
      'echo "a b"',
      'x y',
    ]);
  });

  test('is a unit of the system, and with user: one of the user who runs agent2, whoever that is', () => {
    const unitOf = (text: string) => parsed('--unit', text).options.unit;
    expect(unitOf('web')).toEqual({unit: 'web.service'});
    expect(unitOf('web.socket')).toEqual({unit: 'web.socket'});
    expect(unitOf('user:web')).toEqual({unit: 'web.service', user: true});
  });

  test('expects fields of the body by path, values with = in them too', () => {
    expect(parsed('--expect', 'status=ok', '--expect', 'db.url=a=b').options.expect).toEqual([
      {path: 'status', equals: 'ok'},
      {path: 'db.url', equals: 'a=b'},
    ]);
  });

  test('may come without its value, or negated, or in short', () => {
    expect(parsed('--record').options.record).toBe(true);
    expect(parsed('--record').given).toEqual({record: true});
    expect(parsed('--record', 'x.jsonl').options.record).toBe('x.jsonl');
    const logs = (...argv: readonly string[]) =>
      parse('logs', {words: {}, options: logsOptions, examples: []}, argv);
    expect(logs('-f', '-n', 'all', '--no-color')).toMatchObject({
      options: {follow: true, lines: Infinity, color: false},
      given: {follow: true, lines: ['all'], color: true},
    });
    expect(logs().options.color).toBe(true);
  });

  test.each([
    [['--interval', 'soon'], "--interval 'soon' is not valid; allowed: 100ms to 24h"],
    [['--interval', '25h'], 'e.g. --interval 5s'],
    [['--threshold', '0'], "--threshold '0' is not valid; expected a whole number from 1 to 1000"],
    [['--retries', '1.5'], "--retries '1.5' is not valid"],
    [['--preset', 'prd'], 'expected one of dev, test, prod'],
    [['--preset', 'prd'], '; did you mean --preset prod?'],
    [['--log-level', 'warn'], '; did you mean --log-level warning?'],
    [['--expect', 'status'], "--expect 'status' is not valid; expected KEY=VALUE"],
    [['--restart', ''], "--restart '' contains no command; give one, e.g. --restart"],
    [['--restart', "a 'b"], 'never closed'],
    [['--unit', ''], "--unit '' is not the name of a unit"],
    [['--pid-file', ''], "--pid-file '' is not valid; expected the path of a file"],
    [['--process-name', ' '], "--process-name '' is not valid"],
    [['--record', 'http://127.0.0.1/'], '--record used the url as its file name'],
    [['--record='], '--record has an empty file name'],
    [['--interval'], "option '--interval <TIME>' needs a value"],
    [['--intervall', '5s'], "unknown option '--intervall'; did you mean --interval?"],
  ])('that is wrong is refused with what to type instead: %j', (argv, message) => {
    expect(() => parsed(...argv)).toThrow(UsageError);
    expect(() => parsed(...argv)).toThrow(message);
  });

  test('of another version is skipped where that is wanted', () => {
    const argv = ['http://127.0.0.1:1/', '--from-the-future', '--interval=5s'];
    expect(
      parse('run', {...syntax, words: {url: {}, more: {}}}, argv, {lenient: true}),
    ).toMatchObject({
      words: {url: 'http://127.0.0.1:1/'},
      options: {interval: 5_000},
    });
  });
});

describe('a word', () => {
  const words = {
    action: {required: true, choices: {print: undefined, install: undefined}},
    kind: {called: 'KIND', required: true, choices: {systemd: undefined, launchd: undefined}},
    url: {},
  } as const;
  const typed = (...argv: readonly string[]) =>
    parse('service', {words, options: {}, examples: ['agent2 service print systemd']}, argv).words;

  test('has a name', () => {
    expect(typed('print', 'systemd')).toEqual({action: 'print', kind: 'systemd', url: undefined});
  });

  test.each([
    [[], 'service needs one of print, install; e.g. agent2 service print systemd'],
    [['print'], 'service print needs one of systemd, launchd'],
    [
      ['prnt', 'systemd'],
      "service has no 'prnt'; allowed: print, install; did you mean agent2 service print?",
    ],
    [['print', 'systmd'], 'did you mean agent2 service print systemd?'],
    [['print', 'systemd', 'u', 'v'], "'v'; service takes print|install KIND [url], e.g."],
    [
      ['print', 'systemd', '--', 'node'],
      'service does not start a command; leave out -- and what follows',
    ],
  ])('that is wrong is refused with what to type instead: %j', (argv, message) => {
    expect(() => typed(...argv)).toThrow(message);
  });
});

test('what follows -- is the command, options and all', () => {
  expect(parsed('--observe', '--', 'node', '--observe', '--', 'x')).toMatchObject({
    options: {observe: true},
    child: ['node', '--observe', '--', 'x'],
  });
});
