import type {Text} from '../../core/model/text.ts';
import {join} from 'node:path';
import {type TargetSpec, agentos} from '../../config/spec.ts';
import {targetFrom} from '../../config/options/target.ts';
import {UsageError} from '../../contracts/command.ts';
import type {Place} from '../../doctor/shared/scene.ts';
import type {MonitoredTarget} from '../../documents/monitor-status.ts';
import {startWords} from '../../io/process/process-surroundings.ts';
import {parse} from '../../cli/parse.ts';
import {runOptions} from '../../cli/run-options.ts';
import {screenOptions} from '../../cli/screen-options.ts';
import {reloadTargets, resolveTargets, wrongConfigText} from '../../cli/targets.ts';
import {homeDirectory} from '../../io/home.ts';

export interface Watching {
  readonly specs: readonly TargetSpec[];
  readonly wrongConfig?: {readonly path: string; readonly text: Text};
}

/** The targets of a monitor: from its config file, else from the words that started it, else from its status. */
export async function watchedAt(place: Place): Promise<Watching> {
  const {status, monitor, stateDir} = place;
  const told = status.kind === 'read' ? status.targets : [];
  if (status.kind === 'read' && status.config !== undefined) {
    const loaded = await reloadTargets(status.config, {}, process.env);
    if (loaded.kind === 'config') return {specs: loaded.targets};
    return {
      specs: told.map(specFrom),
      wrongConfig: {path: status.config, text: wrongConfigText(loaded)},
    };
  }
  const typed = monitor && (await fromWords(monitor.pid));
  if (
    typed &&
    typed.some(({name}) => told.length === 0 || told.some(target => target.name === name))
  )
    return {specs: typed};
  if (stateDir === join(homeDirectory(), agentos.stateDir))
    return {specs: [targetFrom(undefined, {}, undefined, homeDirectory())]};
  return {specs: told.map(specFrom)};
}

/** The words and options of any command that runs a monitor. */
const SYNTAX = {
  words: {url: {}},
  options: {...runOptions, ...screenOptions},
  takesChild: true,
  examples: [],
} as const;

/** The targets that the command line of a running agent2 names; undefined when it is unreadable, or this version cannot parse it. */
async function fromWords(pid: number): Promise<readonly TargetSpec[] | undefined> {
  const started = startWords(pid);
  const at = started?.words.findIndex(word => /(^|\/)(cli\.js|agent2)$/.test(word)) ?? -1;
  if (!started || at < 0) return undefined;
  const [first = ''] = started.words.slice(at + 1);
  const argv = started.words.slice(/^[a-z]+$/.test(first) ? at + 2 : at + 1);
  try {
    const {words, options, child} = parse('run', SYNTAX, argv, {lenient: true});
    return (
      await resolveTargets(words.url, options, child, {
        env: process.env,
        cwd: started.cwd,
        home: homeDirectory(),
      })
    ).targets;
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

/** A target from the status, which contains only its address. */
function specFrom({name, address, observing}: MonitoredTarget): TargetSpec {
  const url = /^(?:https?|unix):/.test(address) && URL.canParse(address) ? address : undefined;
  const port = /^127\.0\.0\.1:(\d{1,5})$/.exec(address)?.[1];
  const spec = targetFrom(
    url,
    port !== undefined ? {port: Number(port)} : url === undefined ? {pidFile: NOWHERE} : {},
    undefined,
    homeDirectory(),
  );
  return {
    ...spec,
    name,
    address,
    pidFile: undefined,
    observing,
  };
}

/** A placeholder pid file, because a target needs one of url, port and pid file; it is removed from the result. */
const NOWHERE = '/nonexistent';
