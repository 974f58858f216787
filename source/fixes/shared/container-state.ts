import type {AskManager, ManagedState} from '../../contracts/fix.ts';
import {message} from '../../core/text/message.ts';
import {sanitize} from '../../format/sanitize.ts';

/** The parts of a container that tell why it does not run. */
const FORMAT =
  '{{.State.Status}}\t{{.State.ExitCode}}\t{{.State.OOMKilled}}\t{{.HostConfig.RestartPolicy.Name}}';

/** What docker or podman says about a container; undefined when it does not know it. */
export async function stateOfContainer(
  container: string,
  command: string,
  ask: AskManager,
): Promise<ManagedState | undefined> {
  const shown = await ask([
    command,
    'inspect',
    '--type',
    'container',
    '--format',
    FORMAT,
    container,
  ]);
  if (shown.kind !== 'answered' || shown.code !== 0) return undefined;
  const [word = '', code = '', oom, policy = ''] = shown.output.trim().split('\t');
  const status = sanitize(word, 40);
  switch (word) {
    case 'running':
      return {state: 'running', says: message`${command} says that ${container} is ${status}`};
    case 'paused':
      return {state: 'paused', says: message`${command} was told to pause ${container}`};
    case 'restarting':
    case 'removing':
    case 'stopping':
      return {state: 'restarting', says: message`${command} says that ${container} is ${status}`};
    case 'exited':
    case 'stopped': {
      const is = `${status} (${sanitize(code, 10)})`;
      const told = oom !== 'true' && (await wasToldToStop(Number(code), policy));
      return told
        ? {state: 'stopped', says: message`${command} was told to stop ${container}; it is ${is}`}
        : {state: 'failed', says: message`${command} says that ${container} is ${is}`};
    }
    default:
      return status === ''
        ? undefined
        : {state: 'failed', says: message`${command} says that ${container} is ${status}`};
  }

  /** A policy that restarts every end leaves only what it was told to stop. Without one, the exit code tells, and for SIGKILL the log of events. */
  async function wasToldToStop(exitCode: number, restartPolicy: string): Promise<boolean> {
    if (restartPolicy === 'always' || restartPolicy === 'unless-stopped') return true;
    if (ORDERLY.includes(exitCode)) return true;
    return exitCode === KILLED && (await stopWasLogged());
  }

  /** `docker stop` kills what does not end in time, like a process that runs as pid 1 without a handler of SIGTERM. */
  async function stopWasLogged(): Promise<boolean> {
    const events = await ask([
      command,
      'events',
      '--since',
      '24h',
      '--until',
      '0s',
      '--filter',
      `container=${container}`,
      '--filter',
      'type=container',
      '--format',
      '{{json .}}',
    ]);
    if (events.kind !== 'answered' || events.code !== 0) return false;
    const acts = events.output.split('\n').flatMap(line => {
      const found = /"(?:Action|status|Status)":"(start|stop)"/.exec(line)?.[1];
      return found === undefined ? [] : [found];
    });
    return acts.at(-1) === 'stop';
  }
}

/** Ended in order, or by SIGINT or SIGTERM. */
const ORDERLY: readonly number[] = [0, 130, 143];
const KILLED = 137;
