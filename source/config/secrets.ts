import type {Text} from '../core/model/text.ts';
import {resolve} from 'node:path';
import {message} from '../core/text/message.ts';
import {readBounded} from '../io/files/bounded-file.ts';
import {distrustPath} from '../io/files/trusted-path.ts';
import {didYouMean} from './did-you-mean.ts';
import {inWords, type Wording} from './file/complaint-list.ts';
import {MOST_COUNTED, type Path} from './problem.ts';
import {withTry} from '../format/try-text.ts';

export interface Resolved {
  /** The same values, with texts in place of `${env:NAME}` and `{file: path}`. */
  readonly value: unknown;
  readonly complaints: readonly Wording[];
  /** The resolved secrets. */
  readonly secrets: readonly string[];
}

/** The sources of secrets: the environment, and the base directory of relative paths. */
export interface SecretSource {
  readonly env: NodeJS.ProcessEnv;
  readonly directory: string;
}

const MAX_SECRET_BYTES = 65_536;
const WORLD_WRITABLE = 0o002;
/** Shorter texts are in every other word: redacting them would redact everything. */
const SHORTEST_SECRET = 4;
/** A port or a number of seconds is no secret, and in too many texts to be redacted. */
const ORDINARY = /^\d{1,5}$/;

/** Resolves the secrets in the values of a config file; `path` is the place of the values in it. */
export function resolveSecrets(value: unknown, path: Path, source: SecretSource): Resolved {
  const complaints: Wording[] = [];
  const secrets = new Set<string>();
  const keep = (secret: string) => {
    if (secret.length >= SHORTEST_SECRET && !ORDINARY.test(secret)) secrets.add(secret);
    return secret;
  };
  return {value: walk(value, path), complaints, secrets: [...secrets]};

  function walk(each: unknown, at: Path): unknown {
    if (typeof each === 'string') return fromEnvironment(each, at);
    if (Array.isArray(each)) return each.map((item: unknown, index) => walk(item, [...at, index]));
    if (typeof each !== 'object' || each === null) return each;
    const file = isCheck(at) ? undefined : fileOf(each);
    if (file !== undefined) return fromFile(file, at);
    return Object.fromEntries(
      Object.entries(each).map(([key, item]) => [key, walk(item, [...at, key])]),
    );
  }

  function fromEnvironment(text: string, at: Path): string {
    return text.replace(
      /\$?\$\{(env|file):([^}]*)\}?/g,
      (written: string, kind: string, name: string) => {
        if (written.startsWith('$$')) return written.slice(1);
        if (complaints.length >= MOST_COUNTED) return '';
        const wrong = mistake(written, kind, name);
        if (wrong !== undefined) {
          complaints.push(inWords(at, () => wrong));
          return '';
        }
        return keep(source.env[name] ?? '');
      },
    );
  }

  function mistake(written: string, kind: string, name: string): Text | undefined {
    if (!written.endsWith('}'))
      return message`has ${written} without its }; write \${${kind}:NAME}, or $\${${kind}: for the text itself`;
    if (kind === 'file')
      return message`has ${written}; a file can only replace a whole value: write {file: ${name || 'PATH'}}`;
    if (!/^[A-Za-z_]\w*$/.test(name))
      return message`has ${written}; expected the name of a variable, e.g. \${env:TOKEN}, or $\${env: for the text itself`;
    if (source.env[name] === undefined)
      return message`uses the environment variable ${name}, which is not set${didYouMean(name, Object.keys(source.env))}; set it where agent2 is started, e.g. export ${name}=…`;
    return undefined;
  }

  function fromFile(name: string, at: Path): string {
    const path = resolve(source.directory, fromEnvironment(name, at));
    const reading = readBounded(path, MAX_SECRET_BYTES);
    const complain = (text: Text) => {
      complaints.push(inWords(at, () => text));
      return '';
    };
    if (reading.kind === 'missing')
      return complain(
        message`names the file ${path}, which does not exist; create it, or correct the path (a relative path starts at the config file)`,
      );
    if (reading.kind === 'refused')
      return complain(message`names ${path}, which ${reading.reason}`);
    if (reading.stats.mode & WORLD_WRITABLE)
      return complain(
        withTry(
          message`names ${path}, which everybody may write (mode ${(reading.stats.mode & 0o777).toString(8)})`,
          `chmod o-w ${path}`,
        ),
      );
    // Else the owner of a directory could have root send a file that only root may read.
    const {uid, gid} = reading.stats;
    const distrust = distrustPath(path, {owner: {uid, gids: [gid]}});
    if (distrust !== undefined) return complain(message`names ${path}, which ${distrust}`);
    const text = reading.bytes.toString('utf8').replace(/\r?\n$/, '');
    return text.includes('\0')
      ? complain(message`names ${path}, which has a NUL character and is not a text`)
      : keep(text);
  }
}

/** `file` there is a kind of check. */
function isCheck(path: Path): boolean {
  return path.length === 4 && path[0] === 'targets' && path[2] === 'checks';
}

function fileOf(value: object): string | undefined {
  const [[key, file] = [], ...more] = Object.entries(value) as Array<[string, unknown]>;
  return key === 'file' && more.length === 0 && typeof file === 'string' ? file : undefined;
}
