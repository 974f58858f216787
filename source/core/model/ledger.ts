import type {Cause} from './cause.ts';

/**
 * The later verdict on a fix: ten healthy minutes followed (`healed`), the problem came back before (`relapsed`), the fix did not help
 * (`no effect`), or the target would have recovered without it (`unneeded`).
 */
export type Verdict = 'healed' | 'relapsed' | 'no effect' | 'unneeded';

/** How often fixes worked, by their cause. */
export type Ledger = Readonly<Partial<Record<Cause, Readonly<Record<Verdict, number>>>>>;
