import type {FixTraits} from '../core/model/state.ts';

/** The traits of a fix where a document has only its word: of these kinds alone that was ever written. */
export function traitsByWord(word: string): FixTraits {
  return {
    heals: word !== 'none',
    ownsProcess: word === 'child',
    takenByOthers: word === 'signal',
    verb: word === 'child' ? 'replaces' : word === 'signal' ? 'will' : 'runs',
  };
}

/** What the status file says of a fix, or means by its word alone. */
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
