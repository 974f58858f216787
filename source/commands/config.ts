import {homedir} from 'node:os';
import {resolve} from 'node:path';
import {didYouMean} from '../config/did-you-mean.ts';
import {findConfig} from '../config/find.ts';
import type {LoadedConfig} from '../config/load.ts';
import type {TargetSpec} from '../config/spec.ts';
import {EXIT, UsageError, type CommandDefinition} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';
import {formatDuration} from '../format/duration.ts';
import {redact} from '../format/redact.ts';
import {sanitize} from '../format/sanitize.ts';
import {writeNew} from '../io/files/new-file.ts';
import {allKinds} from '../monitor/kinds.ts';
import {parse, parser} from '../cli/options.ts';
import {reloadTargets, wrongConfigText} from '../cli/targets.ts';

interface ConfigOptions {
  readonly config?: string;
  readonly json?: boolean;
}

type Action = (file: string | undefined, options: ConfigOptions) => Promise<number>;

const actions: Readonly<Record<string, Action>> = {init, check, show, schema};

export const definition: CommandDefinition = {
  usage: 'config init|check|show|schema [FILE]',
  get summary() {
    return say`writes, checks and shows the config file, and prints its JSON schema`;
  },
  async run(argv) {
    const command = parser('config', definition.summary)
      .usage('init|check|show|schema [FILE] [options]')
      .option(
        '--config <FILE>',
        say`the file, as FILE does (default: the one that agent2 would use)`,
      )
      .option('--json', say`show: as JSON`)
      .addHelpText('after', help);
    const parsed = parse<ConfigOptions>(command, argv, 2);
    if (parsed.kind === 'help') {
      process.stdout.write(parsed.text);
      return EXIT.done;
    }
    const [word, file] = parsed.words;
    const {options} = parsed;
    if (word === undefined)
      throw new UsageError(
        say`config what? The words are ${Object.keys(actions).join(', ')}, e.g. agent2 config check`,
      );
    const action = Object.hasOwn(actions, word) ? actions[word] : undefined;
    if (!action)
      throw new UsageError(
        say`config has no '${sanitize(word, 40)}'; the words are ${Object.keys(actions).join(', ')}${didYouMean(word, Object.keys(actions), 'agent2 config ')}`,
      );
    if (file !== undefined && options.config !== undefined)
      throw new UsageError(
        say`${sanitize(file, 200)} and --config both name the file; leave one of them away`,
      );
    if (options.json && action !== show)
      throw new UsageError(say`--json is for agent2 config show; leave it away`);
    return action(file ?? options.config, options);
  },
};

const help = () => `
${say`Words:`}
  init     ${say`write an example with comments (default: agent2.yaml); nothing is ever overwritten`}
  check    ${say`say everything that is wrong with the file (exit code 1), or what it watches (0)`}
  show     ${say`the file with presets applied, and where each value comes from; secrets stay as they are written`}
  schema   ${say`the JSON schema, for editors`}

${say`Examples:`}
  agent2 config init
  agent2 config check /etc/agent2/agent2.yaml
  agent2 config show --json
  agent2 config schema > agent2.schema.json
`;

async function init(file = 'agent2.yaml'): Promise<number> {
  const shown = sanitize(file, 200);
  if (!/\.ya?ml$/.test(file))
    throw new UsageError(
      say`${shown}: the example is YAML, since JSON has no comments; give it a name that says so, e.g. agent2 config init agent2.yaml`,
    );
  const {exampleConfig} = await import('../config/example.ts');
  const result = writeNew(resolve(file), exampleConfig());
  if (result.kind === 'exists')
    throw new UsageError(
      say`${shown} is there already and is left as it is; choose another name (agent2 config init other.yaml), or check it: agent2 config check ${shown}`,
      EXIT.failed,
    );
  if (result.kind === 'failed')
    throw new UsageError(
      say`${shown} cannot be written: ${result.text}; choose another place`,
      EXIT.failed,
    );
  process.stdout.write(`${say`${shown} written; edit it, then: agent2 config check ${shown}`}\n`);
  return EXIT.done;
}

async function check(file: string | undefined): Promise<number> {
  const {path, targets, healBudget, stateDir} = await load(file);
  const notes = [
    healBudget && say`at most ${healBudget.count} fixes in ${formatDuration(healBudget.windowMs)}`,
    stateDir && say`files in ${stateDir}`,
  ].filter(note => note !== undefined);
  const lines = await Promise.all(targets.map(summary));
  process.stdout.write(
    [
      `${targets.length === 1 ? say`${path} is good: one target` : say`${path} is good: ${targets.length} targets`}${notes.map(note => `, ${note}`).join('')}`,
      ...lines,
    ].join('\n') + '\n',
  );
  return EXIT.done;
}

async function show(file: string | undefined, {json = false}: ConfigOptions): Promise<number> {
  const config = await load(file);
  const {effectiveConfig, effectiveYaml} = await import('../config/show.ts');
  process.stdout.write(
    json ? `${JSON.stringify(effectiveConfig(config), undefined, 2)}\n` : effectiveYaml(config),
  );
  return EXIT.done;
}

async function schema(file: string | undefined): Promise<number> {
  if (file !== undefined)
    throw new UsageError(
      say`the schema is the same for every file; leave ${sanitize(file, 200)} away: agent2 config schema > agent2.schema.json`,
    );
  const {configJsonSchema} = await import('../config/schema.ts');
  process.stdout.write(`${JSON.stringify(configJsonSchema(await allKinds()), undefined, 2)}\n`);
  return EXIT.done;
}

/** Throws a `UsageError` with all that is wrong. */
async function load(file: string | undefined): Promise<LoadedConfig> {
  const path = findConfig(file, process.env, process.cwd(), homedir());
  if (path === undefined)
    throw new UsageError(
      say`there is no agent2.yaml here and none in ~/.config/agent2; name the file, or write one to begin with: agent2 config init`,
      EXIT.failed,
    );
  const loaded = await reloadTargets(path, {}, process.env);
  if (loaded.kind === 'problems') throw new UsageError(wrongConfigText(loaded), EXIT.failed);
  return loaded;
}

/** `web: http://127.0.0.1:3000/health; preset prod*; 2 checks; restarted by systemctl restart web; after db` */
async function summary({
  name,
  address,
  preset,
  overrides,
  checks,
  fix,
  observing,
  dependsOn,
  secrets,
}: TargetSpec): Promise<string> {
  const action = (await allKinds()).fixes[fix.use]?.describe(fix.options);
  const parts = [
    address,
    say`preset ${`${preset}${Object.keys(overrides).length > 0 ? '*' : ''}`}`,
    checks.length === 0
      ? undefined
      : say`checks ${checks.map(check => (check.advisory ? say`${check.name} (advisory)` : check.name)).join(', ')}`,
    observing || action === undefined
      ? say`observed only`
      : say`restarted by ${fix.use}: ${sanitize(redact(action, secrets), 100)}`,
    dependsOn.length === 0 ? undefined : say`after ${dependsOn.join(', ')}`,
  ];
  return `  ${name}: ${parts.filter(part => part !== undefined).join(say`; `)}`;
}
