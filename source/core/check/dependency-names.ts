/**
 * Names of services that others depend on, by family. Components of health bodies, words of error messages and the names in `notFor` are
 * compared by it: `postgres` in a body is the `db` of a config file.
 */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  database:
    'database databases metadatabase db dbs rdbms sql postgres postgresql postgre pgsql pg psql mysql mariadb mssql sqlserver oracle mongo mongodb cassandra scylla cockroach cockroachdb dynamo dynamodb clickhouse couchdb couchbase neo4j influxdb jdbc odbc datasource activerecord hikari'.split(
      ' ',
    ),
  cache: 'cache redis valkey keydb memcached memcache memcachier hazelcast'.split(' '),
  queue:
    'queue broker rabbit rabbitmq amqp kafka nats mq activemq artemis mqtt sqs pulsar jms sidekiq celery'.split(
      ' ',
    ),
  search: 'elastic elasticsearch opensearch solr meilisearch typesense'.split(' '),
  storage: 's3 minio gcs blobstorage bucket'.split(' '),
  directory: 'ldap ldaps kerberos keycloak sso idp oidc'.split(' '),
  mail: 'mail mailer smtp imap'.split(' '),
  secrets: ['vault'],
  registry: 'etcd consul zookeeper eureka'.split(' '),
  name_service: ['dns'],
  upstream: 'upstream upstreams downstream dependency dependencies'.split(' '),
};

const FAMILY_OF = new Map(
  Object.entries(FAMILIES).flatMap(([family, words]) => words.map(word => [word, family] as const)),
);

/** The family of dependencies that a name names: `database` for `PostgreSQLHealthCheck`, undefined for `diskSpace`. */
export function dependencyOf(name: string): string | undefined {
  const whole = FAMILY_OF.get(name.toLowerCase());
  if (whole !== undefined) return whole;
  for (const word of wordsOf(name)) {
    const family = FAMILY_OF.get(word);
    if (family !== undefined) return family;
  }
  return undefined;
}

/** All words, for a search in a text. */
export const dependencyWords: readonly string[] = [...FAMILY_OF.keys()];

/**
 * Whether `wanted`, a name of a config file, means the component `found` of a health body: the same name in any case and with any separators; the name
 * before a colon or dot, or the one after (`db` means `db:responseTime` and `backend.db`); or the general word for it (`db` and `database` mean `postgres`).
 */
export function meansComponent(wanted: string, found: string): boolean {
  const name = plain(wanted);
  if (name === '') return wanted === found;
  if (name === plain(found) || found.split(/[:.]/).some(part => plain(part) === name)) return true;
  const family = FAMILY_OF.get(name);
  return family !== undefined && GENERAL.has(name) && dependencyOf(found) === family;
}

/** Of two databases, `postgres` means only one; `db` means both. */
const GENERAL = new Set(['db', ...Object.keys(FAMILIES)]);

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_.:-]+/g, '');
}

function wordsOf(name: string): readonly string[] {
  return (name.match(/[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+\d*|\d+/g) ?? []).map(word =>
    word.toLowerCase(),
  );
}
