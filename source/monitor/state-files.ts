import type {Text} from '../core/model/text.ts';
import {join} from 'node:path';
import {version} from 'agent2:version';
import type {Clock} from '../contracts/clock.ts';
import type {State} from '../core/model/state.ts';
import {message} from '../core/text/message.ts';
import {createMemoryText} from '../documents/memory-text.ts';
import {statusText, targetText} from '../documents/status.ts';
import {span} from '../core/text/span.ts';
import {createFileWriter, replaceFile, SLOW_MS} from '../io/files/file-writer.ts';
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
  /** Saves the memory that must survive a crash. Resolves when that is done, but waits for a disk that blocks only `MEMORY_MS`. */
  remember(state: State): Promise<unknown>;
  /** Rewrites the card, by which commands see the current targets. */
  renewCard(): void;
  /** Writes again what failed before, and refreshes an old status to show that the monitor is alive. */
  everySecond(state: State): void;
  /** Writes what is pending. Resolves to whether the disk took it within `FLUSH_MS`. */
  flush(): Promise<boolean>;
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
  /** Replaces a file; a test makes it slow. */
  readonly replace?: typeof replaceFile;
  /** Facts for the status that are not in the state. */
  facts(): {readonly awaited: readonly string[]; readonly screenLostAt: number | undefined};
}

export function statusPath(stateDir: string): string {
  return join(stateDir, 'agent2_status.json');
}

/** How long a fix waits for its memory: more would cost more than what a crash at this moment could forget. */
const MEMORY_MS = 250;
/** How long an end waits for the disk. */
const FLUSH_MS = 1_000;

export function createStateFiles({
  claim,
  clock,
  targets,
  problems,
  config,
  facts,
  replace = replaceFile,
}: StateFilesSetup): StateFiles {
  const {stateDir} = claim;
  const card = keeper(
    'card',
    error =>
      message`the file by which other agent2 commands find this one is out of date: ${errorText(error)}`,
  );
  const memoryText = createMemoryText();
  const reportStatus = problems.about('status file');
  const statusFile = fileOf(statusPath(stateDir), reportStatus);
  let memoryDue = false;
  const reportMemory = problems.about('memory');
  const memoryFile = fileOf(memoryPath(stateDir), text => {
    memoryDue = text !== undefined;
    reportMemory(text);
  });
  const status = createStatusWriter(
    clock,
    {
      save: saveStatus,
      prepare: (state, target) => void targetText(state, target, clock.now()),
    },
    reportStatus,
  );

  return {
    writeStatus: status.write,
    async flush() {
      status.flush();
      const all = await Promise.all([statusFile.settled(FLUSH_MS), memoryFile.settled(FLUSH_MS)]);
      return all.every(Boolean);
    },
    remember,
    renewCard,
    everySecond(state) {
      if (card.isDue()) renewCard();
      status.refresh(state);
      if (memoryDue) void remember(state);
    },
    renew(state) {
      for (const {outputDir, fix} of targets.all()) {
        prepareStateDir(outputDir, true);
        fix.child?.renew();
      }
      void remember(state);
      status.write(state);
    },
  };

  function saveStatus(state: State): number {
    if (!claim.isHeld()) return 0;
    const about = {pid: process.pid, version, config, ...facts()};
    const text = statusText(state, clock.now(), about);
    statusFile.write(text);
    return text.length;
  }

  function remember(state: State): Promise<unknown> {
    memoryDue = false;
    if (claim.isHeld()) memoryFile.write(memoryText(state));
    return memoryFile.settled(MEMORY_MS);
  }

  /** A file that is written without waiting for the disk, while this process holds the directory. */
  function fileOf(path: string, report: (text: Text | undefined) => void) {
    return createFileWriter(
      path,
      {
        onWritten: error => report(error === undefined ? undefined : errorText(error)),
        onSlow: () =>
          report(
            message`the disk does not answer: writing ${path} takes longer than ${span(SLOW_MS)}`,
          ),
      },
      {
        // Another monitor may have taken the directory while this text waited.
        replace: async (...args) => (claim.isHeld() ? replace(...args) : undefined),
      },
    );
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
