import type {RunningMonitor} from '../runtime/monitor.ts';
import type {Performer} from '../runtime/perform.ts';
import {stopAll} from './children.ts';
import type {FixWait} from './fix-wait.ts';
import type {Notices} from './notices.ts';
import type {Reload} from './reload.ts';
import type {StateFiles} from './state-files.ts';
import type {Targets} from './targets.ts';

/** Who owns the loop with its children and files: not this process yet (`unbegun`), this process, or the process that it was handed over to. */
export type Ownership = 'unbegun' | 'ours' | 'given';

export interface Shutdown {
  /** Ends the loop and its children in order. */
  endLoop(): Promise<void>;
  /** Writes the final status, and waits for the disk, but not for long. */
  writeLast(): Promise<void>;
  /** Kills the children, and stops waiting for fixes. */
  hurry(): void;
}

export interface ShutdownSetup {
  readonly ownership: () => Ownership;
  /** Another process started the children, and keeps them until the loop is `ours`. */
  readonly adopted: boolean;
  readonly loop: Pick<RunningMonitor, 'close' | 'dispatch' | 'getSnapshot' | 'now'>;
  readonly perform: Pick<Performer, 'endFixes'>;
  readonly fixWait: FixWait;
  readonly reload: Pick<Reload, 'settled'>;
  readonly targets: Pick<Targets, 'all'>;
  readonly files: Pick<StateFiles, 'writeStatus' | 'flush'>;
  readonly notices: Pick<Notices, 'log'>;
}

/** Ends only what this process owns: a loop that another process has, or may take back, keeps its children and files. */
export function createShutdown({
  ownership,
  adopted,
  loop,
  perform,
  fixWait,
  reload,
  targets,
  files,
  notices,
}: ShutdownSetup): Shutdown {
  return {
    async endLoop() {
      switch (ownership()) {
        case 'given':
          return;
        case 'unbegun':
          if (!adopted) return stopAll(targets.all());
          return loop.dispatch({type: 'let-go', at: loop.now()});
        case 'ours': {
          const fixes = fixWait.wait(perform, text => notices.log(text, 'warning'));
          await reload.settled();
          await Promise.all([loop.close(fixes), stopAll(targets.all())]);
        }
      }
    },
    async writeLast() {
      if (ownership() !== 'ours') return;
      files.writeStatus(loop.getSnapshot());
      await files.flush();
    },
    hurry() {
      if (ownership() === 'given') return;
      for (const {fix} of targets.all()) fix.child?.kill();
      fixWait.hurry();
    },
  };
}
