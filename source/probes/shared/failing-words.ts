import {dependencyWords} from '../../core/check/dependency-names.ts';
import {sanitize} from '../../format/sanitize.ts';
import type {Part} from './failing-parts.ts';

const MOST_CHARACTERS = 2_048;
const MOST_PARTS = 20;

/** One line for each check: Kubernetes (`[-]etcd failed: reason withheld`), okcomputer (`database: FAILED Error: …`). */
const LISTED = /^\s*(?:\[-\]\s?(?<k8s>[\w./-]{1,60})\b|(?<named>[\w./-]{1,60}):\s*FAILED\b)/gm;

/** Ports that say which service was not reached. */
const PORTS: Readonly<Record<string, string>> = {
  5432: 'postgres',
  3306: 'mysql',
  1433: 'mssql',
  27017: 'mongodb',
  6379: 'redis',
  11211: 'memcached',
  5672: 'rabbitmq',
  9092: 'kafka',
  9200: 'elasticsearch',
  389: 'ldap',
  2379: 'etcd',
};

/** The class of an exception says it all. */
const EXCEPTIONS: ReadonlyArray<readonly [RegExp, string]> = [
  [
    /\bPSQLException\b|\bPG::(?:ConnectionBad|UnableToSend)\b|\bpsycopg\d?\.OperationalError\b/,
    'postgres',
  ],
  [
    /\bSequelizeConnection\w*Error\b|\bSQLSTATE\[(?:08|HY000)|\bActiveRecord::Connection\w+\b/,
    'database',
  ],
  [/\bCommunicationsException\b|\bMySQL server has gone away\b/i, 'mysql'],
  [/\bMongo(?:ServerSelection|Network|Timeout)\w*\b|\bServerSelectionTimeoutError\b/, 'mongodb'],
  [
    /\bredis\.exceptions\.(?:Connection|Timeout)Error\b|\bRedis::(?:Cannot|Base)Connect\w*\b/,
    'redis',
  ],
];

const NAME = `(?<name>${dependencyWords.filter(word => word.length > 1).join('|')})`;
const TROUBLE =
  "(?:down|broken|unavailable|unreachable|offline|disconnected|gone away|refused|timed[ -]?out|timeout|lost|not (?:available|reachable|responding|connected|running|ready)|(?:is|are|does|did|has|was)(?:n't| not) \\w+|too many (?:connections|clients)|connection (?:refused|failed|error|reset|closed|lost|timed out)|E(?:CONN(?:REFUSED|RESET|ABORTED)|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN))";
const FAILED_TO =
  "(?:(?:could|can|did|does)(?: ?not|n't)|cannot|unable to|failed to|failure to|error) (?:be )?(?:connect(?:ing|ed|ion)?|reach(?:ed)?|contact(?:ed)?|resolve|open(?:ing)?|talk|acquire|establish(?:ing)?)";

/** Dots of host names end no sentence. */
function within(characters: number): string {
  return `(?:[^\\n.;!?]|[.](?=\\S)){0,${characters}}?`;
}

/** `database is down`, `database error`: the name, then what is wrong with it. */
const NAME_FIRST = new RegExp(
  `\\b${NAME}\\b${within(60)}(?:\\b${TROUBLE}\\b)|\\b${NAME.replace('name', 'next')}\\b(?:[ _-]\\w+){0,2}?[ :_-]+(?:error|failure|failed|fail|exception)\\b`,
  'i',
);
/** `connection refused: redis`, `could not connect to server: postgres`. */
const TROUBLE_FIRST = new RegExp(
  `\\b(?:${TROUBLE}|${FAILED_TO})\\b${within(80)}\\b${NAME}\\b`,
  'i',
);
const TROUBLE_PORT = new RegExp(
  `(?:\\b${TROUBLE}\\b|${FAILED_TO})[^\\n]{0,120}?(?::|\\bport )(\\d{3,5})\\b|:(\\d{3,5})\\b[^\\n]{0,60}?\\b${TROUBLE}\\b`,
  'i',
);

/** The parts that the words of a body blame: the lines of a listing, or the dependency that an error message names. */
export function failingWords(body: string): readonly Part[] {
  const text = body.slice(0, MOST_CHARACTERS);
  const listed = [...text.matchAll(LISTED)].slice(0, MOST_PARTS).map(({groups}) => ({
    name: sanitize(groups?.['k8s'] ?? groups?.['named'] ?? '', 80),
    state: 'failed',
  }));
  if (listed.length > 0) return listed;
  const name = dependencyIn(text.replace(/<[^>\n]{0,200}>/g, ' '));
  return name === undefined ? [] : [{name, state: ''}];
}

function dependencyIn(text: string): string | undefined {
  const exception = EXCEPTIONS.find(([pattern]) => pattern.test(text))?.[1];
  if (exception !== undefined) return exception;
  for (const pattern of [NAME_FIRST, TROUBLE_FIRST]) {
    const groups = pattern.exec(text)?.groups;
    const name = groups?.['name'] ?? groups?.['next'];
    if (name !== undefined) return name.toLowerCase();
  }
  const [, after, before] = TROUBLE_PORT.exec(text) ?? [];
  return PORTS[after ?? before ?? ''];
}
