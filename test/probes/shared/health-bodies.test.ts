import {describe, expect, test} from 'vitest';
import {meansComponent} from '../../../source/core/check/dependency-names.ts';
import {blameOf} from '../../../source/probes/shared/http-body.ts';

/** What frameworks and servers answer while only their database fails. */
const BODIES: ReadonlyArray<readonly [framework: string, body: string]> = [
  [
    'ASP.NET with AddNpgSql',
    '{"status":"Unhealthy","totalDuration":"00:00:00.1","entries":{"npgsql":{"data":{},"duration":"0","exception":"Failed to connect","status":"Unhealthy","tags":["db"]},"self":{"status":"Healthy"}}}',
  ],
  [
    'Spring Boot, nested',
    '{"status":"DOWN","components":{"db":{"status":"DOWN","components":{"primary":{"status":"DOWN","details":{"error":"x"}},"ro":{"status":"UP"}}},"diskSpace":{"status":"UP"}},"groups":["liveness","readiness"]}',
  ],
  [
    'Spring Boot, out of service',
    '{"status":"OUT_OF_SERVICE","components":{"db":{"status":"OUT_OF_SERVICE"},"readinessState":{"status":"OUT_OF_SERVICE"}}}',
  ],
  [
    'Vert.x',
    '{"checks":[{"id":"database","status":"DOWN","data":{"cause":"x"}},{"id":"web","status":"UP"}],"outcome":"DOWN"}',
  ],
  [
    'Micronaut',
    '{"name":"app","status":"DOWN","details":{"jdbc":{"name":"app","status":"DOWN","details":{"jdbc:postgresql://localhost":{"name":"app","status":"DOWN"}}},"diskSpace":{"status":"UP"}}}',
  ],
  [
    'GitLab',
    '{"status":"failed","db_check":[{"status":"failed","message":"unexpected Db check result"}],"cache_check":[{"status":"ok"}]}',
  ],
  ['Grafana', '{"commit":"abc","database":"failing","version":"9"}'],
  [
    'Gitea',
    '{"status":"fail","description":"Gitea","checks":{"cache:ping":[{"status":"pass"}],"database:ping":[{"status":"fail","output":"x"}]}}',
  ],
  [
    'Keycloak',
    '{"status":"DOWN","checks":[{"name":"Keycloak database connections async health check","status":"DOWN","data":{"Failing since":"x"}}]}',
  ],
  ['SonarQube', '{"health":"RED","causes":[{"message":"DB connectivity is broken"}],"nodes":[]}'],
  [
    'Airflow',
    '{"metadatabase":{"status":"unhealthy"},"scheduler":{"status":"healthy","latest_scheduler_heartbeat":"x"}}',
  ],
  [
    'Harbor',
    '{"status":"unhealthy","components":[{"name":"database","status":"unhealthy","error":"x"},{"name":"redis","status":"healthy"}]}',
  ],
  [
    'LiipMonitor',
    '{"checks":[{"checkName":"Doctrine DBAL database","message":"x","status":1,"status_name":"check_result_critical"},{"checkName":"disk","status":0,"status_name":"check_result_success"}],"globalStatus":"STATUS_KO"}',
  ],
  [
    'Laravel',
    '{"finishedAt":1,"checkResults":[{"name":"Database","label":"Database","status":"failed","notificationMessage":"x","meta":[]},{"name":"Cache","status":"ok"}]}',
  ],
  [
    'health-go',
    '{"status":"Service Unavailable","timestamp":"x","failures":{"mysql":"dial tcp: refused"},"system":{"version":"go1"}}',
  ],
  [
    'go-health',
    '{"status":"down","details":{"database":{"status":"down","timestamp":"x","error":"refused"},"search":{"status":"up"}}}',
  ],
  [
    'django-watchman',
    '{"databases":[{"default":{"error":"x","ok":false,"stacktrace":"y"}}],"caches":[{"default":{"ok":true}}]}',
  ],
  [
    'django-health-check',
    '{"Cache backend: default":"working","DatabaseBackend":"unavailable: x","DefaultFileStorageHealthCheck":"working"}',
  ],
  [
    'Terminus',
    '{"status":"error","info":{"cache":{"status":"up"}},"error":{"database":{"status":"down","message":"x"}},"details":{"cache":{"status":"up"},"database":{"status":"down","message":"x"}}}',
  ],
  [
    'Dropwizard',
    '{"deadlocks":{"healthy":true},"postgresql":{"healthy":false,"message":"x","error":{"type":"E"}}}',
  ],
  [
    'okcomputer, text',
    'default: PASSED Application is running (0s)\ndatabase: FAILED Error: x (0s)\n',
  ],
  [
    'okcomputer',
    '{"default":{"message":"running","success":true},"database":{"message":"Error","success":false}}',
  ],
  [
    'health+json',
    '{"status":"fail","checks":{"postgres:connections":[{"componentType":"datastore","status":"fail"}],"uptime":[{"status":"pass"}]}}',
  ],
  [
    'Kubernetes',
    '[+]ping ok\n[-]database failed: reason withheld\n[+]log ok\nhealthz check failed\n',
  ],
  ['booleans', '{"ok":false,"services":{"db":false,"api":true}}'],
  ['words', '{"status":"error","checks":{"db":"ERROR","cache":"OK"}}'],
  [
    'a list of dependencies',
    '{"status":"error","dependencies":[{"name":"db","healthy":false},{"name":"mq","healthy":true}]}',
  ],
  ['flat words', '{"db":"down","app":"up"}'],
  ['an envelope', '{"data":{"status":"unhealthy","checks":{"database":{"status":"unhealthy"}}}}'],
  ['a list of errors', '{"success":false,"errors":[{"component":"database","message":"timeout"}]}'],
  ['a bare list', '[{"name":"database","status":"Unhealthy"},{"name":"self","status":"Healthy"}]'],
  [
    'fastapi-healthchecks',
    '{"status":"Unhealthy","entities":[{"alias":"postgres db","platform":"py","status":"Unhealthy","tags":["db"]},{"alias":"redis","status":"Healthy"}]}',
  ],
  [
    'Python healthcheck',
    '{"hostname":"x","status":"failure","timestamp":1,"results":[{"checker":"database_available","output":"down","passed":false},{"checker":"redis_available","passed":true}]}',
  ],
  [
    'Terminus behind an exception filter',
    '{"statusCode":503,"message":"Service Unavailable Exception","error":{"database":{"status":"down"}}}',
  ],
  [
    'Spring Boot 1',
    '{"status":"DOWN","diskSpace":{"status":"UP"},"db":{"status":"DOWN","error":"x"}}',
  ],
  ['a sentence', 'Database connection failed'],
  ['a record beside a status', '{"status":503,"db":{"status":"disconnected"}}'],
  ['a word beside a status', '{"status":"error","mongo":"disconnected","uptime":3}'],
  [
    'fastapi-healthchecks, by a tag',
    '{"status":"Unhealthy","entities":[{"alias":"main","status":"Unhealthy","tags":["db"]},{"alias":"web","status":"Healthy","tags":[]}]}',
  ],
  [
    'ASP.NET, by a tag',
    '{"status":"Unhealthy","totalDuration":"0","entries":{"orders":{"status":"Unhealthy","tags":["ready","sql"]}}}',
  ],
  [
    'health+json, by a type',
    '{"status":"fail","checks":{"orders:connections":[{"componentType":"datastore","status":"fail"}]}}',
  ],
  [
    'a list with types',
    '{"status":"down","checks":[{"name":"main","type":"database","status":"down"}]}',
  ],
  [
    'Dropwizard, Hibernate',
    '{"hibernate":{"healthy":false,"message":"x"},"deadlocks":{"healthy":true}}',
  ],
  [
    'Spring Boot, groups of state',
    '{"status":"OUT_OF_SERVICE","components":{"r2dbc":{"status":"DOWN"},"readinessState":{"status":"OUT_OF_SERVICE"},"livenessState":{"status":"UP"}}}',
  ],
  [
    'LiipMonitor, several',
    '{"globalStatus":"STATUS_KO","checks":[{"checkName":"pdo_default","message":"x","status":1,"status_name":"check_result_critical"},{"checkName":"disk","status":2,"status_name":"check_result_warning"},{"checkName":"apc","status":3,"status_name":"check_result_skip"}]}',
  ],
  [
    'SonarQube, with nodes',
    '{"health":"RED","causes":[{"message":"Database connectivity is broken"}],"nodes":[{"name":"app","health":"RED","causes":[]}]}',
  ],
  [
    'django-watchman, of two',
    '{"databases":[{"default":{"ok":true}},{"replica":{"error":"x","ok":false}}],"storage":{"ok":true}}',
  ],
];

describe('the body of a service whose database fails', () => {
  test.each(BODIES)('by %s names parts that notFor: [db] means, and nothing else', (_, body) => {
    const {components = [], dependency} = blameOf(body);
    expect(components.length).toBeGreaterThan(0);
    expect(components.filter(part => !meansComponent('db', part))).toEqual([]);
    expect(components.filter(part => meansComponent('cache', part))).toEqual([]);
    expect(dependency).toBe('database');
  });
});

test.each([
  [
    'a state of the process',
    '{"components":{"db":{"status":"DOWN"},"livenessState":{"status":"DOWN"}}}',
  ],
  ['another part', '{"components":{"db":{"status":"DOWN"},"worker":{"status":"DOWN"}}}'],
  ['a list without states', '{"databases":[{"default":{"size":3}}],"worker":"down"}'],
])('%s beside the database is no trouble of the database alone', (_, body) => {
  const {components = [], dependency} = blameOf(body);
  expect(components.every(part => meansComponent('db', part))).toBe(false);
  expect(dependency).toBeUndefined();
});

test('the readiness of a service is told where nothing else fails', () => {
  const body = '{"components":{"db":{"status":"UP"},"readinessState":{"status":"OUT_OF_SERVICE"}}}';
  expect(blameOf(body).components).toEqual(['readinessState']);
});
