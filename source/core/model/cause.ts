export type Cause =
  | 'crashed'
  | 'zombie'
  | 'suspended'
  | 'port_taken'
  | 'not_listening'
  | 'hung'
  | 'erroring'
  | 'unhealthy'
  | 'slow'
  | 'unreachable'
  | 'manual';
