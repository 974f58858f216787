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

/** The service manager that started agent2, and hears how it is. */
export interface ServiceManager {
  /** The loop calls it once a second. */
  everySecond(monitor: RunningMonitor): void;
  /** Says that agent2 is stopping. */
  stopping(): void;
  /** Resolves when every message has been sent or has failed. */
  settled(): Promise<void>;
}

/** A target whose first check hangs must not make our own start fail. */
const READY_MS = 20_000;
/** The watchdog hears of us so often within its time limit. */
const BEATS = 3;

/** Undefined where no service manager listens. Removes its variables from the environment before anything is started. */
export function notifyServiceManager(env: NodeJS.ProcessEnv): ServiceManager | undefined {
  const told = takeNotifyEnvironment(env);
  return told && managerFor(told);
}

function managerFor(told: NotifyEnvironment): ServiceManager {
  const pulse = told.watchdogMs === undefined ? undefined : createPulse(told.watchdogMs / BEATS);
  let notifier: Notifier | undefined;
  let ready = false;
  let status = '';

  return {
    everySecond(monitor) {
      notifier ??= notifierFor(told, monitor);
      const state = monitor.getSnapshot();
      const message = news(state, monitor.now());
      if (Object.keys(message).length > 0) notifier.say(message);
    },
    stopping: () => notifier?.say({STOPPING: '1'}),
    settled: async () => notifier?.settled(),
  };

  function news(state: State, now: number): Message {
    const before = status;
    const wasReady = ready;
    status = render(serviceStatus(state));
    ready ||=
      now - state.startedAt >= READY_MS ||
      targetsOf(state).every(({lastCheck, paused}) => lastCheck !== undefined || paused);
    return {
      ...(ready && !wasReady ? {READY: '1'} : {}),
      ...(status === before ? {} : {STATUS: status}),
      ...(pulse?.(state, now) ? {WATCHDOG: '1'} : {}),
    };
  }
}

function notifierFor(told: NotifyEnvironment, monitor: RunningMonitor): Notifier {
  return createNotifier(told, text =>
    monitor.dispatch({
      type: 'problem',
      at: monitor.now(),
      about: 'service manager',
      text:
        text === undefined ? undefined : message`agent2 cannot notify the service manager: ${text}`,
    }),
  );
}
