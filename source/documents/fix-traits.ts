import type {FixTraits} from '../core/model/target.ts';

/** The traits of a fix by its word, for documents of older versions, which have no traits. No other kinds existed then. */
export function traitsByWord(word: string): FixTraits {
  return {
    heals: word !== 'none',
    ownsProcess: word === 'child',
    takenByOthers: word === 'signal',
    verb: word === 'child' ? 'replaces' : word === 'signal' ? 'will' : 'runs',
  };
}

/** The traits in the status file, or those that its word implies. */
export function traitsOfStatus(
  target: Readonly<Record<string, unknown>>,
): Pick<FixTraits, 'heals' | 'ownsProcess'> {
  const {heals, owns_process: ownsProcess, fix} = target;
  const meant = traitsByWord(typeof fix === 'string' ? fix : 'none');
  return {
    heals: typeof heals === 'boolean' ? heals : meant.heals,
    ownsProcess: typeof ownsProcess === 'boolean' ? ownsProcess : meant.ownsProcess,
  };
}
