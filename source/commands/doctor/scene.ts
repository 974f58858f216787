import type {TargetOptions} from '../../config/options/table.ts';
import {findConfig} from '../../config/find.ts';
import {presets} from '../../config/presets.ts';
import type {TargetSpec} from '../../config/spec.ts';
import {chooseStateDir, watchedOf, type Watched} from '../../config/state-dir.ts';
import {targetFrom} from '../../config/options/target.ts';
import type {Observation} from '../../core/model/observation.ts';
import {render} from '../../core/text/say.ts';
import type {Machine, Place, Scene, Subject} from '../../doctor/shared/scene.ts';
import {redact} from '../../format/redact.ts';
import {sanitize, sanitizeText} from '../../format/sanitize.ts';
import {typed} from '../../format/shell-words.ts';
import {errorText} from '../../io/error-code.ts';
import {check} from '../../runtime/check.ts';
import {isAlive, isLeftOver, placeAt} from './places.ts';
import {watchedAt} from './subjects.ts';
import {fixKind} from '../../monitor/kinds.ts';
import {createProbes} from '../../monitor/target-probes.ts';
import {usualStateDirs} from '../../instances/registry.ts';
import {reloadTargets, resolveTargets, wrongConfigText} from '../../cli/targets.ts';
import {stateDirsOf} from '../../instances/selector.ts';
import {isAgentosHere} from '../../config/agentos.ts';
import {message} from '../../core/text/message.ts';
import {homeDirectory} from '../../io/home.ts';

interface DoctorOptions extends TargetOptions {
  readonly stateDir?: string;
}

interface Found {
  readonly subjects: ReadonlyArray<{readonly spec: TargetSpec; readonly place?: Place}>;
  readonly places: readonly Place[];
  readonly config?: string;
  readonly wrongConfig?: Scene['wrongConfig'];
  readonly nothingHere?: true;
}

/**
 * What to examine: the target that the words name, else the monitors that run or died, else what `agent2 start` would watch here. Rejects
 * with a `UsageError` for wrong words.
 */
export async function sceneFor(
  url: string | undefined,
  options: DoctorOptions,
  typed: string,
  machine: Machine,
): Promise<Scene> {
  const named =
    url !== undefined ||
    [options.config, options.port, options.pidFile].some(option => option !== undefined);
  const found = named
    ? await fromWords(url, options, typed)
    : ((await fromMonitors(options)) ?? (await fromHere(options)));
  const subjects = found.subjects.map(({spec, place}): Subject => {
    const definition = fixKind(spec.fix.use);
    const action = definition.describe(spec.fix.options);
    return {
      spec,
      place,
      fixKind: definition,
      action: action === undefined ? undefined : sanitize(redact(render(action), spec.secrets)),
    };
  });
  const here = new Set(found.places.map(({stateDir}) => stateDir));
  const neighbours = stateDirsOf({})
    .filter(stateDir => !here.has(stateDir))
    .map(stateDir => placeAt(stateDir))
    .filter(isAlive);
  const observations = new Map<Subject, Promise<Observation>>();
  return {
    places: found.places,
    subjects,
    neighbours,
    config: found.config,
    wrongConfig: found.wrongConfig,
    nothingHere: found.nothingHere ?? false,
    machine,
    observe(subject) {
      const made = observations.get(subject) ?? observe(subject.spec);
      observations.set(subject, made);
      return made;
    },
  };
}

async function fromWords(
  url: string | undefined,
  options: DoctorOptions,
  asTyped: string,
): Promise<Found> {
  if (options.config !== undefined && url === undefined)
    return fromConfig(
      findConfig(options.config, process.env, process.cwd(), homeDirectory()) ?? options.config,
      options,
    );
  const {targets: specs} = await resolveTargets(url, options, undefined, {
    env: process.env,
    cwd: process.cwd(),
    home: homeDirectory(),
  });
  return placed(specs, specs[0] as Watched, options, asTyped);
}

async function fromConfig(path: string, options: DoctorOptions): Promise<Found> {
  const loaded = await reloadTargets(path, options, process.env);
  const asTyped = options.config === undefined ? '' : `--config ${typed([options.config])}`;
  if (loaded.kind === 'problems')
    return {
      subjects: [],
      places: placed([], watchedOf({}), options, asTyped).places.filter(isAlive),
      wrongConfig: {path, text: wrongConfigText(loaded)},
    };
  return {...placed(loaded.targets, watchedOf(loaded), options, asTyped), config: loaded.path};
}

function placed(
  specs: readonly TargetSpec[],
  watched: Watched,
  {stateDir}: DoctorOptions,
  startWords: string,
): Found {
  const place = placeAt(chooseStateDir(stateDir, watched, process.env, homeDirectory()).path, {
    which: whichOf(stateDir),
    startWords,
  });
  return {subjects: specs.map(spec => ({spec, place})), places: [place]};
}

/** The monitors that run, else those that died. */
async function fromMonitors(options: DoctorOptions): Promise<Found | undefined> {
  const which = whichOf(options.stateDir);
  const all = stateDirsOf(options)
    .map(stateDir => placeAt(stateDir, {which}))
    .map(place => ({
      ...place,
      startWords: `${place.startWords}${which === '' ? whereOf(place.stateDir) : which}`.trim(),
    }));
  const running = all.filter(isAlive);
  const meant =
    running.length > 0 || options.stateDir === undefined
      ? [...running, ...all.filter(isLeftOver)]
      : all;
  if (meant.length === 0) return undefined;
  const places = meant.map(place =>
    meant.length > 1 ? {...place, which: ` --state-dir ${typed([place.stateDir])}`} : place,
  );
  const watching = await Promise.all(
    places.map(async place => ({place, ...(await watchedAt(place))})),
  );
  return {
    places,
    subjects: watching.flatMap(({place, specs}) => specs.map(spec => ({spec, place}))),
    config: places
      .map(({status}) => (status.kind === 'read' ? status.config : undefined))
      .find(path => path !== undefined),
    wrongConfig:
      watching.find(({wrongConfig}) => wrongConfig !== undefined)?.wrongConfig ??
      (running.length > 0 || options.stateDir !== undefined
        ? undefined
        : await wrongConfigHere(options)),
  };
}

/** The option that makes `agent2 start` use this state directory; empty for a usual one. */
function whereOf(stateDir: string): string {
  return process.env.AGENT2_STATE_DIR || usualStateDirs().includes(stateDir)
    ? ''
    : whichOf(stateDir);
}

/** The problems of the config file that a start here would read: they may be why nothing runs. */
async function wrongConfigHere(options: DoctorOptions): Promise<Scene['wrongConfig']> {
  const path = findConfig(undefined, process.env, process.cwd(), homeDirectory());
  return path === undefined ? undefined : (await fromConfig(path, options)).wrongConfig;
}

/** The targets that `agent2 start` would watch here. */
async function fromHere(options: DoctorOptions): Promise<Found> {
  const config = findConfig(undefined, process.env, process.cwd(), homeDirectory());
  if (config !== undefined) return fromConfig(config, options);
  if (!(await isAgentosHere())) return {subjects: [], places: [], nothingHere: true};
  const spec = targetFrom(undefined, options, undefined, homeDirectory());
  return placed([spec], spec, options, '');
}

function whichOf(stateDir: string | undefined): string {
  return stateDir === undefined ? '' : ` --state-dir ${typed([stateDir])}`;
}

/** The longest time limit of a check: the settings of a target may allow more than doctor has. */
const MOST_MS = 3_000;

async function observe(spec: TargetSpec): Promise<Observation> {
  const {timeoutMs, slowMs} = {...presets[spec.preset], ...spec.overrides};
  try {
    return await check(await createProbes(spec, undefined), {
      signal: AbortSignal.timeout(MOST_MS + 1_500),
      timeoutMs: Math.min(timeoutMs, MOST_MS),
      slowMs,
    });
  } catch (error) {
    return {
      kind: 'inconclusive',
      reason: message`could not be examined: ${sanitizeText(errorText(error))}`,
    };
  }
}
