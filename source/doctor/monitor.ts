import {basename, join} from 'node:path';
import type {Remark} from '../contracts/examination.ts';
import {say} from '../core/text/say.ts';
import {span} from '../core/text/span.ts';
import {sanitize} from '../format/sanitize.ts';
import {typed} from '../format/shell-words.ts';
import {requestLocally} from '../io/socket/local-request.ts';
import {describeProcess, readProcess} from '../io/process/processes.ts';
import {findSocket} from '../io/socket/socket-path.ts';
import type {Examination, Place, Scene} from './shared/scene.ts';

/** Does a monitor run here, and does it work? */
export const definition: Examination = {
  order: 10,
  about: 'monitor',
  what: () => say`monitor`,
  finds: 'none runs, killed (a stale `agent2.pid`), suspended, held by a debugger, hanging',
  async examine(place, scene, signal) {
    return [place.monitor ? await running(place, place.monitor, scene, signal) : notRunning(place)];
  },
};

/** A monitor writes its status at least once a minute. */
const SILENT_MS = 180_000;

async function running(
  place: Place,
  {pid, targets}: NonNullable<Place['monitor']>,
  {machine}: Scene,
  signal: AbortSignal,
): Promise<Remark> {
  const info = readProcess(pid);
  const names = targets.map(name => sanitize(name, 63)).join(', ');
  if (info?.state === 'stopped')
    return {
      id: 'monitor_stopped',
      level: 'fail',
      seen: say`pid ${pid} is suspended (SIGSTOP): nothing is watched or healed`,
      next: `kill -CONT ${pid}`,
    };
  if (info?.state === 'traced')
    return {
      id: 'monitor_traced',
      level: 'warn',
      seen: say`a debugger holds pid ${pid}: it watches only while the debugger lets it run`,
      next: `grep TracerPid /proc/${pid}/status`,
    };
  const updated = place.status.kind === 'read' ? place.status.updatedAt : undefined;
  const silentMs = updated === undefined ? 0 : machine.now() - updated;
  const paused =
    place.status.kind === 'read' && place.status.targets.every(({phase}) => phase === 'paused');
  if (silentMs > SILENT_MS && !paused) {
    if (await answers(place.stateDir, signal)) {
      return {
        id: 'status_unwritten',
        level: 'fail',
        seen: say`pid ${pid} watches and answers, but could not write its status for ${span(silentMs)}`,
        next: `agent2 logs --level error --since 1h${place.which}`,
      };
    }
    return {
      id: 'monitor_stuck',
      level: 'fail',
      seen: say`pid ${pid} is alive, but has written no status for ${span(silentMs)}: it hangs`,
      next: `kill -KILL ${pid} && agent2 start ${place.startWords}`.trim(),
    };
  }
  const startedAt = describeProcess(pid)?.startedAt;
  const age = startedAt === undefined ? '' : say`, up ${span(machine.now() - startedAt)}`;
  return {
    id: 'monitor',
    level: 'ok',
    seen: names === '' ? say`pid ${pid}${age}` : say`pid ${pid}${age}, watching ${names}`,
  };
}

/** A stuck loop answers no request; a monitor that cannot write (a full disk) must not be killed for it. */
async function answers(stateDir: string, signal: AbortSignal): Promise<boolean> {
  const socketPath = findSocket(stateDir);
  return (
    socketPath !== undefined &&
    (
      await requestLocally({
        socketPath,
        method: 'GET',
        host: 'agent2',
        path: '/v1/status',
        deadlineMs: ANSWER_MS,
        signal,
      })
    ).kind === 'response'
  );
}

const ANSWER_MS = 2_000;

function notRunning(place: Place): Remark {
  const start = `agent2 start ${place.startWords}`.trim();
  const file = join(place.stateDir, 'agent2.pid');
  if (place.pidFile.kind === 'wrong')
    return {
      id: 'monitor_pid_file',
      level: 'fail',
      seen: say`cannot tell whether a monitor runs: its pid file ${place.pidFile.reason}`,
      next: `ls -l ${typed([file])}`,
    };
  if (place.pidFile.kind === 'pid') {
    const {pid} = place.pidFile;
    // A killed monitor may be a zombie for a while.
    const stranger = readProcess(pid)?.state === 'zombie' ? undefined : describeProcess(pid);
    const seen = stranger
      ? say`no monitor runs: agent2.pid names ${pid}, which is now another program (${stranger.command})`
      : say`no monitor runs: agent2.pid names ${pid}, which ended without cleaning up (killed?)`;
    return {
      id: 'monitor_stale_pid',
      level: 'fail',
      seen: `${seen}; ${say`the next start takes the file over`}`,
      next: start,
    };
  }
  if (
    place.status.kind === 'read' &&
    place.status.phase !== 'stopped' &&
    place.status.phase !== undefined
  ) {
    return {
      id: 'monitor_died',
      level: 'fail',
      seen: say`no monitor runs, and the last one was killed: its status still says ${place.status.phase}`,
      next: start,
    };
  }
  return {
    id: 'monitor_none',
    level: 'fail',
    seen: say`no agent2 runs for ${basename(place.stateDir)}: nothing watches or heals it`,
    next: start,
  };
}
