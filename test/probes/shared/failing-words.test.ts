import {describe, expect, test} from 'vitest';
import {diagnose} from '../../../source/core/check/diagnosis.ts';
import {blameOf} from '../../../source/probes/shared/http-body.ts';

function causeOf(body: string): {readonly cause: string; readonly name: string | undefined} {
  const {components: [name] = [], dependency} = blameOf(body);
  const fault = {
    probe: 'api',
    kind: 'status_unexpected',
    status: 500,
    text: '',
    ...(dependency === undefined ? {} : {dependency}),
  } as const;
  return {cause: diagnose([fault], {local: true, proven: true}), name};
}

/** What clients of each service say when it fails, or what it says itself. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  dns: [
    'Error: getaddrinfo ENOTFOUND api.example.internal',
    '{"error":"getaddrinfo EAI_AGAIN api.example.internal"}',
    'socket.gaierror: [Errno -2] Name or service not known',
    'socket.gaierror: [Errno -3] Temporary failure in name resolution',
    "urllib3.exceptions.NameResolutionError: Failed to resolve 'api.example.internal'",
    'java.net.UnknownHostException: api.example.internal',
    'dial tcp: lookup api.example.internal on 10.0.0.2:53: no such host',
    'dial tcp: lookup api.example.internal: server misbehaving',
    'System.Net.Http.HttpRequestException: No such host is known. (api.example.internal:443)',
    'SocketError: Failed to open TCP connection to api.example:443 (getaddrinfo: nodename nor servname provided, or not known)',
    'php_network_getaddresses: getaddrinfo for api.example failed',
    'cURL error 6: Could not resolve host: api.example.internal',
    'reqwest: dns error: failed to lookup address information',
    '** (Mint.TransportError) non-existing domain (nxdomain)',
    'could not translate host name "main.example" to address',
  ],
  ldap: [
    `ldap.SERVER_DOWN: {'result': -1, 'desc': "Can't contact LDAP server"}`,
    '<pre>Can&#x27;t contact LDAP server</pre>',
    'ldap3.core.exceptions.LDAPSocketOpenError: socket connection error while opening',
  ],
  kerberos: ['Cannot contact any KDC for realm EXAMPLE.COM'],
  oracle: [
    'ORA-12541: TNS:no listener',
    'ORA-12514: TNS:listener does not currently know of service requested',
    'ORA-12170: TNS:Connect timeout occurred',
    'ORA-01034: ORACLE not available',
    'ORA-00018: maximum number of sessions exceeded',
    'oracledb.exceptions.OperationalError: DPY-6005: cannot connect to database',
  ],
  postgres: [
    'FATAL: sorry, too many clients already',
    'FATAL:  remaining connection slots are reserved for roles with the SUPERUSER attribute',
    'error: the database system is starting up',
    'FATAL: too many connections for role "app"',
    'could not extend file "base/1/2": No space left on device',
  ],
  pgbouncer: ['ERROR: no more connections allowed (max_client_conn)', 'FATAL: query_wait_timeout'],
  mysql: [
    'ER_CON_COUNT_ERROR: Too many connections',
    'SQLSTATE[08004] [1040] Too many connections',
    "User app already has more than 'max_user_connections' active connections",
    "Host '10.0.0.7' is blocked because of many connection errors",
    `(2003, "Can't connect to MySQL server on 'main' (111)")`,
    "Unknown MySQL server host 'main' (2)",
  ],
  mssql: [
    'SqlException: A network-related or instance-specific error occurred while establishing a connection to SQL Server.',
    "Cannot open database 'shop' requested by the login. The login failed.",
    'pymssql.OperationalError: Adaptive Server is unavailable or does not exist',
    '[Microsoft][ODBC Driver 17] Login timeout expired',
    "Database 'shop' on server 'main' is not currently available.",
    'The TCP/IP connection to the host main, port 1433 has failed.',
  ],
  cassandra: [
    'com.datastax.driver.core.exceptions.NoHostAvailableException: All host(s) tried for query failed',
    "cassandra.cluster.NoHostAvailable: ('Unable to connect to any servers', {})",
    'Not enough replicas available for query at consistency QUORUM (2 required but only 1 alive)',
    'gocql: no hosts available in the pool',
    'AllNodesFailedException: Could not reach any contact point',
  ],
  mongodb: [
    'MongoServerSelectionError: connection timed out',
    'pymongo.errors.AutoReconnect: main:27017: closed',
    'not master and slaveOk=false',
    'com.mongodb.MongoTimeoutException: Timed out after 30000 ms while waiting for a server that matches',
  ],
  redis: [
    'MISCONF Redis is configured to save RDB snapshots, but is currently unable to persist on disk',
    'LOADING Redis is loading the dataset in memory',
    'CLUSTERDOWN The cluster is down',
    'OOM command not allowed when used memory > maxmemory',
    'ERR max number of clients reached',
    'MaxRetriesPerRequestError: Reached the max retries per request limit',
  ],
  rabbitmq: [
    'RabbitMQ.Client.Exceptions.BrokerUnreachableException: None of the specified endpoints were reachable',
    'pika.exceptions.AMQPConnectionError',
    'org.springframework.amqp.AmqpConnectException: java.net.ConnectException',
    'CONNECTION_FORCED - broker forced connection closure',
    'connect ECONNREFUSED 10.0.0.4:5671',
  ],
  kafka: [
    'kafka.errors.NoBrokersAvailable: NoBrokersAvailable',
    'kafka: client has run out of available brokers to talk to',
    'KafkaJSNumberOfRetriesExceeded',
    'Topic orders not present in metadata after 60000 ms.',
    'KafkaError{code=_ALL_BROKERS_DOWN}',
  ],
  nats: ['nats: no servers available for connection'],
  elasticsearch: [
    'NoNodeAvailableException: None of the configured nodes are available',
    'cluster_block_exception: index [x] blocked by: [FORBIDDEN/12/index read-only]',
    'Elasticsearch\\Common\\Exceptions\\NoNodesAvailableException: No alive nodes found in your cluster',
  ],
  smtp: [
    'com.sun.mail.util.MailConnectException: Couldn’t connect to host, port: mx.example, 25',
    'smtplib.SMTPServerDisconnected: Connection unexpectedly closed',
    'SMTP connect() failed',
    'Connection could not be established with host "mx.example:587"',
    'Net::SMTPServerBusy: 421 4.7.0 Try again later',
    'Greeting never received',
  ],
  vault: ['Vault is sealed'],
  etcd: ['etcdserver: no leader'],
  zookeeper: ['KeeperErrorCode = ConnectionLoss for /brokers'],
  upstream: [
    '14 UNAVAILABLE: failed to connect to all addresses',
    'rpc error: code = Unavailable desc = connection error',
  ],
};

describe('a body that says that something else fails', () => {
  test.each(
    Object.entries(ELSEWHERE).flatMap(([name, bodies]) =>
      bodies.map(body => [body, name] as const),
    ),
  )('%s: %s', (body, name) => {
    expect(causeOf(body)).toEqual({cause: 'elsewhere', name});
  });
});

describe('a body about what a restart of the service mends', () => {
  test.each([
    'sqlalchemy.exc.TimeoutError: QueuePool limit of size 5 overflow 10 reached, connection timed out, timeout 30.00',
    'HikariPool-1 - Connection is not available, request timed out after 30000ms.',
    'Unable to acquire JDBC Connection; HikariPool-1 - Connection is not available, request timed out after 30000ms',
    'java.sql.SQLTransientConnectionException: HikariPool-1 - Connection is not available (total=10, active=10, idle=0, waiting=42)',
    'KnexTimeoutError: Knex: Timeout acquiring a connection. The pool is probably full.',
    'SequelizeConnectionAcquireTimeoutError: Operation timeout',
    'ActiveRecord::ConnectionTimeoutError: could not obtain a connection from the pool within 5.000 seconds',
    'Timed out fetching a new connection from the connection pool. (Prisma, postgres)',
    'Timeout expired. The timeout period elapsed prior to obtaining a connection from the pool. SQL Server',
    'Npgsql.NpgsqlException: The connection pool has been exhausted, database unavailable',
    'psycopg_pool.PoolTimeout: couldn’t get a connection after 30.00 sec',
    'MongoWaitQueueTimeoutError: Timed out while checking out a connection from connection pool',
    'com.mongodb.MongoTimeoutException: Timeout waiting for a pooled item after 120000 MILLISECONDS',
    'JedisExhaustedPoolException: Could not get a resource since the pool is exhausted; redis unavailable',
    'redis.exceptions.ConnectionError: Too many connections',
    'Cannot get a connection, pool error Timeout waiting for idle object; database',
    'PoolExhaustedException: Unable to fetch a connection in 30 seconds, none available[size:100; busy:100]; mysql timeout',
    'mysql.connector.errors.PoolError: Failed getting connection; pool exhausted',
    'connect EMFILE 10.0.0.5:5432: could not connect to postgres',
    'could not connect to database: Too many open files',
    'java.lang.OutOfMemoryError: Java heap space; database connection lost',
    'sql: database is closed',
    'Internal Server Error',
    'email is not valid',
    'lookup table is empty: no such user',
    'Cannot open database.yml',
    'no listener registered for event',
    'too many clients selected in the form',
    'oracle is 3',
  ])('names nothing else: %s', body => {
    expect(causeOf(body).cause).toBe('erroring');
  });

  test.each(
    Object.entries(ELSEWHERE).flatMap(([name, bodies]) =>
      bodies.filter(body => !body.startsWith('{')).map(body => [body, name] as const),
    ),
  )('is about something else where that is its cause: %s (%s)', (body, name) => {
    const pool = 'HikariPool-1 - Connection is not available, request timed out after 30000ms.';
    expect(causeOf(`${pool}\nCaused by: ${body}`)).toEqual({cause: 'elsewhere', name});
  });

  test.each([
    [
      'HikariPool-1 - Connection is not available, request timed out after 30000ms.\nCaused by: org.postgresql.util.PSQLException: Connection to main:5432 refused.',
      'postgres',
    ],
    [
      '{"message":"HikariPool-1 - Connection is not available; nested exception is java.net.UnknownHostException: main"}',
      'dns',
    ],
  ])('is about something else by the reason that it gives: %s', (body, name) => {
    expect(causeOf(body)).toEqual({cause: 'elsewhere', name});
  });
});

test('a long body is read at once, whatever it repeats', () => {
  for (const piece of [
    'getaddrinfo ',
    'lookup x',
    'database ',
    'could not ',
    'pool ',
    'a.b:1 ',
    '<',
  ]) {
    const began = performance.now();
    blameOf(piece.repeat(20_000 / piece.length));
    expect(performance.now() - began).toBeLessThan(2_000);
  }
});
