/** The names of one family of services that others depend on. */
interface Family {
  /** What `notFor` may call the whole family, beside its own name; also found within the names of components. */
  readonly general: readonly string[];
  /** Servers and protocols: in the names of components and in texts. */
  readonly servers: readonly string[];
  /** Libraries and frameworks: in the names of components only, because a text of theirs may be about their own trouble, as an exhausted pool. */
  readonly clients?: readonly string[];
  /** Part of the process: meant by `notFor`, but nothing that a restart cannot reach. */
  readonly embedded?: readonly string[];
}

/**
 * Names of services that others depend on, by family. Components of health bodies, words of error messages and the names in `notFor` are
 * compared by it: `postgres` in a body is the `db` of a config file.
 */
const FAMILIES: Readonly<Record<string, Family>> = {
  database: {
    general: 'db dbs databases datastore'.split(' '),
    servers:
      'database databases metadatabase db dbs datastore rdbms sql postgres postgresql postgre pgsql pg psql mysql mariadb percona mssql sqlserver sqlclient oracle mongo mongodb cassandra scylla scylladb cockroach cockroachdb dynamo dynamodb clickhouse couchdb couchbase neo4j influxdb db2 informix firebird sybase vertica teradata redshift cosmosdb firestore bigtable hbase timescaledb tidb yugabyte yugabytedb rethinkdb arangodb ravendb surrealdb tarantool aerospike questdb supabase planetscale pgbouncer pgpool proxysql maxscale jdbc odbc datasource'.split(
        ' ',
      ),
    clients:
      'npgsql hibernate nhibernate r2dbc sqlalchemy prisma typeorm mikroorm sequelize knex mongoose activerecord hikari hikaricp c3p0 dbcp agroal entityframework entityframeworkcore efcore dbcontext dapper jpa jooq mybatis ibatis eclipselink entitymanager sessionfactory flyway liquibase doctrine dbal eloquent pdo mysqli psycopg psycopg2 asyncpg pymongo pymysql gorm sqlx pgx peewee ecto pgpromise mysql2 jdbctemplate datasources aurora rds cosmos timescale spanner influx snowflake'.split(
        ' ',
      ),
    embedded: 'sqlite sqlite3 h2 hsqldb derby rocksdb leveldb lmdb duckdb badgerdb boltdb'.split(
      ' ',
    ),
  },
  cache: {
    general: 'caches caching'.split(' '),
    servers: 'cache redis valkey keydb memcached memcache memcachier hazelcast elasticache'.split(
      ' ',
    ),
    clients:
      'caches ioredis lettuce jedis redisson predis phpredis stackexchangeredis infinispan garnet'.split(
        ' ',
      ),
    embedded: 'ehcache caffeine'.split(' '),
  },
  queue: {
    general: 'queues broker brokers mq messaging messagebus messagebroker'.split(' '),
    servers:
      'queue queues broker brokers rabbit rabbitmq amqp kafka redpanda nats jetstream mq activemq artemis rocketmq ibmmq mqtt mosquitto emqx sqs sns kinesis pubsub pulsar jms nsq qpid servicebus eventhub eventhubs eventbus messagebus messagebroker beanstalkd gearman sidekiq celery'.split(
        ' ',
      ),
    clients:
      'stomp masstransit nservicebus rebus bullmq bull resque hangfire amqplib pika kombu kafkajs'.split(
        ' ',
      ),
  },
  search: {
    general: ['searchengine'],
    servers: 'elastic elasticsearch opensearch solr meilisearch typesense algolia'.split(' '),
  },
  storage: {
    general: 'objectstorage objectstore blobstorage'.split(' '),
    servers: 's3 minio gcs blobstorage objectstorage objectstore bucket'.split(' '),
  },
  directory: {
    general: ['directories'],
    servers: 'ldap ldaps openldap activedirectory kerberos keycloak sso idp oidc'.split(' '),
  },
  mail: {
    general: 'email emails mailer smtp'.split(' '),
    servers: 'mail mailer smtp imap'.split(' '),
    clients: 'email emails sendgrid mailgun postmark nodemailer mailkit actionmailer'.split(' '),
  },
  secrets: {general: ['vault'], servers: ['vault']},
  registry: {general: ['discovery'], servers: 'etcd consul zookeeper eureka'.split(' ')},
  name_service: {general: ['dns'], servers: ['dns']},
  upstream: {
    general: 'upstreams downstream dependency dependencies'.split(' '),
    servers: 'upstream upstreams downstream dependency dependencies'.split(' '),
  },
};

/** Words of the same product: `postgres` of a config file is the `npgsql` of a body. */
const PRODUCTS: ReadonlyArray<readonly string[]> = [
  'postgres postgresql postgre pgsql pg psql npgsql pgx asyncpg psycopg psycopg2'.split(' '),
  'mysql mysqli mysql2 pymysql'.split(' '),
  'mssql sqlserver sqlclient'.split(' '),
  'mongodb mongo mongoose pymongo'.split(' '),
  'redis ioredis jedis lettuce redisson predis phpredis stackexchangeredis'.split(' '),
  'memcached memcache'.split(' '),
  'rabbitmq rabbit'.split(' '),
  'kafka kafkajs'.split(' '),
  'elasticsearch elastic'.split(' '),
  'cockroachdb cockroach'.split(' '),
  'dynamodb dynamo'.split(' '),
  'scylladb scylla'.split(' '),
  'sqlite sqlite3'.split(' '),
];
const PRODUCT_OF = new Map(
  PRODUCTS.flatMap(words => words.map(word => [word, words[0]!] as const)),
);

/** A word ends in one of these only as a compound of it, and no other word does: `maindb`, `jobqueue`. */
const ENDINGS = 'db sql database postgres redis kafka rabbitmq queue ldap smtp'.split(' ');
const NO_COMPOUNDS = new Set('lldb imdb tmdb thetvdb enqueue dequeue'.split(' '));

/** Words that say nothing about what a component is. */
const DECORATION = new Set(
  'health healthcheck healthchecker healthindicator check checks checker indicator contributor probe status state ping async connection connections connectivity availability available'.split(
    ' ',
  ),
);

const FAMILY_OF = wordsBy(({servers, clients = []}) => [...servers, ...clients]);
const EMBEDDED = wordsBy(({embedded = []}) => embedded);
const GENERAL = new Map([
  ...wordsBy(({general}) => general),
  ...Object.keys(FAMILIES).map(family => [family.replaceAll('_', ''), family] as const),
]);

/** The words of servers, for a search in a text. */
export const dependencyWords: readonly string[] = [
  ...wordsBy(({servers}) => servers).keys(),
].filter(word => word.length > 1);

/** The family of dependencies that a name names: `database` for `PostgreSQLHealthCheck`, undefined for `diskSpace`. Of several the one that is named in general. */
export function dependencyOf(name: string): string | undefined {
  const words = wordsOf(name).filter(word => familyOf(word) !== undefined);
  const word = words.find(word => GENERAL.has(word)) ?? words[0];
  // What is embedded in the process does not fail somewhere else.
  const isEmbedded = wordsOf(name).some(word => EMBEDDED.has(word));
  return word === undefined || isEmbedded ? undefined : familyOf(word);
}

/**
 * Whether `wanted`, a name of a config file, means the component `found` of a health body: the same name in any case, with any separators and words like `HealthCheck`;
 * the name before a colon or dot, or the one after (`db` means `db:responseTime` and `backend.db`); the same product among its words (`postgres` means
 * `npgsql` and `postgres-primary`); or the general word for it (`db` and `database` mean `postgres`).
 */
export function meansComponent(wanted: string, found: string): boolean {
  const name = plain(wanted);
  if (name === '') return wanted === found;
  const isSame = (part: string) => plain(part) === name || undecorated(part) === name;
  if (isSame(found) || found.split(/[:.]/).some(isSame)) return true;
  const words = wordsOf(found);
  const general = GENERAL.get(name);
  if (general !== undefined)
    return words.some(word =>
      [familyOf(word), EMBEDDED.get(word), GENERAL.get(word)].includes(general),
    );
  if (!FAMILY_OF.has(name) && !EMBEDDED.has(name)) return false;
  const product = PRODUCT_OF.get(name) ?? name;
  return words.some(word => (PRODUCT_OF.get(word) ?? word) === product);
}

/** The family that a word stands for. A compound counts by its end: a word that only contains a name is another word. */
function familyOf(word: string): string | undefined {
  const known = FAMILY_OF.get(word);
  if (known !== undefined || EMBEDDED.has(word) || NO_COMPOUNDS.has(word)) return known;
  const ending = ENDINGS.find(ending => word.endsWith(ending) && word.length >= ending.length + 2);
  return ending && FAMILY_OF.get(ending);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_.:/-]+/g, '');
}

function undecorated(name: string): string {
  return segmentsOf(name)
    .flat()
    .filter(word => !DECORATION.has(word))
    .join('');
}

/** The words of a name in their order: between separators and capitals, and those known ones that neighbours make together (`Data` and `Source`, `DB` and `2`). */
function wordsOf(name: string): readonly string[] {
  const chunks = segmentsOf(name.slice(0, MOST_CHARACTERS));
  return chunks.flatMap((segments, at) => {
    const whole = segments.join('');
    const next = chunks[at + 1]?.join('') ?? '';
    const together = [
      whole,
      ...(whole.length > 1 && next.length > 1 ? [whole + next] : []),
      ...segments.flatMap((_, from) => [
        segments.slice(from, from + 2).join(''),
        segments.slice(from, from + 3).join(''),
      ]),
    ];
    return [...segments, ...together.filter(isKnown)];
  });
}

const MOST_CHARACTERS = 200;

function isKnown(word: string): boolean {
  return FAMILY_OF.has(word) || EMBEDDED.has(word) || GENERAL.has(word);
}

/** Words by capitals and digits, for each stretch without a separator. */
function segmentsOf(name: string): ReadonlyArray<readonly string[]> {
  return name
    .split(/[^\p{L}\p{N}]+/u)
    .map(chunk => (chunk.match(SEGMENT) ?? []).map(word => word.toLowerCase()))
    .filter(segments => segments.length > 0);
}

const SEGMENT = /\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lu}+|\p{N}+|[^\p{Lu}\p{Ll}\p{N}]+/gu;

function wordsBy(of: (family: Family) => readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(FAMILIES).flatMap(([name, family]) =>
      of(family).map(word => [word, name] as const),
    ),
  );
}
