import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
  dependencyOf,
  dependencyWords,
  meansComponent,
} from '../../../source/core/check/dependency-names.ts';

/** What a component is called by default, or by habit, for each general word of a config file. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  db: [
    ...['npgsql', 'sqlserver', 'ApplicationDbContext', 'EntityFramework', 'EntityFrameworkCore'],
    ...['hibernate', 'NHibernateHealthCheck', 'jdbc', 'r2dbc', 'R2dbcHealthIndicator'],
    ...['userDataSource', 'dataSource', 'data-source', 'jpa_entity_manager', 'HikariCP'],
    ...['sqlalchemy', 'SQLAlchemy', 'prisma', 'PrismaHealthIndicator', 'typeorm', 'TypeOrm'],
    ...['sequelize', 'knex', 'mongoose', 'ActiveRecord', 'active_record', 'gorm', 'Doctrine DBAL'],
    ...['sqlite', 'SQLite', 'sqlite3', 'h2', 'rocksdb', 'maindb', 'db-main', 'usersDB', 'db01'],
    ...['mydatabase', 'primary_database', 'appsql', 'DB', 'Db connection', 'pgbouncer', 'ProxySQL'],
    ...['postgres-primary', 'PostgresHealthIndicator', 'MongoDbHealthCheck', 'mysql2', 'CosmosDb'],
    ...['Neo4jHealthIndicator', 'AWS RDS', 'databases.default', 'metadatabase', 'main:datastore'],
    'Keycloak database connections async health check',
  ],
  cache: ['redis', 'ioredis', 'RedisHealthIndicator', 'sessionredis', 'Lettuce', 'caches.default'],
  queue: ['rabbitMQ', 'masstransit-bus', 'AzureServiceBus', 'kafkajs', 'bullmq', 'jobqueue'],
  search: ['elasticsearch', 'OpenSearchHealthIndicator', 'meilisearch', 'SearchIndex'],
  mail: ['smtp', 'MailHealthIndicator', 'sendgrid', 'email_gateway', 'NodeMailer'],
};

describe('the name of a component', () => {
  test.each(
    Object.entries(NAMES).flatMap(([wanted, names]) => names.map(name => [wanted, name] as const)),
  )('%j of notFor means %j', (wanted, name) => {
    expect(meansComponent(wanted, name)).toBe(true);
    const others = Object.keys(NAMES).filter(other => other !== wanted);
    expect(others.filter(other => meansComponent(other, name))).toEqual([]);
  });

  test.each([
    ['db', 'database'],
    ['PostgreSQLHealthCheck', 'database'],
    ['DatabaseBackend', 'database'],
    ['Cache backend: default', 'cache'],
    ['redis_check', 'cache'],
    ['RabbitMQ', 'queue'],
    ['db:responseTime', 'database'],
    ['S3Storage', 'storage'],
    ['hibernate', 'database'],
    ['maindb', 'database'],
    ['Keycloak database connections async health check', 'database'],
    ['Keycloak', 'directory'],
    ['sqlite', undefined],
    ['EhCache', undefined],
    ['diskSpace', undefined],
    ['worker', undefined],
    ['', undefined],
    ['__proto__', undefined],
  ])('%j belongs to the family %s', (name, family) => {
    expect(dependencyOf(name)).toBe(family);
  });

  test.each([
    ['db', 'DB', true],
    ['message-bus', 'message_bus', true],
    ['db', 'db:responseTime', true],
    ['db', 'backend.db', true],
    ['database', 'postgres', true],
    ['postgres', 'npgsql', true],
    ['postgres', 'PostgreSQLHealthCheck', true],
    ['stripe', 'StripeHealthIndicator', true],
    ['stripe', 'stripe-fallback', false],
    ['postgres', 'mysql', false],
    ['postgres', 'database', false],
    ['worker', 'db', false],
    ['', 'db', false],
  ])('%j of notFor and %j of a body: the same is %s', (wanted, found, means) => {
    expect(meansComponent(wanted, found)).toBe(means);
  });

  const WANTED = ['db', 'database', 'cache', 'queue', 'search', 'mail', 'storage'];

  test.each([
    ...['debug', 'feedback', 'adb', 'gdb', 'lldb', 'débug', 'ädb', 'CloudB', 'pageDebug'],
    ...['rediscover', 'research', 'airmailed', 'cachet', 'dequeue', 'oracular', 'mongolia'],
    ...['blackmail-filter', 'httpgateway', 'jpg', 'upgrade', 'natsu', 'mqueue1x'],
  ])('%j is another word than those in it', name => {
    expect(dependencyOf(name)).toBeUndefined();
    expect(WANTED.filter(wanted => meansComponent(wanted, name))).toEqual([]);
  });

  test('is never found in the middle or at the beginning of another word', () => {
    const letters = fc.stringMatching(/^[a-z]{0,6}$/);
    const end = fc.stringMatching(/^[a-z]{0,5}[jv]$/);
    const word = fc.constantFrom(...dependencyWords.filter(name => !/\d/.test(name)));
    fc.assert(
      fc.property(letters, word, end, (before, word, after) => {
        const name = before + word + after;
        expect(dependencyOf(name)).toBeUndefined();
        expect(WANTED.filter(wanted => meansComponent(wanted, name))).toEqual([]);
      }),
      {numRuns: 500},
    );
  });

  test('is found among other words, however they are separated', () => {
    const others = fc.array(fc.constantFrom('main', 'orders', 'eu', 'probe'), {
      maxLength: 3,
    });
    const word = fc.constantFrom(...dependencyWords);
    const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
    const join = fc.constantFrom<(words: readonly string[]) => string>(
      words => words.join('-'),
      words => words.join('_'),
      words => words.join(' '),
      words => words.join('.'),
      words => words.map(capital).join(''),
    );
    fc.assert(
      fc.property(others, word, others, join, (before, word, after, join) => {
        expect(dependencyOf(join([...before, word, ...after]))).toBe(dependencyOf(word));
      }),
      {numRuns: 500},
    );
  });
});
