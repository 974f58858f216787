import {dependencyWords} from '../../core/check/dependency-names.ts';
import {sanitize} from '../../format/sanitize.ts';
import type {Part} from './failing-parts.ts';
import {OUTAGES, OWN_TROUBLE, UNRESOLVED} from './outage-sentences.ts';

const MOST_CHARACTERS = 2_048;
const MOST_PARTS = 20;

/** One line for each check: Kubernetes (`[-]etcd failed: reason withheld`), okcomputer (`database: FAILED Error: …`). */
const LISTED = /^\s*(?:\[-\]\s?(?<k8s>[\w./-]{1,60})\b|(?<named>[\w./-]{1,60}):\s*FAILED\b)/gm;

/** Ports that say which service was not reached. */
const PORTS: Readonly<Record<string, string>> = {
  5432: 'postgres',
  6432: 'pgbouncer',
  1521: 'oracle',
  9042: 'cassandra',
  7687: 'neo4j',
  26257: 'cockroachdb',
  465: 'smtp',
  587: 'smtp',
  636: 'ldaps',
  5671: 'rabbitmq',
  4222: 'nats',
  61616: 'activemq',
  2181: 'zookeeper',
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

/** The name of a file is not that of a service. */
const NO_FILE = String.raw`(?!\.(?:ya?ml|json|[cm]?[jt]s|py|rb|php|go|java|toml|ini|conf|cfg|env|xml|sqlite3?|db|log|lock)\b)`;
const NAME = `(?<name>${dependencyWords.join('|')})${NO_FILE}`;
const TROUBLE =
  "(?:down|broken|unavailable|unreachable|offline|disconnected|gone away|refused|timed[ -]?out|timeout|lost|not (?:available|reachable|responding|connected|running|ready)|(?:is|are|does|did|has|was)(?:n't| not) \\w+|too many (?:connections|clients)|connection (?:refused|failed|error|reset|closed|lost|timed out)|E(?:CONN(?:REFUSED|RESET|ABORTED)|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN))";
const FAILED_TO =
  "(?:(?:could|can|did|does)(?: ?not|n't)|can't|cannot|unable to|failed to|failure to|error) (?:be )?(?:connect(?:ing|ed|ion)?|reach(?:ed)?|contact(?:ed)?|resolve|open(?:ing)?|talk|acquire|establish(?:ing|ed)?)";

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
  const name = dependencyIn(withoutOwnTrouble(plainText(text)));
  return name === undefined ? [] : [{name, state: ''}];
}

/** Without tags, and with one kind of apostrophe. */
function plainText(html: string): string {
  return html.replace(/<[^>\n]{0,200}>/g, ' ').replace(/&#x27;|&#0?39;|&apos;|’/g, "'");
}

/** The lines and causes that tell nothing of the client's own trouble: a pool is empty also because its server is away, and then a cause beside it says so. */
function withoutOwnTrouble(text: string): string {
  return text
    .split(/\n|\\n|(?=\bCaused by\b|\bnested exception\b)/)
    .filter(line => !OWN_TROUBLE.test(line))
    .join('\n');
}

function dependencyIn(text: string): string | undefined {
  const outage = OUTAGES.find(([sentence]) => sentence.test(text))?.[1];
  if (outage !== undefined) return outage;
  for (const pattern of [NAME_FIRST, TROUBLE_FIRST]) {
    const groups = pattern.exec(text)?.groups;
    const name = groups?.['name'] ?? groups?.['next'];
    if (name !== undefined) return name.toLowerCase();
  }
  if (UNRESOLVED.test(text)) return 'dns';
  const [, after, before] = TROUBLE_PORT.exec(text) ?? [];
  return PORTS[after ?? before ?? ''];
}
