import type {Effect} from '../model/effect.ts';

/** What a set of settings comes to for one target. Durations in milliseconds. */
export interface Figures {
  /** Attempts begun, those asked for by hand included. */
  readonly fixes: number;
  /** How often it was called down. */
  readonly downs: number;
  readonly held: number;
  /** The service was bad, whether or not anybody called it down. */
  readonly downtimeMs: number;
  readonly observedMs: number;
  /** From the first sign of trouble to the verdict `down`, one for each. */
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

/** Counts what was done about a target at `at`; `badSince` is when its trouble began, where it is in any. */
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
    if (effect.type !== 'tell' || effect.notice.target !== target) continue;
    if (effect.notice.kind === 'held') counted = {...counted, held: counted.held + 1};
    if (effect.notice.kind === 'down')
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

/** Undefined of nothing. */
export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}
