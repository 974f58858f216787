import {version} from 'agent2:version';
import {didYouMean} from '../config/did-you-mean.ts';
import type {ControlHost} from '../control/server/host.ts';
import type {Notice} from '../core/model/effect.ts';
import {say} from '../core/text/say.ts';
import {errorText} from '../io/error-code.ts';
import type {OpenControl} from './open-control.ts';

/** The control API of a monitor, on its socket. */
export interface MonitorControl {
  /** Listens (again) as soon as it can, which healing never waits for; what stands in the way is a trouble. */
  open(): void;
  tell(notice: Notice): void;
  close(): Promise<void>;
}

/** How soon a socket that could not be had, or whose file somebody removed, is tried for again. */
const RETRY_MS = 15_000;

export function controlOf(host: Omit<ControlHost, 'version' | 'pid' | 'suggest'>): MonitorControl {
  let served: OpenControl | undefined;
  let listening = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let troubled = false;

  return {
    open() {
      if (timer) return;
      listening = listen();
      timer = setInterval(() => void (listening = listening.then(listen)), RETRY_MS).unref();
    },
    tell: notice => served?.control.tell(notice),
    async close() {
      clearInterval(timer);
      timer = undefined;
      await listening;
      // What cannot be tidied away must not keep the rest from ending.
      await served?.close().catch((error: unknown) => host.onTrouble(errorText(error)));
      served = undefined;
    },
  };

  async function listen(): Promise<void> {
    try {
      if (served?.isThere()) return;
      await served?.close();
      served = undefined;
      // Only who runs a monitor pays for what serves it.
      const {openControl} = await import('./open-control.ts');
      served = await openControl({...host, version, pid: process.pid, suggest: didYouMean});
      if (troubled) host.onTrouble(undefined);
      troubled = false;
    } catch (error) {
      troubled = true;
      host.onTrouble(
        say`the control socket cannot be had (${errorText(error)}); tried again every 15 s`,
      );
    }
  }
}
