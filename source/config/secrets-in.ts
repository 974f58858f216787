import {parseJson} from '../format/json.ts';
import {SECRET_NAME, withoutScheme} from '../format/secret-name.ts';
import {splitWords} from '../format/shell-words.ts';

/**
 * The literal secrets in values (a password in a url, a header, `--token` of a command), which the config file should have
 * named instead. Redacted by value from then on, wherever they appear.
 */
export function secretsIn(value: unknown): readonly string[] {
  const found = new Set<string>();
  walk(value, undefined);
  return [...found];

  function walk(each: unknown, name: string | undefined): void {
    if (typeof each === 'string') {
      if (name !== undefined && SECRET_NAME.test(name)) return valueOf(each);
      return text(each);
    }
    if (Array.isArray(each)) {
      words(each.filter(item => typeof item === 'string'));
      each.forEach((item: unknown) => walk(item, undefined));
      return;
    }
    if (each instanceof URL) return text(each.href);
    if (typeof each === 'object' && each !== null)
      Object.entries(each).forEach(([key, item]) => walk(item, key));
  }

  function text(each: string): void {
    for (const [url] of each.matchAll(/(?:unix:|[a-z][a-z0-9+.-]{0,20}:\/)\/[^\s"'<>]+/gi))
      ofUrl(url);
    header(each);
    if (/^\s*[[{]/.test(each)) return ofJson(each);
    for (const [, name = '', given = ''] of each.matchAll(ELEMENT)) pair(name, given);
    if (!/[\s=]/.test(each)) return;
    if (FORM.test(each)) for (const [name, given] of new URLSearchParams(each)) pair(name, given);
    const split = splitWords(each);
    words(split.kind === 'words' ? split.words : each.split(/\s+/));
  }

  function header(each: string): void {
    const [, name = '', given = ''] = /^([\w-]{1,60}):\s+(.+)$/s.exec(each) ?? [];
    if (SECRET_NAME.test(name)) valueOf(given);
  }

  function pair(name: string, given: string): void {
    if (SECRET_NAME.test(name)) valueOf(given);
  }

  /** `--token X`, `--token=X`, `TOKEN=X`, and the short options of well-known programs. */
  function words(all: readonly string[]): void {
    const [program = ''] = all.map(word => word.slice(word.lastIndexOf('/') + 1));
    for (const [programs, options] of SHORT_OPTIONS) {
      if (!programs.test(program)) continue;
      for (const [, given = ''] of ['', ...all.slice(1)].join('\0').matchAll(options))
        valueOf(given);
    }
    all.forEach((word, index) => {
      header(word);
      const [, name = '', given] = /^(--?[\w-]+|[\w-]+)(?:=(.+))?$/s.exec(word) ?? [];
      if (!SECRET_NAME.test(name)) return;
      if (given !== undefined) valueOf(given);
      else if (name.startsWith('-') && !(all[index + 1] ?? '-').startsWith('-'))
        valueOf(all[index + 1] ?? '');
    });
  }

  function ofJson(each: string): void {
    // A list or a body that is no JSON has no recognisable names.
    walk(parseJson(each), undefined);
  }

  function ofUrl(text: string): void {
    if (!URL.canParse(text)) return;
    const url = new URL(text);
    const [user, password] = [decoded(url.username), decoded(url.password)];
    if (user !== '' || password !== '') keep(Buffer.from(`${user}:${password}`).toString('base64'));
    // A user without a password is a token; with one it is a name, which appears in many texts.
    [password, url.password, ...(password === '' ? [user, url.username] : [])].forEach(keep);
    for (const [name, given] of url.searchParams)
      if (SECRET_NAME.test(name) || looksRandom(given)) valueOf(given);
    const fragment = url.hash.slice(1);
    if (looksRandom(fragment)) keep(fragment);
    const parts = url.pathname.split('/');
    const hook = parts.findIndex(part => /^(?:web-?)?hooks?$/i.test(part));
    const secret = /(?:^|\.)hooks\.slack\.com$/.test(url.hostname)
      ? parts.slice(1)
      : hook < 0
        ? parts.filter(looksRandom)
        : parts.slice(hook + 1);
    [...secret, ...secret.map(decoded)].filter(part => part.length >= LEAST_PATH).forEach(keep);
  }

  /** The whole value, and its secret part: behind `Bearer`, in the pairs of a cookie, within the base64 of `Basic`. */
  function valueOf(each: string): void {
    const rest = withoutScheme(each);
    keep(rest);
    if (/^basic\s/i.test(each)) {
      const plain = Buffer.from(rest, 'base64').toString('utf8');
      keep(plain);
      keep(plain.slice(plain.indexOf(':') + 1));
    }
    for (const [, part = ''] of rest.matchAll(/(?:^|[;,]\s*)[\w.-]+="?([^;,"]+)/g)) keep(part);
  }

  function keep(secret: string): void {
    if (secret.length >= SHORTEST && !/^\d{1,5}$/.test(secret) && !ORDINARY.test(secret))
      found.add(secret);
  }
}

/** The secrets among the variables of an environment, which every command and its output may repeat. */
export function secretsOfEnvironment(env: NodeJS.ProcessEnv): readonly string[] {
  return secretsIn(
    Object.fromEntries(
      Object.entries(env).filter(([name, value]) => !/PWD$/.test(name) && !value?.startsWith('/')),
    ),
  );
}

/** `user=bob&password=x`, as a form sends it. */
const FORM = /^[\w.%[\]-]{1,60}=[^\s&]*(?:&[\w.%[\]-]{1,60}=[^\s&]*)*$/;
const ELEMENT = /<(?:[\w-]{1,40}:)?([\w-]{1,60})(?:\s[^<>]{0,200})?>([^<>]{1,4000})<\//g;

/** Options whose names do not say that a password follows, in words joined by NUL. */
const SHORT_OPTIONS: ReadonlyArray<readonly [program: RegExp, options: RegExp]> = [
  [/^(?:curl|http|https|wget)$/, /\0(?:-u|--user|-a|--auth|--proxy-user)[\0=]?[^\0:]*:([^\0]+)/g],
  [/^(?:mysql\w*|mariadb\w*|mongo\w*)$/, /\0-p\0?([^\0]+)/g],
  [/^sshpass$/, /\0-p\0?([^\0]+)/g],
  [/^(?:redis-cli|valkey-cli)$/, /\0-a\0([^\0]+)/g],
  [/^(?:ldap\w+|rabbitmqadmin)$/, /\0-[wp]\0([^\0]+)/g],
];

const SHORTEST = 4;
const LEAST_PATH = 6;
const LEAST_RANDOM = 16;
/** Words that state a secret or its absence, and are none. */
const ORDINARY = /^(?:null|true|false|none|undefined|basic|bearer|\*+)$/i;

/** Long, with letters and digits in no order that a person would choose. */
function looksRandom(text: string): boolean {
  return text
    .split(/[-._~]/)
    .some(
      part =>
        part.length >= LEAST_RANDOM &&
        /\d/.test(part) &&
        /[a-z]/i.test(part) &&
        /^[\w%=+]+$/.test(part),
    );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
