import type {Text} from '../core/model/text.ts';
import {join} from 'node:path';
import {version} from 'agent2:version';
import type {Clock} from '../contracts/clock.ts';
import type {State} from '../core/model/state.ts';
import {message} from '../core/text/message.ts';
import {createMemoryText} from '../documents/memory-text.ts';
import {statusText, targetText} from '../documents/status.ts';
import {writeAtomically} from '../io/files/atomic-file.ts';
import {errorText} from '../io/error-code.ts';
import {prepareStateDir} from '../io/state-dir/prepare.ts';
import {createStatusWriter} from '../runtime/status-writer.ts';
import type {Claim} from './claim-state-dir.ts';
import {memoryPath} from './memory.ts';
import type {Problems} from './problems.ts';
import type {Targets} from './targets.ts';

/** Writes the status, the memory and the card of a monitor, while it holds the state directory. */
export interface StateFiles {
  writeStatus(state: State): void;
  /** Saves, before it returns, the memory that must survive a crash. */
  remember(state: State): void;
  /** Rewrites the card, by which commands see the current targets. */
  renewCard(): void;
  /** Writes again what failed before, and refreshes an old status to show that the monitor is alive. */
  everySecond(state: State): void;
  /** Writes what is pending. */
  flush(): void;
  /** Writes all files again, after somebody removed them. */
  renew(state: State): void;
}

export interface StateFilesSetup {
  readonly claim: Pick<Claim, 'stateDir' | 'isHeld' | 'renew'>;
  readonly clock: Clock;
  readonly targets: Targets;
  readonly problems: Problems;
  /** The config file, if any. */
  readonly config: string | undefined;
  /** Facts for the status that are not in the state. */
  facts(): {readonly awaited: readonly string[]; readonly screenLostAt: number | undefined};
}

export function statusPath(stateDir: string): string {
  return join(stateDir, 'agent2_status.json');
}

export function createStateFiles({
  claim,
  clock,
  targets,
  problems,
  config,
  facts,
}: StateFilesSetup): StateFiles {
  const {stateDir} = claim;
  const card = keeper(
    'card',
    error =>
      message`the file by which other agent2 commands find this one is out of date: ${errorText(error)}`,
  );
  const memory = keeper('memory', errorText);
  const memoryText = createMemoryText();
  const status = createStatusWriter(
    clock,
    {
      save: saveStatus,
      prepare: (state, target) => void targetText(state, target, clock.now()),
    },
    problems.about('status file'),
  );

  return {
    writeStatus: status.write,
    flush: status.flush,
    remember,
    renewCard,
    everySecond(state) {
      if (card.isDue()) renewCard();
      status.refresh(state);
      if (memory.isDue()) remember(state);
    },
    renew(state) {
      for (const {outputDir, fix} of targets.all()) {
        prepareStateDir(outputDir, true);
        fix.child?.renew();
      }
      remember(state);
      status.write(state);
    },
  };

  function saveStatus(state: State): number {
    if (!claim.isHeld()) return 0;
    const about = {pid: process.pid, version, config, ...facts()};
    const text = statusText(state, clock.now(), about);
    writeAtomically(statusPath(stateDir), text);
    return text.length;
  }

  function remember(state: State): void {
    memory.attempt(() => writeAtomically(memoryPath(stateDir), memoryText(state)));
  }

  function renewCard(): void {
    card.attempt(() => claim.renew(targets.specs()));
  }

  /** Writes one file while this process holds the directory; after a failure, `isDue` until a write works. */
  function keeper(about: string, textOf: (error: unknown) => Text) {
    const report = problems.about(about);
    let due = false;
    return {
      isDue: () => due,
      attempt(write: () => void) {
        if (!claim.isHeld()) return;
        try {
          write();
          due = false;
          report(undefined);
        } catch (error) {
          due = true;
          report(textOf(error));
        }
      },
    };
  }
}
