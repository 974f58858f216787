import {all} from 'agent2:fixes';
import type {TargetSettings} from '../../source/core/model/target.ts';

/** What the settings of a target say of its fix, by the word of the kind. */
export function withFix(use: string): Pick<TargetSettings, 'fix' | 'traits'> {
  const definition = all[use];
  if (!definition) throw new Error(`no fix ${use}`);
  return {fix: use, traits: definition.traits};
}
