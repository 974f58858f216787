import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, test} from 'vitest';
import {presets} from '../../source/config/presets.ts';
import {nextWake} from '../../source/core/next-due.ts';
import {resumedFrom} from '../../source/core/hand-over.ts';
import {emptyMemory} from '../../source/core/memory.ts';
import {initialState} from '../../source/core/initial.ts';
import type {Effect} from '../../source/core/model/effect.ts';
import type {Event} from '../../source/core/model/event.ts';
import type {Observation, ProbeResult} from '../../source/core/model/observation.ts';
import type {State} from '../../source/core/model/state.ts';
import {createPast} from '../../source/core/replay/past.ts';
import {simulate} from '../../source/core/replay/simulate.ts';
import {targetsOf} from '../../source/core/targets.ts';
import {update} from '../../source/core/update.ts';
import {statusWithoutHistory} from '../../source/documents/archive.ts';
import {statusReport} from '../../source/commands/status/report.ts';
import {memoryText, readMemory, salvagedMemories} from '../../source/documents/memory.ts';
import {statusDocument} from '../../source/documents/inspected-monitor.ts';
import {readStatus} from '../../source/documents/monitor-status.ts';
import {readRecordingLine} from '../../source/documents/recording.ts';
import {stateText} from '../../source/documents/control/state.ts';
import {stateFrom} from '../helpers/documents.ts';
import {rememberedFixes} from '../../source/documents/remembered-fixes.ts';
import {statusText} from '../../source/documents/status.ts';
import {damaged} from '../helpers/mutations.ts';
import {
  newTarget,
  NOW,
  stateOfAll,
  named,
  troubledTarget,
  checkedTarget,
  chainOfTargets,
} from '../helpers/states.ts';
import {DOWN, ENTER, ESCAPE, renderScreen} from '../ui/render-screen.tsx';

const written = (file: string) =>
  readFileSync(new URL(`../fixtures/documents/1/${file}`, import.meta.url), 'utf8');

const LIFE_MS = 120_000;

/** Two minutes of a loop that goes on from `first`: what is looked at is now well and now not, and every other fix fails. Throws what the core throws, and for a loop that spins. */
function live(first: State, type: 'started' | 'taken-over'): State {
  let state = first;
  let now = NOW;
  let turn = 0;
  let atOnce = 0;
  const queue: Event[] = [{type, at: now}];
  for (;;) {
    const event = queue.shift();
    if (event) {
      const [next, effects] = update(state, event);
      state = next;
      for (const effect of effects) queue.push(...outcomeOf(effect, now, turn++));
      if (++atOnce > 500) throw new Error(`no end of what is due at ${now}`);
    } else {
      const wake = nextWake(state);
      if (wake > NOW + LIFE_MS) break;
      if (wake > now) atOnce = 0;
      now = Math.max(now, wake);
      queue.push({type: 'tick', at: now});
    }
  }
  memoryText(state);
  statusText(state, now, {pid: 1});
  return state;
}

function outcomeOf(effect: Effect, at: number, turn: number): readonly Event[] {
  const well = Math.floor(turn / 40) % 2 === 0;
  switch (effect.type) {
    case 'check': {
      const {target, epoch} = effect;
      return [
        {type: 'observed', at, target, epoch, startedAt: at, lagMs: 0, observation: seen(well)},
      ];
    }
    case 'inspect': {
      const {target, epoch} = effect;
      const result: ProbeResult = {readings: {}, faults: []};
      return [{type: 'looked', at, target, epoch, asked: true, result}];
    }
    case 'fix': {
      const {
        target,
        request: {attempt},
      } = effect;
      const outcome = {kind: turn % 2 === 0 ? 'done' : 'failed', detail: 'as told'} as const;
      return [{type: 'fix-finished', at, target, attempt, outcome}];
    }
    default:
      return [];
  }
}

function seen(well: boolean): Observation {
  return well
    ? {kind: 'ok', readings: {}, latencyMs: 3}
    : {
        kind: 'failed',
        readings: {},
        faults: [{probe: 'api', kind: 'status_unexpected', status: 500, text: 'status 500'}],
      };
}

const PAGES = [
  [ENTER],
  [ESCAPE, 'i'],
  [ENTER],
  [ESCAPE, ESCAPE, 'w'],
  [ESCAPE, DOWN, 'v'],
  [ESCAPE],
];

/** Draws states on one screen, every page of it. Ink shows an error in the frame, and draws nothing more. */
function createPainter() {
  let screen: Awaited<ReturnType<typeof renderScreen>> | undefined;
  return async (state: State) => {
    screen ??= await renderScreen(state, {columns: 110, rows: 36});
    screen.monitor.show(state);
    for (const keys of PAGES) {
      screen.press(...keys);
      await new Promise(resolve => setImmediate(resolve));
      const frame = screen.frame();
      if (/ ERROR |\b\w+Error: /.test(frame)) {
        screen = undefined;
        throw new Error(frame);
      }
    }
  };
}

describe('damaged anywhere, it is refused, or the loop and the screen continue with', () => {
  test.each(['memory.json', 'memory-held.json'])('a memory (%s)', async file => {
    const draw = createPainter();
    await fc.assert(
      fc.asyncProperty(damaged(JSON.parse(written(file))), fc.nat(), async (document, tear) => {
        const whole = JSON.stringify(document);
        const text = tear % 2 === 0 ? whole : whole.slice(0, tear % whole.length);
        const read = readMemory(text);
        const memories = read.kind === 'read' ? read.value.memories : salvagedMemories(text);
        const starts = [...memories].map(([name, memory]) => ({
          settings: newTarget({name}).settings,
          preset: 'dev',
          observing: false,
          memory,
        }));
        if (starts.length === 0) return;
        const first = initialState(starts, presets, NOW);
        await draw(first);
        live(first, 'started');
      }),
    );
  });

  test('a state of another process', async () => {
    const state = stateOfAll(
      [troubledTarget(), named('checked', checkedTarget()), ...chainOfTargets()],
      {letGoAt: NOW - 10},
    );
    const starts = targetsOf(state).map(({settings, preset, observing}) => ({
      settings,
      preset,
      observing,
    }));
    const draw = createPainter();
    await fc.assert(
      fc.asyncProperty(damaged(JSON.parse(stateText(state))), async document => {
        const read = stateFrom(JSON.stringify(document));
        if (!read) return;
        await draw(read);
        const resumed = resumedFrom(read, starts);
        if (resumed) live(resumed, 'taken-over');
      }),
    );
  });

  test('a recording', () => {
    const lines = written('record.jsonl').trimEnd().split('\n').slice(0, 120);
    const picked = fc.integer({min: 0, max: lines.length - 1});
    const changed = picked.chain(index =>
      damaged(JSON.parse(lines[index] ?? '')).map(value => ({index, text: JSON.stringify(value)})),
    );
    fc.assert(
      fc.property(fc.array(changed, {minLength: 1, maxLength: 4}), changes => {
        const past = createPast();
        for (const [at, line] of lines.entries()) {
          const text = changes.find(({index}) => index === at)?.text ?? line;
          const read = readRecordingLine(text);
          if (read.kind === 'header') past.begin(read.header.state, read.header.at);
          if (read.kind === 'event') past.apply(read.event);
        }
        const history = past.history();
        if (history) simulate(history, {preset: 'prod', overrides: {}}, presets);
      }),
    );
  });

  test('a status file', () => {
    fc.assert(
      fc.property(damaged(JSON.parse(written('agent2_status.json'))), document => {
        const read = readStatus(JSON.stringify(document));
        const names = read.kind === 'read' ? read.status.targets.map(({name}) => name) : ['web'];
        const starts = [...new Set(names)].map(name => ({
          settings: newTarget({name}).settings,
          preset: 'dev',
          observing: false,
          memory: {...emptyMemory, fixes: rememberedFixes(read, name)},
        }));
        memoryText(initialState(starts, presets, NOW));
        if (read.kind === 'damaged') return;
        statusWithoutHistory(read, new Map());
        if (read.kind === 'agentos') return;
        const look = {
          stateDir: '/state',
          condition: 'up' as const,
          status: read.status,
          documents: read.document.targets,
          ageMs: 10,
        };
        statusReport([look], {now: NOW, width: 80, colour: true});
        JSON.stringify(statusDocument([look]));
      }),
    );
  });
});
