import {didYouMean} from '../config/did-you-mean.ts';
import {UsageError} from '../contracts/command.ts';
import {message} from '../core/text/message.ts';
import {sanitize} from '../format/sanitize.ts';
import {knownStateDirs, namesOf, usualStateDir, watchedIn} from './registry.ts';
import {selectedStateDir, type Selector} from './selector.ts';
import {statusIn} from './status.ts';

/**
 * Throws a `UsageError` where `--name` names neither a target nor a state directory, with the names of the running monitors; where none runs, with those of the
 * stopped ones, unless `onlyRunning`.
 */
export function refuseUnknownName(
  selector: Selector,
  stateDirs: readonly string[],
  {onlyRunning = false} = {},
): void {
  const {name} = selector;
  const known = knownStateDirs();
  const selected = selectedStateDir(selector, stateDirs);
  if (name === undefined || selected !== usualStateDir(name) || known.includes(selected)) return;
  const wanted = sanitize(name, 63);
  const running = known.filter(dir => (watchedIn(dir) ?? []).length > 0);
  const names = namesIn(running);
  if (names.length > 0)
    throw new UsageError(
      message`there is no monitor or target '${wanted}'; running: ${listed(names)}${didYouMean(name, names)}`,
    );
  const stopped = onlyRunning ? [] : namesIn(known);
  if (stopped.length > 0)
    throw new UsageError(
      message`there is no monitor or target '${wanted}'; none is running, and stopped are ${listed(stopped)}${didYouMean(name, stopped)}`,
    );
}

/** What `--name` may say of these directories. */
function namesIn(stateDirs: readonly string[]): readonly string[] {
  return [
    ...new Set(
      stateDirs.flatMap(dir => [
        // The status file of a running monitor may be a second behind its card.
        ...(watchedIn(dir) === undefined
          ? (statusIn(dir)?.targets.map(({name}) => name) ?? [])
          : []),
        ...namesOf(dir),
      ]),
    ),
  ];
}

function listed(names: readonly string[]): string {
  return names.map(name => sanitize(name, 63)).join(', ');
}
