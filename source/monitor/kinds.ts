import {load as fixes} from 'agent2:fixes';
import {load as probes} from 'agent2:probes';
import {loadKinds, type Kinds} from '../config/kinds.ts';

/** Every kind of check and fix that a config file may name. */
export function allKinds(): Promise<Kinds> {
  return loadKinds(probes, fixes);
}
