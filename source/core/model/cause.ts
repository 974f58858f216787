/** Why a target is down, or was restarted. `core/causes.ts` says how agent2 handles each. */
export type Cause =
  | 'stopped_on_purpose'
  | 'crashed'
  | 'zombie'
  | 'suspended'
  | 'port_taken'
  | 'not_listening'
  | 'hung'
  | 'erroring'
  | 'unhealthy'
  | 'probe_wrong'
  | 'refused'
  | 'elsewhere'
  | 'slow'
  | 'unreachable'
  | 'manual';
