import type {Effect} from '../../../../source/core/model/effect.ts';
import type {State} from '../../../../source/core/model/state.ts';
import type {TargetState} from '../../../../source/core/model/target.ts';
import {findTarget} from '../../../../source/core/targets.ts';
import type {Model} from '../timeline.ts';
import type {Step, World} from '../world.ts';

/** Watches every step of a world, and throws where a promise is broken; `end` looks at what is left. */
export type Rule = (
  world: World,
  model: Model,
) => {readonly step?: (step: Step) => void; readonly end?: () => void};

export type Fix = Extract<Effect, {type: 'fix'}>;

export const minutes = (count: number) => count * 60_000;
export const CALM_MS = minutes(10);
export const HELD_MS = minutes(30);

export const fixesOf = ({effects}: Step) =>
  effects.filter((effect): effect is Fix => effect.type === 'fix');
/** SIGCONT waits for nothing and uses no budget. */
export const restartsOf = (step: Step) =>
  fixesOf(step).filter(({request}) => request.action === 'restart');
export const isManual = ({after}: Step, {target}: Fix) => {
  const {repair} = known(after, target);
  return repair.step === 'fixing' && repair.attempt.manual;
};
export const nameOf = ({settings}: TargetState) => settings.name;
export const known = (state: State, name: string) => findTarget(state, name) as TargetState;
