import type {Cause} from './cause.ts';

/** How a fix is judged afterwards: did it heal, did the trouble come back within ten minutes, did it not help, or was it not needed? */

export type Verdict = 'healed' | 'relapsed' | 'no effect' | 'unneeded';

/** How often fixes worked, by the cause they were made for. */
export type Ledger = Readonly<Partial<Record<Cause, Readonly<Record<Verdict, number>>>>>;
