import type {Cause} from './cause.ts';

/** The later verdict on a fix: did it heal, did the problem return within ten minutes, did it not help, or was it not needed? */

export type Verdict = 'healed' | 'relapsed' | 'no effect' | 'unneeded';

/** How often fixes worked, by their cause. */
export type Ledger = Readonly<Partial<Record<Cause, Readonly<Record<Verdict, number>>>>>;
