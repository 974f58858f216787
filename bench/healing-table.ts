import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {presets, type PresetName} from '../source/config/presets.ts';
import {courseOf, type DrillCourse} from '../source/commands/drill/course.ts';
import {readMonitorStatus} from '../source/documents/monitor-status.ts';
import {formatMs} from '../source/format/number.ts';
import {readIfThere} from '../source/io/files/bounded-file.ts';
import {readFrom, sizeOf} from '../source/io/files/read-from.ts';
import {cleanUp} from '../test/helpers/cleanup.ts';
import {makeHome} from '../test/helpers/home.ts';
import {startAgent2} from '../test/helpers/program.ts';
import {startService, type Service} from '../test/helpers/service.ts';
import {healthIs} from '../test/helpers/status.ts';
import {until} from '../test/helpers/until.ts';
import {watchArguments} from '../test/helpers/watch.ts';

const PRESETS: readonly PresetName[] = ['dev', 'test', 'prod'];
/** The interval of the watch for hard evidence. */
const WATCH_MS = 250;
const DEADLINE_MS = 180_000;
const AT_ONCE = 3;

interface Fault {
  readonly name: string;
  readonly inject: (service: Service) => Promise<void>;
  /** Only a check shows it: detection depends on the time of the last one. */
  readonly soft: boolean;
}

const FAULTS: readonly Fault[] = [
  {
    name: 'crash (SIGKILL), pid file left behind',
    inject: async service => service.signal('SIGKILL'),
    soft: false,
  },
  {name: 'stopped, pid file removed', inject: service => service.stop(), soft: false},
  {name: 'suspended (SIGSTOP)', inject: async service => service.signal('SIGSTOP'), soft: false},
  {
    name: 'hang: a deadlock, nobody accepts',
    inject: service => service.fault('deadlock'),
    soft: true,
  },
  {name: 'hang: an endless loop', inject: service => service.fault('loop'), soft: true},
  {name: 'hang: reads, and does not answer', inject: service => service.fault('hang'), soft: true},
  {name: 'status 500', inject: service => service.fault('error'), soft: true},
  {name: 'body says `down`', inject: service => service.fault('down'), soft: true},
  {name: 'slow answers (3.5 s)', inject: service => service.fault('slow', 3_500), soft: true},
];

interface Cell {
  readonly fault: Fault;
  readonly preset: PresetName;
}

/** Every fault at every preset, once, for real: a Markdown table of the verdict time, the action, and the recovery time. Progress goes to stderr. */
export async function healingTable(): Promise<string> {
  const cells = PRESETS.flatMap(preset => FAULTS.map((fault): Cell => ({fault, preset}))).sort(
    (a, b) => presets[b.preset].intervalMs - presets[a.preset].intervalMs,
  );
  const measured = new Map<Cell, string>();
  const interrupted = () => void cleanUp().finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    await Promise.all(Array.from({length: AT_ONCE}, () => work(cells, measured)));
  } finally {
    await cleanUp();
  }
  const cellOf = (fault: Fault, preset: PresetName) =>
    [...measured].find(([cell]) => cell.fault === fault && cell.preset === preset)?.[1] ?? '-';
  return [
    `| fault | ${PRESETS.join(' | ')} |`,
    `|---|${PRESETS.map(() => '---|').join('')}`,
    ...FAULTS.map(
      fault => `| ${fault.name} | ${PRESETS.map(preset => cellOf(fault, preset)).join(' | ')} |`,
    ),
    '',
  ].join('\n');
}

async function work(cells: Cell[], measured: Map<Cell, string>): Promise<void> {
  for (let cell = cells.shift(); cell; cell = cells.shift()) {
    const text = await measure(cell);
    measured.set(cell, text);
    process.stderr.write(`${cell.preset}, ${cell.fault.name}: ${text}\n`);
  }
}

async function measure({fault, preset}: Cell): Promise<string> {
  const home = makeHome();
  const service = await startService(home);
  const program = startAgent2(['run', ...watchArguments(service, preset), '--name', 'web'], {
    env: home.env,
  });
  await healthIs(home, 'ok');
  // In the middle between two checks: typical, and the same for every preset.
  await pause(fault.soft ? presets[preset].intervalMs / 2 : WATCH_MS / 2);
  const drill = fault.name.startsWith('slow') ? 'slow' : 'error';
  const log = join(home.stateDir, 'agent2.log');
  const logFrom = sizeOf(log);
  const brokenAt = Date.now();
  await fault.inject(service);
  const course = (): DrillCourse | undefined => {
    const target = readMonitorStatus(readIfThere(join(home.stateDir, 'agent2_status.json')) ?? '')
      ?.targets[0];
    return target && courseOf(drill, target, readFrom(log, logFrom), brokenAt);
  };
  const end = await until(
    `${preset}, ${fault.name}: it is over`,
    () => {
      const seen = course();
      return seen &&
        (drill === 'slow'
          ? seen.loggedAt !== undefined
          : seen.healthyAt !== undefined && seen.loggedAt !== undefined)
        ? seen
        : undefined;
    },
    {deadlineMs: DEADLINE_MS, describe: () => program.stdout()},
  );
  await program.stop();
  await service.stop();
  const after = (at: number | undefined) => formatMs(Math.max(0, (at ?? NaN) - brokenAt));
  return drill === 'slow'
    ? `warned after ${after(end.loggedAt)}`
    : `\`${end.cause}\` after ${after(end.downAt)}, ${end.action}, well after ${after(end.healthyAt)}`;
}
