import type {ValueKind} from '../../contracts/command.ts';
import type {FieldExpectation} from '../../contracts/probe.ts';
import {message} from '../../core/text/message.ts';
import {isFieldPath} from '../../format/field-path.ts';
import {sanitize} from '../../format/sanitize.ts';
import {unitName} from '../../format/unit-name.ts';
import {splitWords} from '../../format/shell-words.ts';
import {someText, type ConfigValue} from './values.ts';

/** What the value of an option is, where only one option has such values. */

export function factor(): ConfigValue<number> {
  return {
    called: 'N',
    completion: 'nothing',
    example: '2',
    expected: () => message`expected a number from 1 to 10`,
    parse(text) {
      const value = /^\d{1,2}(\.\d{1,3})?$/.test(text) ? Number(text) : NaN;
      return value >= 1 && value <= 10 ? value : undefined;
    },
    json: {type: 'number', minimum: 1, maximum: 10},
  };
}

/** `KEY=VALUE`; the value may hold `=` too. */
export function expectation(): ValueKind<FieldExpectation> {
  return {
    called: 'KEY=VALUE',
    completion: 'nothing',
    example: 'status=ok',
    expected: () =>
      message`expected KEY=VALUE of the JSON body, KEY being names with dots between them`,
    parse(text) {
      const at = text.indexOf('=');
      const path = text.slice(0, Math.max(0, at));
      return isFieldPath(path) ? {path, equals: text.slice(at + 1)} : undefined;
    },
  };
}

export function commandLine(): ValueKind<readonly string[]> {
  const example = "'systemctl --user restart web'";
  return {
    called: 'CMD',
    completion: 'nothing',
    example,
    expected: () => message`expected a command`,
    parse(text) {
      const split = splitWords(text);
      return split.kind === 'words' && namesProgram(split.words) ? split.words : undefined;
    },
    complain(text) {
      const split = splitWords(text);
      return split.kind === 'invalid'
        ? message`${quoted(text)}: ${split.reason}; quote it like in a shell, e.g. --restart ${example}`
        : message`${quoted(text)} contains no command; give one, e.g. --restart ${example}`;
    },
  };
}

/** Whether the first word of a command can be a program. */
export function namesProgram([program = '']: readonly string[]): boolean {
  return program.trim() !== '';
}

const USER_UNIT = 'user:';

interface Unit {
  readonly unit: string;
  /** Of the user's own manager. */
  readonly user?: true;
}

/** `web` is a unit of the system, `user:web` one of the user's own manager. */
export function systemdUnit(): ValueKind<Unit> {
  const read = (text: string) =>
    unitName(text.startsWith(USER_UNIT) ? text.slice(USER_UNIT.length) : text);
  return {
    called: 'NAME',
    completion: 'nothing',
    example: 'web',
    expected: () => message`expected the name of a unit`,
    parse(text) {
      const unit = read(text);
      if (unit.kind === 'invalid') return undefined;
      return {unit: unit.name, ...(text.startsWith(USER_UNIT) ? {user: true} : {})};
    },
    complain(text) {
      const unit = read(text);
      return unit.kind === 'invalid'
        ? message`${unit.reason}; for a unit of your own: --unit user:web`
        : '';
    },
  };
}

/** A url after `--record` was meant as the target: the option may take a file. */
export function recordingFile(): ValueKind<string> {
  const file = someText('FILE', 'web.jsonl', 'file');
  return {
    ...file,
    parse: text => (/^(?:https?:\/\/|(?:http\+)?unix:)/.test(text) ? undefined : file.parse(text)),
    complain: text =>
      text.trim() === ''
        ? message`has an empty file name; name a file, or leave the name out, e.g. --record web.jsonl`
        : message`used the url as its file name; name a file, or put --record last, e.g. agent2 run ${sanitize(text.replace(/[?#].*$/s, ''), 100)} --record`,
  };
}

function quoted(text: string): string {
  return `'${sanitize(text, 80)}'`;
}
