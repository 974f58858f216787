import {version} from 'agent2:version';
import {didYouMean} from '../config/did-you-mean.ts';
import type {ControlHost} from '../control/server/host.ts';
import type {Control} from '../control/server/server.ts';
import type {Notice} from '../core/model/effect.ts';
import {message} from '../core/text/message.ts';
import {sanitize} from '../format/sanitize.ts';
import {errorText} from '../io/error-code.ts';
import {fileErrorText} from '../io/files/file-error.ts';
import type {RunningMonitor} from '../runtime/monitor.ts';
import {archiveRunning} from './archive.ts';
import type {Report} from './problems.ts';

/** The control API of a monitor on its socket, which is kept open. */
export interface MonitorControl {
  /** Listens as soon as possible, also again after a `close`. Reports a failure, and never delays healing. */
  open(loop: RunningMonitor): void;
  notify(notice: Notice): void;
  close(): Promise<void>;
}

export interface ControlSetup extends Pick<ControlHost, 'stateDir' | 'config' | 'actionOf'> {
  readonly report: Report;
}

/** How often it checks that it listens: listening may have failed, or somebody removed the socket. */
const RETRY_MS = 15_000;

export function createMonitorControl(
  {report, ...setup}: ControlSetup,
  serve = serveControl,
): MonitorControl {
  let served: ServedControl | undefined;
  let listening = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let failed = false;

  return {
    open(loop) {
      if (timer) return;
      const host = hostOf(loop);
      listening = listen(host);
      timer = setInterval(
        () => void (listening = listening.then(() => listen(host))),
        RETRY_MS,
      ).unref();
    },
    notify: notice => served?.control.notify(notice),
    async close() {
      clearInterval(timer);
      timer = undefined;
      await listening;
      // A socket that cannot be removed must not stop the shutdown.
      await served?.close().catch((error: unknown) => report(errorText(error)));
      served = undefined;
    },
  };

  function hostOf(monitor: RunningMonitor): ControlHost {
    return {
      ...setup,
      monitor,
      version,
      pid: process.pid,
      suggest: didYouMean,
      archiveHistory: () => archiveRunning(setup.stateDir, monitor),
      onProblem: report,
    };
  }

  async function listen(host: ControlHost): Promise<void> {
    try {
      if (served?.isThere()) return;
      await served?.close();
      served = undefined;
      served = await serve(host);
      if (failed) report(undefined);
      failed = false;
    } catch (error) {
      failed = true;
      report(
        message`agent2 cannot listen on its control socket (${fileErrorText(error)}); it tries again every 15 s`,
      );
    }
  }
}

export interface ServedControl {
  readonly control: Control;
  isThere(): boolean;
  close(): Promise<void>;
}

/** Serves the control API on the socket of a state directory. Throws when it cannot listen there. */
export async function serveControl(host: ControlHost): Promise<ServedControl> {
  // Loaded on demand, while the first checks run.
  const [{createControl, refusalText}, {listenLocally}, sockets] = await Promise.all([
    import('../control/server/server.ts'),
    import('../io/socket/local-server.ts'),
    import('../io/socket/socket-path.ts'),
  ]);
  const control = createControl(host);
  const path = sockets.placeSocket(host.stateDir);
  const server = await listenLocally(path, {
    handle: control.handle,
    refusal: refusalText,
    onProblem: error => host.onProblem(sanitize(error.message)),
  });
  try {
    sockets.linkSocket(host.stateDir, path);
  } catch (error) {
    // Otherwise the next attempt would find the address in use.
    await server.close();
    throw error;
  }
  return {
    control,
    isThere: () => server.isThere() && sockets.findSocket(host.stateDir) === path,
    async close() {
      control.close();
      try {
        sockets.unlinkSocket(host.stateDir, path);
      } finally {
        await server.close();
      }
    },
  };
}
