import type {State} from '../core/model/state.ts';
import {message} from '../core/text/message.ts';
import {serviceStatus} from '../documents/service-status.ts';
import {
  createNotifier,
  takeNotifyEnvironment,
  type Message,
  type NotifyEnvironment,
  type Notifier,
} from '../io/run/service-manager.ts';
import {createPulse} from '../runtime/pulse.ts';
import type {RunningMonitor} from '../runtime/monitor.ts';
import {targetsOf} from '../core/targets.ts';
import {render} from '../core/text/say.ts';

/** Notifies the service manager that started agent2 (sd_notify). */
export interface ServiceManager {
  /** The loop calls it once a second. */
  everySecond(monitor: RunningMonitor): void;
  /** Notifies it that agent2 is stopping. */
  stopping(): void;
  /** Resolves when every message has been sent or has failed. */
  settled(): Promise<void>;
}

/** After this time agent2 is ready even if a first check hangs, so that its own start does not fail. */
const READY_MS = 20_000;
/** Beats to the watchdog within its time limit. */
const BEATS = 3;

/** Undefined without a service manager. Removes its variables from the environment, so that children do not inherit them. */
export function notifyServiceManager(env: NodeJS.ProcessEnv): ServiceManager | undefined {
  const environment = takeNotifyEnvironment(env);
  return environment && managerFor(environment);
}

function managerFor(environment: NotifyEnvironment): ServiceManager {
  const pulse =
    environment.watchdogMs === undefined ? undefined : createPulse(environment.watchdogMs / BEATS);
  let notifier: Notifier | undefined;
  let ready = false;
  let status = '';

  return {
    everySecond(monitor) {
      notifier ??= notifierFor(environment, monitor);
      const state = monitor.getSnapshot();
      const message = news(state, monitor.now(), monitor.throwingSince());
      if (Object.keys(message).length > 0) notifier.say(message);
    },
    stopping: () => notifier?.say({STOPPING: '1'}),
    settled: async () => notifier?.settled(),
  };

  function news(state: State, now: number, throwingSince: number | undefined): Message {
    const before = status;
    const wasReady = ready;
    status = render(serviceStatus(state));
    ready ||=
      now - state.startedAt >= READY_MS ||
      targetsOf(state).every(({lastCheck, paused}) => lastCheck !== undefined || paused);
    return {
      ...(ready && !wasReady ? {READY: '1'} : {}),
      ...(status === before ? {} : {STATUS: status}),
      ...(pulse?.(state, now, throwingSince) ? {WATCHDOG: '1'} : {}),
    };
  }
}

function notifierFor(environment: NotifyEnvironment, monitor: RunningMonitor): Notifier {
  return createNotifier(environment, text =>
    monitor.dispatch({
      type: 'problem',
      at: monitor.now(),
      about: 'service manager',
      text:
        text === undefined ? undefined : message`agent2 cannot notify the service manager: ${text}`,
    }),
  );
}
