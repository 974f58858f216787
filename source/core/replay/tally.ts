import type {Effect, Notice} from '../model/effect.ts';

/** The results of a set of settings for one target. Durations in milliseconds. */
export interface Figures {
  /** Attempts begun, manual ones included. */
  readonly fixes: number;
  /** The number of `down` verdicts. */
  readonly downs: number;
  readonly held: number;
  /** The service was bad, with or without a verdict. */
  readonly downtimeMs: number;
  readonly observedMs: number;
  /** The times from the first sign of each problem to its `down` verdict. */
  readonly delaysMs: readonly number[];
}

export const noFigures: Figures = {
  fixes: 0,
  downs: 0,
  held: 0,
  downtimeMs: 0,
  observedMs: 0,
  delaysMs: [],
};

/** The kinds of notices that come with a `down` verdict. */
const DOWN: ReadonlySet<Notice['kind']> = new Set(['down', 'again', 'relapsing'] as const);

/** Counts the actions on a target at `at`; `badSince` is when its current problem began. */
export function tally(
  figures: Figures,
  effects: readonly Effect[],
  target: string,
  badSince: number | undefined,
  at: number,
): Figures {
  let counted = figures;
  for (const effect of effects) {
    if (effect.type === 'fix' && effect.target === target)
      counted = {...counted, fixes: counted.fixes + 1};
    if (effect.type !== 'notify' || effect.notice.target !== target) continue;
    if (effect.notice.kind === 'held') counted = {...counted, held: counted.held + 1};
    if (DOWN.has(effect.notice.kind))
      counted = {
        ...counted,
        downs: counted.downs + 1,
        delaysMs: badSince === undefined ? counted.delaysMs : [...counted.delaysMs, at - badSince],
      };
  }
  return counted;
}

/** From 0 to 1; undefined when nothing was observed. */
export function availability({downtimeMs, observedMs}: Figures): number | undefined {
  return observedMs > 0 ? 1 - Math.min(downtimeMs, observedMs) / observedMs : undefined;
}
