import type {Cause} from '../../core/model/cause.ts';
import type {Failure, Fault, Warning} from '../../core/model/fault.ts';
import {
  boolean,
  list,
  number,
  optional,
  pid,
  string,
  variants,
  words,
  type Fields,
  type Kinds,
} from '../shape.ts';
import {text} from './text.ts';

export const cause = words<Cause>({
  crashed: true,
  zombie: true,
  suspended: true,
  port_taken: true,
  not_listening: true,
  hung: true,
  erroring: true,
  unhealthy: true,
  slow: true,
  unreachable: true,
  manual: true,
});

const plain: Fields<Pick<Fault, 'probe' | 'text' | 'components'>> = {
  probe: string,
  text,
  components: optional(list(string)),
};

const failures: Kinds<Failure, 'kind'> = {
  process_gone: {...plain, pid: optional(pid)},
  process_zombie: {...plain, pid},
  process_stopped: {...plain, pid, traced: boolean},
  process_mismatch: {...plain, pid},
  port_foreign: {...plain, port: number, pid: optional(pid), command: string},
  status_unexpected: {...plain, status: number},
  body_unexpected: {...plain, field: string, wanted: string, got: string},
  exec_failed: {...plain, code: optional(number), lastLine: string},
  pid_file_missing: plain,
  port_closed: plain,
  dns_failed: plain,
  connect_refused: plain,
  connect_timeout: plain,
  connection_reset: plain,
  tls_failed: plain,
  response_timeout: plain,
  response_truncated: plain,
  response_too_large: plain,
  body_invalid: plain,
  file_missing: plain,
  file_present: plain,
  file_stale: plain,
  file_size: plain,
  disk_low: plain,
};

const warnings: Kinds<Warning, 'kind'> = {
  slow: {...plain, latencyMs: number, limitMs: number},
  tls_expiring: {...plain, daysLeft: number, limitDays: number},
  resource_high: {...plain, metric: string, value: number, limit: number},
  pid_file_invalid: plain,
  check_unknown: plain,
};

export const failure = variants<Failure, 'kind'>('kind', failures);

export const fault = variants<Fault, 'kind'>('kind', {...failures, ...warnings});

export const faultKind = words<Fault['kind']>({...failures, ...warnings});
