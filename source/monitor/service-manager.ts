import type {State} from '../core/model/state.ts';
import {say} from '../core/text/say.ts';
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

/** Who started us as a service, and is told how we are. */
export interface ServiceManager {
  /** Called by the loop once a second. */
  everySecond(monitor: RunningMonitor): void;
  /** Says that we end. */
  stopping(): void;
  /** Resolves when it was told, or could not be. */
  settled(): Promise<void>;
}

/** A service whose first check hangs is no reason to call our own start failed. */
const READY_MS = 20_000;
/** So often within its time is the watchdog told. */
const BEATS = 3;

/** Undefined where no service manager listens. What it had put into our environment is taken out, before anything is started. */
export function tellServiceManager(env: NodeJS.ProcessEnv): ServiceManager | undefined {
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
    status = serviceStatus(state);
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
        text === undefined
          ? undefined
          : say`the service manager is not told how agent2 is: ${text}`,
    }),
  );
}
