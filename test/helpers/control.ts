import {mkdirSync} from 'node:fs';
import {get} from 'node:http';
import {join} from 'node:path';
import {serveControl} from '../../source/monitor/control.ts';
import {didYouMean} from '../../source/config/did-you-mean.ts';
import {presets} from '../../source/config/presets.ts';
import type {Monitor} from '../../source/contracts/monitor.ts';
import type {Effect, Notice} from '../../source/core/model/effect.ts';
import type {FixOutcome} from '../../source/core/model/event.ts';
import {initialState} from '../../source/core/initial.ts';
import {type TargetStart} from '../../source/core/model/event.ts';
import {systemClock} from '../../source/io/clock.ts';
import {requestLocally} from '../../source/io/socket/local-request.ts';
import {socketName} from '../../source/io/socket/socket-path.ts';
import {createMonitor, type RunningMonitor} from '../../source/runtime/monitor.ts';
import {onCleanup} from './cleanup.ts';
import {makeHome} from './home.ts';
import {PATIENCE_MS, until} from './until.ts';
import {withFix} from './with-fix.ts';
import {render} from '../../source/core/text/say.ts';

/** An answer as JSON. */
interface AskedAnswer {
  readonly ok: boolean;
  readonly message: string;
  readonly message_data?: unknown;
}

export interface SseEvent {
  readonly event: string;
  readonly data: unknown;
}

/** The control API of `monitor`, on a socket of its own. */
export async function serveMonitor(monitor: Monitor) {
  const home = makeHome();
  const problems: Array<string | undefined> = [];
  mkdirSync(join(home.stateDir, 'run'), {recursive: true});
  const actionOf = (name: string) => `restart ${name}`;
  const archiveHistory = () => 'archived';
  const server = await serveControl({
    monitor,
    version: '1.2.3',
    pid: 7,
    stateDir: home.stateDir,
    config: undefined,
    suggest: didYouMean,
    actionOf,
    archiveHistory,
    onProblem: text => void problems.push(text && render(text)),
  });
  const socketPath = socketName(home.stateDir);
  onCleanup(server.close);

  return {
    home,
    server,
    socketPath,
    problems,
    async ask(
      path: string,
      body?: unknown,
      method: 'GET' | 'POST' = 'POST',
    ): Promise<{
      status: number;
      answer: AskedAnswer & {targets?: ReadonlyArray<Record<string, unknown>>};
    }> {
      const response = await requestLocally({
        socketPath,
        method,
        host: 'agent2',
        path,
        body,
        deadlineMs: PATIENCE_MS,
      });
      if (response.kind !== 'response') throw new Error(`${path}: ${JSON.stringify(response)}`);
      return {
        status: response.status,
        answer: JSON.parse(response.text) as AskedAnswer & {
          targets?: ReadonlyArray<Record<string, unknown>>;
        },
      };
    },
    /** What is sent on a stream, as it comes. */
    async read(path: string): Promise<{
      events: SseEvent[];
      next(event: string): Promise<unknown>;
      close(): void;
      ended(): boolean;
    }> {
      const events: SseEvent[] = [];
      let text = '';
      let ended = false;
      let taken = 0;
      const asked = get({socketPath, path, headers: {host: 'agent2'}, agent: false}, response => {
        response.setEncoding('utf8').on('data', part => {
          text += part;
          for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
            const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(text.slice(0, end)) ?? [];
            if (event !== undefined) events.push({event, data: JSON.parse(data ?? '')});
            text = text.slice(end + 2);
          }
        });
        response.on('close', () => (ended = true)).on('error', () => undefined);
      }).on('error', () => (ended = true));
      onCleanup(() => void asked.destroy());
      return {
        events,
        ended: () => ended,
        close: () => void asked.destroy(),
        /** The next one of that kind that nobody has waited for yet. */
        async next(event) {
          const index = await until(
            `event ${event}`,
            () => {
              const found = events.findIndex(
                (each, index) => index >= taken && each.event === event,
              );
              return found < 0 ? undefined : {found};
            },
            {describe: () => JSON.stringify(events.slice(-3)).slice(0, 500)},
          );
          taken = index.found + 1;
          return events[index.found]?.data;
        },
      };
    },
  };
}

export type ServedMonitor = Awaited<ReturnType<typeof serveMonitor>>;

/** A loop with targets that are well, whose fixes end as `outcome` says. */
export function liveMonitor(
  names: readonly string[],
  outcome: () => FixOutcome | undefined = () => ({kind: 'done', detail: 'done'}),
): RunningMonitor & {readonly notices: readonly Notice[]; onNotice: (notice: Notice) => void} {
  const clock = systemClock();
  const notices: Notice[] = [];
  const starts = names.map((name): TargetStart => ({
    settings: {
      name,
      address: `http://127.0.0.1/${name}`,
      ...withFix('command'),
      local: true,
      overrides: {},
      dependsOn: [],
      notFor: [],
      fingerprint: '',
    },
    preset: 'dev',
    observing: false,
  }));
  const monitor = createMonitor(initialState(starts, presets, clock.now()), clock, perform);
  const live = Object.assign(monitor, {notices, onNotice: (_: Notice) => {}});
  monitor.dispatch({type: 'started', at: clock.now()});
  onCleanup(() => monitor.close());
  return live;

  async function perform(effect: Effect): Promise<void> {
    if (effect.type === 'notify') {
      notices.push(effect.notice);
      live.onNotice(effect.notice);
    }
    if (effect.type !== 'check' && effect.type !== 'fix') return;
    await new Promise(resolve => setImmediate(resolve));
    const {target} = effect;
    const at = clock.now();
    if (effect.type === 'check')
      monitor.dispatch({
        type: 'observed',
        at,
        target,
        epoch: effect.epoch,
        startedAt: at,
        lagMs: 0,
        observation: {kind: 'ok', readings: {}, latencyMs: 1},
      });
    const result = effect.type === 'fix' ? outcome() : undefined;
    if (effect.type === 'fix' && result)
      monitor.dispatch({
        type: 'fix-finished',
        at,
        target,
        attempt: effect.request.attempt,
        outcome: result,
      });
  }
}
