/**
 * What clients say when a service that they need fails, and what such a service says itself, where its name is not among the words or not for certain. Beside each the
 * name of the service. Left out is what a restart of the client often mends: a refused password (it may read a new one), a connection that went stale, a failover.
 */
export const OUTAGES: ReadonlyArray<readonly [sentence: RegExp, name: string]> = [
  [
    /\b(?:PSQLException|psycopg\d?\.OperationalError|PG::(?:ConnectionBad|UnableToSend))\b/,
    'postgres',
  ],
  [
    /\bsorry, too many clients already\b|\bremaining connection slots are reserved\b|\bdatabase system is (?:starting up|shutting down|in recovery mode|not yet accepting)|\btoo many connections for (?:role|database)\b|\bcould not extend file "/i,
    'postgres',
  ],
  [
    /\bno more connections allowed \(max_|\bquery_wait_timeout\b|\bpgbouncer cannot connect\b/,
    'pgbouncer',
  ],
  [
    /\bCommunicationsException\b|\bCommunications link failure\b|\bMySQL server has gone away\b|\bER_(?:CON_COUNT_ERROR|TOO_MANY_USER_CONNECTIONS|HOST_IS_BLOCKED|SERVER_SHUTDOWN)\b|\[1040\] Too many connections\b|\(1040, |\bError 1040\b|\bmax_user_connections\b|\bis blocked because of many connection errors\b|\bUnknown MySQL server host\b/i,
    'mysql',
  ],
  [
    /\bORA-(?:000(?:18|20)|01(?:033|034|089|090|653|654)|00257|12(?:154|170|505|514|516|518|519|520|523|528|533|535|537|541|543|545|547|560)|17002)\b|\bDPY-600[015]\b|\bNJS-(?:50[13]|510)\b/,
    'oracle',
  ],
  [
    /\bnetwork-related or instance-specific error\b|\bCannot open database ["'\\][^\n]{1,80} requested by the login\b|\bAdaptive Server (?:is unavailable|connection failed)|\bSQL Server does not exist\b|\bLogin timeout expired\b|\bDatabase '[^'\n]{1,80}' on server '[^'\n]{1,80}' is not currently available\b|\bport 1433 has failed\b|\bThe request limit for the database is \d+ and has been reached\b/i,
    'mssql',
  ],
  [
    /\bNoHostAvailable(?:Exception)?\b|\bAllNodesFailedException\b|\bAll host\(s\) tried for query failed\b|\bNot enough replicas available for query\b|\bCannot achieve consistency level\b|\bNo node was available to execute\b|\bgocql: (?:no hosts available|no connections were made|unable to create session)/,
    'cassandra',
  ],
  [
    /\bMongo(?:ServerSelection|Network|Timeout)\w*|\bServerSelectionTimeoutError\b|\bpymongo\.errors\.(?:AutoReconnect|NetworkTimeout|NotPrimaryError)\b|\bNotWritablePrimary\b|\bnot master and slaveOk=false\b|\bNo replica set members\b/,
    'mongodb',
  ],
  [
    /\bredis\.exceptions\.(?:Connection|Timeout|BusyLoading)Error\b|\bRedis::(?:Cannot|Base)Connect\w*|\bMISCONF Redis\b|\bLOADING Redis is loading\b|\bCLUSTERDOWN\b|\bMASTERDOWN\b|\bOOM command not allowed\b|\bERR max number of clients reached\b|\bMaxRetriesPerRequestError\b/,
    'redis',
  ],
  [
    /\bBrokerUnreachableException\b|\bAMQPConnectionError\b|\bAmqpConnectException\b|\bAmqpIOException\b|\bBunny::TCPConnectionFailed\w*|\bCONNECTION_FORCED\b/,
    'rabbitmq',
  ],
  [
    /\bNoBrokersAvailable\b|\bclient has run out of available brokers\b|\bKafkaJS(?:ConnectionError|NumberOfRetriesExceeded)\b|\bnot present in metadata after \d+ ms\b|\b_?ALL_BROKERS_DOWN\b|\bbrokers are down\b|\bLEADER_NOT_AVAILABLE\b|\bNotEnoughReplicas\w*/i,
    'kafka',
  ],
  [/\bnats: no (?:servers available|responders)|\bNoServersError\b/, 'nats'],
  [
    /\bNone of the configured nodes (?:are|were) available\b|\bNoNodesAvailableException\b|\bNo alive nodes found\b|\bNo Living connections\b|\bcluster_block_exception\b|\belasticsearch\.exceptions\.Connection\w+/,
    'elasticsearch',
  ],
  [
    /\bldap\.(?:SERVER_DOWN|UNAVAILABLE|BUSY|CONNECT_ERROR|TIMEOUT)\b|\bLDAPSocketOpenError\b|\bLDAPServerPoolExhaustedError\b/,
    'ldap',
  ],
  [/\bCannot contact any KDC\b/i, 'kerberos'],
  [
    /\bMailConnectException\b|\bsmtplib\.SMTP(?:ServerDisconnected|ConnectError)\b|\bSMTP connect\(\) failed\b|\bNet::SMTPServerBusy\b|\bGreeting never received\b/,
    'smtp',
  ],
  [/\bVault is sealed\b/i, 'vault'],
  [/\betcdserver: (?:no leader|request timed out|leader changed)/, 'etcd'],
  [/\bKeeperErrorCode = (?:ConnectionLoss|SessionExpired|OperationTimeout)\b/, 'zookeeper'],
  [
    /\bSQLSTATE\[(?:08|HY000)|\bSequelizeConnection\w*Error\b|\bActiveRecord::Connection\w+/,
    'database',
  ],
  [/\b14 UNAVAILABLE: |\bcode = Unavailable\b|\bStatusCode\.UNAVAILABLE\b/, 'upstream'],
];

/** A name that does not resolve, in the words of the libraries of each language. */
export const UNRESOLVED =
  /\bgetaddrinfo(?: \w+)* (?:ENOTFOUND|EAI_\w+)|\bgetaddrinfo(?: for \S{1,100})? failed\b|\bENOTFOUND\b|\bName or service not known\b|\bTemporary failure in name resolution\b|\bnodename nor servname\b|\bNameResolutionError\b|\bUnknownHostException\b|\blookup \S{1,100}(?: on \S{1,60})?: (?:no such host|server misbehaving|i\/o timeout)|\bNo such host is known\b|\bCould not resolve host\b|\bfailed to lookup address information\b|\bnxdomain\b|\bcould not translate host name\b/i;

/** The client itself has no connection, file or memory left, or closed what it uses: no word about the service that it needs, and a restart mends it. */
export const OWN_TROUBLE =
  /\bQueuePool limit\b|\bHikariPool-?\w*\b|\bacquiring a connection\b|\w*AcquireTimeoutError\b|\bActiveRecord::ConnectionTimeoutError\b|\bfrom (?:the|a) (?:connection )?pool\b|\bfrom connection pool\b|\bpool(?: is| has been| was)?(?: probably)? (?:exhausted|full|empty|error|timed? ?out)\b|\bPool(?:Timeout|Exhausted|Error)\w*|\bExhaustedPool\w*|\bWaitQueue\w+|\bpooled item\b|\bredis\.exceptions\.\w+: Too many connections\b|\bnone available\[size:|\bEMFILE\b|\btoo many open files\b|\bEADDRNOTAVAIL\b|\bcannot assign requested address\b|\bOutOfMemoryError\b|\bheap out of memory\b|\bcan'?t start new thread\b|\bdatabase is closed\b/i;
