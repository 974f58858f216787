import {describe, expect, test} from 'vitest';
import {blameOf} from '../../../source/probes/shared/http-body.ts';

const named = (body: unknown) =>
  blameOf(typeof body === 'string' ? body : JSON.stringify(body)).components ?? [];

describe('the failing parts of a health body', () => {
  test.each<[framework: string, body: unknown, parts: readonly string[]]>([
    [
      'Spring Boot',
      {
        status: 'DOWN',
        components: {db: {status: 'DOWN', details: {error: 'refused'}}, ping: {status: 'UP'}},
      },
      ['db'],
    ],
    [
      'Spring Boot, nested',
      {
        status: 'DOWN',
        components: {
          db: {status: 'DOWN', components: {orders: {status: 'DOWN'}, users: {status: 'UP'}}},
        },
      },
      ['db.orders'],
    ],
    [
      'Spring Boot 1',
      {status: 'DOWN', details: {redis: {status: 'DOWN'}, disk: {status: 'UP'}}},
      ['redis'],
    ],
    [
      'ASP.NET, entries',
      {
        status: 'Unhealthy',
        totalDuration: '00:00:00.05',
        entries: {
          db: {
            data: {},
            description: 'no connection',
            duration: '00:00',
            status: 'Unhealthy',
            tags: [],
          },
          cache: {data: {}, status: 'Degraded'},
          self: {data: {}, status: 'Healthy'},
        },
      },
      ['db'],
    ],
    [
      'ASP.NET, entries as the framework writes them by itself',
      {
        Entries: {
          db: {Data: {}, Description: null, Status: 0, Tags: []},
          self: {Data: {}, Status: 2},
        },
        Status: 0,
        TotalDuration: '00:00:00.0051130',
      },
      ['db'],
    ],
    [
      'ASP.NET, results',
      {status: 'Unhealthy', results: {db: {status: 'Unhealthy', description: null, data: {}}}},
      ['db'],
    ],
    [
      'okcomputer',
      {
        default: {message: 'Application is running', success: true, time: 0.1},
        database: {message: "Error: 'connection refused'", success: false, time: 0.2},
      },
      ['database'],
    ],
    [
      'okcomputer, in a collection',
      {database: {database: {message: 'Error', success: false, time: 0.2}}},
      ['database'],
    ],
    [
      'okcomputer, as text',
      "OkComputer Checks\n  default: PASSED Application is running (0s)\n  database: FAILED Error: 'could not connect' (0s)",
      ['database'],
    ],
    [
      'django-health-check',
      {
        'Cache backend: default': 'working',
        'DatabaseBackend': 'unavailable: Database error',
        'DiskUsage': 'working',
      },
      ['DatabaseBackend'],
    ],
    [
      'MicroProfile',
      {
        status: 'DOWN',
        checks: [
          {name: 'db', status: 'DOWN', data: {}},
          {name: 'live', status: 'UP'},
        ],
      },
      ['db'],
    ],
    [
      'health+json',
      {
        status: 'fail',
        checks: {
          'db:responseTime': [{status: 'pass'}, {status: 'fail', output: 'timeout'}],
          'cpu:utilization': [{status: 'warn'}],
        },
      },
      ['db:responseTime'],
    ],
    [
      'Terminus',
      {
        status: 'error',
        info: {disk: {status: 'up'}},
        error: {database: {status: 'down', message: 'timeout'}},
        details: {disk: {status: 'up'}, database: {status: 'down', message: 'timeout'}},
      },
      ['database'],
    ],
    [
      'go-health',
      {details: {pg: {name: 'pg', status: 'failed', error: 'x'}}, status: 'failed'},
      ['pg'],
    ],
    [
      'health-go',
      {
        status: 'Service Unavailable',
        failures: {rabbitmq: 'failed during the check'},
        system: {version: 'go1'},
      },
      ['rabbitmq'],
    ],
    [
      'heptiolabs',
      {
        'goroutine-threshold': 'OK',
        'database': 'dial tcp 127.0.0.1:5432: connect: connection refused',
      },
      ['database'],
    ],
    [
      'Dropwizard',
      {postgresql: {healthy: false, message: 'x'}, deadlocks: {healthy: true}},
      ['postgresql'],
    ],
    [
      'Airflow',
      {metadatabase: {status: 'unhealthy'}, scheduler: {status: 'healthy'}},
      ['metadatabase'],
    ],
    [
      'GitLab',
      {status: 'failed', db_check: [{status: 'failed'}], redis_check: [{status: 'ok'}]},
      ['db_check'],
    ],
    ['Grafana', {commit: 'abc', database: 'failing', version: '10'}, ['database']],
    [
      'Laravel',
      {
        finishedAt: 1,
        checkResults: [
          {name: 'Database', status: 'failed'},
          {name: 'Cache', status: 'ok'},
        ],
      },
      ['Database'],
    ],
    ['Symfony', {checks: [{checkName: 'redis', status: false}], globalStatus: 'KO'}, ['redis']],
    [
      'Consul',
      [
        {Name: 'web', Status: 'passing'},
        {Name: 'mysql', Status: 'critical'},
      ],
      ['mysql'],
    ],
    [
      'Kubernetes',
      '[+]ping ok\n[-]etcd failed: reason withheld\n[+]log ok\nhealthz check failed',
      ['etcd'],
    ],
    ['one in an envelope', {data: {status: 'down', checks: {db: {status: 'down'}}}}, ['db']],
    [
      'one without groups',
      {status: 'error', database: 'disconnected', cache: 'connected'},
      ['database'],
    ],
    ['one that is only degraded', {status: 'warn', checks: {db: {status: 'warn'}}}, ['db']],
    ['a healthy one', {status: 'ok', checks: {db: {status: 'ok'}}, uptime: 3}, []],
    [
      'one of an application',
      {status: 'error', data: {status: 'pending'}, user: {state: 'new'}},
      [],
    ],
    ['none', 'null', []],
  ])('are read from %s', (_, body, parts) => {
    expect(named(body)).toEqual(parts);
  });

  test.each<[text: string, part: string | undefined]>([
    ['database is down', 'database'],
    ['Redis connection refused', 'redis'],
    ['{"error":"redis connection refused"}', 'redis'],
    ['could not connect to server: postgres', 'postgres'],
    ['connect ECONNREFUSED 127.0.0.1:5432', 'postgres'],
    ['getaddrinfo ENOTFOUND mysql.internal', 'mysql'],
    ['<h1>Error</h1><p>Error establishing a database connection</p>', 'database'],
    ['database at db.internal:5432 is unavailable', 'database'],
    ['org.postgresql.util.PSQLException: FATAL', 'postgres'],
    ['SQLSTATE[HY000] [2002] Connection refused', 'database'],
    ['DB error', 'db'],
    ['upstream timed out', 'upstream'],
    ['Internal Server Error', undefined],
    ['database ok. shutting down', undefined],
    ["TypeError: Cannot read properties of undefined (reading 'db')", undefined],
    ['service is down', undefined],
  ])('are read from the words of %s', (text, part) => {
    expect(named(text)).toEqual(part === undefined ? [] : [part]);
  });

  test('belong to a dependency only if all of them do', () => {
    expect(blameOf('{"checks":{"postgres":"down","redis":"down"}}').dependency).toBe('database');
    expect(blameOf('{"checks":{"postgres":"down","worker":"down"}}').dependency).toBeUndefined();
  });
});
