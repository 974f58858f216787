import type {OpenMonitor} from '../monitor/setup.ts';

/** A bug that did not come again for this long is no problem any more. */
const FORGOTTEN_MS = 600_000;
const LOOK_MS = 60_000;

/**
 * Reports what nothing else caught, a rejection too, instead of ending the process: the loop watches all services, and a bug in the work for one of them must
 * not end it. Returns a function that ends this.
 */
export function goOnAfterBugs({
  caught,
  worked,
}: Pick<OpenMonitor['monitor'], 'caught' | 'worked'>): () => void {
  let timer: NodeJS.Timeout | undefined;
  let lastAt = -Infinity;
  const onError = (error: unknown) => {
    lastAt = performance.now();
    caught('agent2', error);
    timer ??= setInterval(() => {
      if (performance.now() - lastAt < FORGOTTEN_MS) return;
      clearInterval(timer);
      timer = undefined;
      worked('agent2');
    }, LOOK_MS).unref();
  };
  process.on('uncaughtException', onError);
  return () => {
    clearInterval(timer);
    process.off('uncaughtException', onError);
  };
}
