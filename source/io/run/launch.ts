import {spawn, type ChildProcess} from 'node:child_process';
import type {ProcessIdentity} from '../../core/model/observation.ts';
import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';
import {identityIn} from '../process/identity.ts';
import {readProcess} from '../process/processes.ts';
import {notStarted} from './not-started.ts';

type Launch =
  {readonly identity: ProcessIdentity; readonly process: ChildProcess} | {readonly text: Text};

/** Starts a program as the leader of its own process group and session. `input` and `output` are open files; without them it has none. */
export function launch(
  [command, ...rest]: readonly [string, ...string[]],
  {cwd, env}: {readonly cwd?: string; readonly env: NodeJS.ProcessEnv},
  input: number | undefined,
  output: number | undefined,
): Promise<Launch> {
  return new Promise(resolve => {
    try {
      const child = spawn(command, rest, {
        cwd,
        env,
        detached: true,
        stdio: [input ?? 'ignore', output ?? 'ignore', output ?? 'ignore'],
      });
      const info = child.pid === undefined ? undefined : readProcess(child.pid);
      child.once('error', error => resolve({text: notStarted(error, command, cwd)}));
      if (info) resolve({identity: identityIn(info), process: child});
      else if (child.pid !== undefined)
        resolve({text: message`${command} ended before agent2 saw it`});
    } catch (error) {
      // spawn throws for an impossible command, like one with a NUL.
      resolve({text: notStarted(error, command, cwd)});
    }
  });
}
