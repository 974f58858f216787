import {secretFinder, type SecretFinder} from './secret-finder.ts';

/**
 * Replaces secrets in a text by `***`: the given ones, and credentials in the usual forms of programs
 * (headers, `key=value`, JSON, urls, keys and tokens of known shapes). Redacting twice equals redacting once.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  const known = finderOf(secrets);
  let current = known.hide(text, MASK);
  // One rule's result may let another one, or a known secret, match: each round only redacts more.
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = RULES.reduce(
      (rest, [pattern, replace]) => rest.replace(pattern, replace),
      current,
    );
    if (next === current) return current;
    current = known.hide(next, MASK);
  }
  return current;
}

/** Redacts only the given secrets: for agent2's own text, where the usual forms of credentials are no credentials. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return finderOf(secrets).hide(text, MASK);
}

const MASK = '***';
const MOST_ROUNDS = 8;

type Rule = readonly [pattern: RegExp, replace: (match: string, ...groups: string[]) => string];

/*
 * Every pattern takes linear time: it starts at something rare, bounds each variable part before a required one,
 * and puts unbounded parts last, where they cannot fail.
 */
const NAME = String.raw`(?:password|passwd|passphrase|secret|token(?!iz)|credential|api[_-]?key|access[_-]?key|private[_-]?key)[\w-]{0,40}`;
const QUOTED = String.raw`\\{1,3}["'][^"'\\\r\n]*|"(?:[^"\\\r\n]|\\.)*"?|'(?:[^'\\\r\n]|\\.)*'?`;
const SEPARATOR = String.raw`\\{0,3}["']?[ \t]{0,4}(?:=>|[:=])[ \t]{0,4}`;

const RULES: readonly Rule[] = [
  [
    /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----[\w+/=\s\\:,.*]*(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----)?/g,
    () => MASK,
  ],
  [/(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,20}:\/\/[^\s"'<>]+/gi, hideInUrl],
  [
    /(hooks\.slack\.com\/|discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/|\.webhook\.office\.com\/|api\.telegram\.org\/bot)[^\s"'<>]+/gi,
    (_, host = '') => host + MASK,
  ],
  [
    /((?:^|[\s"'(/])(?:web-?hooks?|incoming-?webhooks?)\/|\/services\/T\w{1,20}\/B\w{1,20}\/)[^\s"'<>?#:,;)]{4,}/gi,
    (_, start = '') => start + MASK,
  ],
  [/\?[\w.~%[\]-]{1,60}=[^\s"'<>]*/g, () => `?${MASK}`],
  [
    new RegExp(
      String.raw`(\b(?:(?:proxy-)?authorization|(?:set-)?cookie)${SEPARATOR})(?:(${QUOTED})|[^\r\n"']+)`,
      'gi',
    ),
    (_, start = '', quoted = '') => start + masked(quoted),
  ],
  [/\b(bearer[ \t]{1,8})[^\s"',;]+/gi, (_, start = '') => start + MASK],
  [
    new RegExp(String.raw`(${NAME}${SEPARATOR})(?:(${QUOTED})|([^\s&;"'<>\\]+))`, 'gi'),
    (_, start = '', quoted = '', bare = '') =>
      start + (quoted !== '' ? masked(quoted) : isCount(start, bare) ? bare : maskedBare(bare)),
  ],
  [
    new RegExp(
      String.raw`((?<![\w-])--?[\w-]{0,40}?${NAME}[ \t]{1,8})(?:(${QUOTED})|([^\s"'-][^\s"']*))`,
      'gi',
    ),
    (_, start = '', quoted = '') => start + masked(quoted),
  ],
  // A login of a command line or an address without a scheme; not a mail, a package or an image.
  [
    /(?<![\w.:/@-])(?!(?:mailto|npm|sips?|acct|xmpp|ssh|workspace):)[a-z][\w.+-]{0,40}:(?!\*\*\*@)[^\s@:/"'<>,;]{3,100}(?=@(?!sha\d{3}:)(?:[a-z][\w-]*|\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:]+\])(?::\d{1,5}|[/\s"',;)]|$|\.[a-z]))/gi,
    match => match.slice(0, match.indexOf(':') + 1) + MASK,
  ],
  [
    new RegExp(
      String.raw`((?:^|[\s"'(/])(?:sshpass[ \t]{1,4}-p[ \t]?|(?:redis|valkey)-cli[^\r\n]{0,200}?[ \t]-a[ \t]{1,4}|(?:mysql|mariadb)\w{0,10}[^\r\n]{0,200}?[ \t]-p(?=\S)|curl[^\r\n]{0,200}?[ \t](?:-u|--user|--proxy-user)[ \t=]{1,4}[^\s:"'*]{1,60}:))(?:(${QUOTED})|[^\s"']+)`,
      'gi',
    ),
    (_, start = '', quoted = '') => start + masked(quoted),
  ],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, () => MASK],
  [/(?<![\w-])eyJ[\w-]{6,}(?:\.[\w-]+){1,4}/g, () => MASK],
  [
    /(?<![\w-])(?:gh[oprsu]_|github_pat_|glpat-|xox[abeprs]-|sk[-_]|[rs]k_live_|npm_|AIza)[\w-]{20,}/g,
    () => MASK,
  ],
];

/** Redacts user, password, query and fragment of an address, or all of it where a special character in a password makes its parts unclear. */
function hideInUrl(url: string): string {
  const start = url.indexOf('://') + 3;
  const rest = url.slice(start);
  const end = rest.search(/[?#]/);
  const place = end < 0 ? rest : rest.slice(0, end);
  const slash = place.indexOf('/');
  const authority = slash < 0 ? place : place.slice(0, slash);
  const at = authority.lastIndexOf('@');
  const host = authority.slice(at + 1);
  if (/^[^[\]]*:\D/.test(host) && host !== MASK) return url.slice(0, start) + MASK;
  const shown = (at < 0 ? place : `${MASK}@${place.slice(at + 1)}`).replace(
    HOOK,
    (_, begin: string) => begin + MASK,
  );
  return url.slice(0, start) + shown + (end < 0 ? '' : `${rest.charAt(end)}${MASK}`);
}

/** Keeps the quotes, so that JSON stays valid. */
function masked(quoted: string): string {
  const opening = /^\\{0,3}["']/.exec(quoted)?.[0] ?? '';
  const closed = opening.length === 1 && quoted.length > 1 && quoted.endsWith(opening);
  return opening + MASK + (closed ? opening : '');
}

/** In a webhook's address, the path is the password. */
const HOOK = /(\/(?:web-?)?hooks?\/)(?!\*\*\*).+/i;

/** Words that stand for no value, or tell what is wrong with it. */
const PLAIN =
  /^(?:null|true|false|none|undefined|nil|missing|required|expired|invalid|revoked|unknown|unset|empty|rejected|denied|incorrect|wrong)$/i;

/** Language models count tokens: `max_tokens=4096`, `"total_tokens": 12`. */
function isCount(start: string, value: string): boolean {
  return /^token[\w-]/i.test(start) && /^\d{1,5}[,)\]}]*$/.test(value);
}

/** Keeps punctuation after a value, and values that mean none. */
function maskedBare(value: string): string {
  let end = value.length;
  while (end > 0 && ',)]}'.includes(value.charAt(end - 1))) end--;
  return end === 0 || PLAIN.test(value.slice(0, end)) ? value : MASK + value.slice(end);
}

/** Cached, since the list of secrets lives as long as a config, and texts come with every check. */
const prepared = new WeakMap<readonly string[], SecretFinder>();

function finderOf(secrets: readonly string[]): SecretFinder {
  const before = prepared.get(secrets);
  if (before) return before;
  const finder = secretFinder(secrets);
  prepared.set(secrets, finder);
  return finder;
}
