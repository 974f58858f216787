/*
 * What the health bodies of frameworks have in common, as data. All names are compared in lower case, without `_` and `-`.
 */

/** Fields that hold the parts: by name, or as a list. */
export const GROUPS = new Set([
  'components', // Spring Boot, Harbor
  'checks', // MicroProfile, health+json, Node's cloud health
  'entries', // ASP.NET (UIResponseWriter)
  'results', // ASP.NET (the sample of its documentation), Python's healthcheck
  'checkresults', // Laravel
  'details', // Terminus, Micronaut, Spring Boot 1, go-health
  'error', // Terminus
  'errors',
  'failures', // health-go
  'failed',
  'services',
  'dependencies',
  'subsystems',
  'indicators',
  'entities', // fastapi-healthchecks
  'healthchecks',
]);
/** Every member of these fails, whatever it says. */
export const FAILING_GROUPS = new Set(['failures', 'failed']);
/** Fields around the whole report. */
export const ENVELOPES = ['data', 'health', 'report'];
/** Fields with the name of a part in a list. */
export const NAMES = [
  'name',
  'alias',
  'checkname',
  'componentname',
  'component',
  'checker',
  'service',
  'key',
  'id',
];
/** Fields with the state of a part. */
export const STATES = [
  'status',
  'statusname', // LiipMonitor
  'state',
  'health',
  'healthy',
  'ok',
  'success',
  'passed',
  'up',
  'alive',
  'available',
  'connected',
  'ishealthy',
];
/** Words for good health. */
export const GOOD = new Set(
  'ok okay up pass passed passing healthy green alive running ready success succeeded successful true working operational available connected online serving good fine normal active enabled skipped disabled checkresultsuccess checkresultskip'.split(
    ' ',
  ),
);
/** Counts only where nothing is worse. */
export const MILD = new Set(
  'degraded warn warning unknown yellow pending starting checkresultwarning checkresultunknown'.split(
    ' ',
  ),
);
/** Outside a group, a field is a part only if it says one of these. */
export const BAD = new Set(
  'down unhealthy fail failed failing failure error critical unavailable offline disconnected outofservice unreachable dead broken red false ko unexpectedresult unknownerror timeout notconnected notok notready'.split(
    ' ',
  ),
);
/** ASP.NET's `HealthStatus`, written as a number where no converter is set. */
export const DOTNET_STATES = ['Unhealthy', 'Degraded', 'Healthy'];

/** Fields that say what kind of thing a part is, as a word or a list of them. */
export const KINDS = ['tags', 'componenttype', 'type', 'kind', 'category'];
/** Parts that only sum up others: told where nothing else fails. */
export const SUMS = new Set(
  'readinessstate readiness ready overall aggregate summary total'.split(' '),
);
/** Fields beside each other that are no parts of the service. */
export const NOT_PARTS = new Set([
  'message',
  'error',
  'errors',
  'reason',
  'title',
  'type',
  'detail',
  'description',
  'output',
  'code',
  'path',
  'timestamp',
  'info',
  'globalstatus',
  'nodes', // SonarQube: the same state again, for each of its processes
]);

/** An error message where a state could stand: `dial tcp 127.0.0.1:5432: connection refused`. */
export const TROUBLE =
  /\b(?:refused|timed out|timeout|unreachable|unavailable|no such host|reset by peer)\b/i;
