import type {Cause} from '../../core/model/cause.ts';
import {CAUSES} from '../../core/causes.ts';
import {failureKinds, faultKinds, FAULTS} from '../../core/faults.ts';
import type {
  AnsweredBy,
  Failure,
  Fault,
  FaultKind,
  HangKind,
  PlainFault,
  Protocol,
} from '../../core/model/fault.ts';
import {
  boolean,
  list,
  objectOf,
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

export const cause = words<Cause>(CAUSES);

const plain: Fields<Pick<Fault, 'probe' | 'text' | 'components' | 'dependency'>> = {
  probe: string,
  text,
  components: optional(list(string)),
  dependency: optional(string),
};

const protocol = words<Protocol>({tls: true, plain: true, other: true});
const hang = optional(words<HangKind>({idle: true, busy: true, waits: true}));

/** The fields of a kind of fault, besides the common ones. */
const detailed: Kinds<Exclude<Fault, PlainFault>, 'kind'> = {
  process_gone: {...plain, pid: optional(pid)},
  process_zombie: {...plain, pid},
  process_stopped: {...plain, pid, traced: boolean},
  process_mismatch: {...plain, pid},
  port_foreign: {...plain, port: number, pid: optional(pid), command: text},
  status_unexpected: {
    ...plain,
    status: number,
    from: optional(
      objectOf<AnsweredBy>({
        server: optional(string),
        via: optional(string),
        page: optional(string),
      }),
    ),
    retryAfterMs: optional(number),
    location: optional(string),
    protocol: optional(protocol),
  },
  tls_failed: {...plain, protocol: optional(protocol)},
  connection_reset: {...plain, protocol: optional(protocol)},
  response_truncated: {...plain, protocol: optional(protocol)},
  connect_refused: {...plain, listensOn: optional(list(number)), frontEnded: optional(number)},
  port_closed: {...plain, listensOn: optional(list(number)), frontEnded: optional(number)},
  body_unexpected: {...plain, field: string, wanted: text, got: text, mismatch: optional(boolean)},
  exec_failed: {...plain, code: optional(number), lastLine: string},
  connect_timeout: {...plain, hang},
  response_timeout: {...plain, hang},
  slow: {...plain, latencyMs: number, limitMs: number},
  tls_expiring: {...plain, daysLeft: number, limitDays: number},
  resource_high: {...plain, metric: string, value: number, limit: number},
};

export const faultKind = words<FaultKind>(FAULTS);

export const fault = variants('kind', fieldsOf<Fault>(faultKinds));

export const failure = variants('kind', fieldsOf<Failure>(failureKinds));

function fieldsOf<T extends Fault>(kinds: ReadonlyArray<T['kind']>): Kinds<T, 'kind'> {
  const own: Readonly<Record<string, object>> = detailed;
  const fields = Object.fromEntries(kinds.map(kind => [kind, own[kind] ?? plain]));
  return fields as unknown as Kinds<T, 'kind'>;
}
