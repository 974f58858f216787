import {resolve} from 'node:path';
import {findConfig} from '../config/find.ts';
import type {LoadedConfig} from '../config/load.ts';
import {file} from '../config/options/values.ts';
import type {TargetSpec} from '../config/spec.ts';
import {defineCommand, EXIT, UsageError, type Output} from '../contracts/command.ts';
import {message} from '../core/text/message.ts';
import {say, render} from '../core/text/say.ts';
import {formatDuration} from '../format/duration.ts';
import {redact} from '../format/redact.ts';
import {sanitize} from '../format/sanitize.ts';
import {writeNew} from '../io/files/new-file.ts';
import {allKinds} from '../monitor/kinds.ts';
import {reloadTargets, wrongConfigText} from '../cli/targets.ts';
import {homeDirectory} from '../io/home.ts';

export const definition = defineCommand({
  group: 'setup',
  summary: () => say`writes, checks and prints the config file, and prints its JSON schema`,
  words: {
    action: {
      required: true,
      choices: {
        init: () =>
          say`write an example with comments (default: agent2.yaml); never overwrites a file`,
        check: () =>
          say`print all problems of the file (exit code 1), or what it watches (exit code 0)`,
        show: () =>
          say`print the effective config and where each value comes from; secrets stay references`,
        schema: () => say`print the JSON schema for editors`,
      },
    },
    file: {called: 'FILE', completion: 'file'},
  },
  options: {
    config: {
      value: file('agent2.yaml'),
      help: () => say`the same as FILE (default: the file that agent2 would use)`,
    },
    json: {help: () => say`show: print JSON`},
  },
  examples: [
    'agent2 config init',
    'agent2 config check /etc/agent2/agent2.yaml',
    'agent2 config show --json',
    'agent2 config schema > agent2.schema.json',
  ],
  run({words: {action, file: named}, options: {config, json = false}, out}) {
    if (named !== undefined && config !== undefined)
      throw new UsageError(
        message`${sanitize(named, 200)} and --config both name the file; leave out one of them`,
      );
    if (json && action !== 'show')
      throw new UsageError(message`--json is for agent2 config show; leave it out`);
    const path = named ?? config;
    switch (action) {
      case 'init':
        return init(path, out);
      case 'check':
        return check(path, out);
      case 'show':
        return show(path, json, out);
      case 'schema':
        return schema(path, out);
    }
  },
});

async function init(path = 'agent2.yaml', out: Output): Promise<number> {
  const shown = sanitize(path, 200);
  if (!/\.ya?ml$/.test(path))
    throw new UsageError(
      message`${shown}: the example is YAML, because JSON has no comments; give it a YAML name, e.g. agent2 config init agent2.yaml`,
    );
  const {exampleConfig} = await import('../config/example.ts');
  const result = writeNew(resolve(path), exampleConfig());
  if (result.kind === 'exists')
    throw new UsageError(
      message`${shown} already exists and was not changed; choose another name (agent2 config init other.yaml), or check it: agent2 config check ${shown}`,
      EXIT.failed,
    );
  if (result.kind === 'failed')
    throw new UsageError(
      message`${shown} cannot be written: ${result.text}; choose another place`,
      EXIT.failed,
    );
  out.write(`${say`${shown} written; edit it, then: agent2 config check ${shown}`}\n`);
  return EXIT.done;
}

async function check(given: string | undefined, out: Output): Promise<number> {
  const {path, targets, healBudget, brake, stateDir} = await load(given);
  const notes = [
    healBudget && say`at most ${healBudget.count} fixes in ${formatDuration(healBudget.windowMs)}`,
    brake === false && say`no brake`,
    stateDir && say`files in ${stateDir}`,
  ].filter(note => typeof note === 'string');
  const lines = await Promise.all(targets.map(summary));
  out.write(
    [
      `${targets.length === 1 ? say`${path} is valid: one target` : say`${path} is valid: ${targets.length} targets`}${notes.map(note => `, ${note}`).join('')}`,
      ...lines,
    ].join('\n') + '\n',
  );
  return EXIT.done;
}

async function show(path: string | undefined, json: boolean, out: Output): Promise<number> {
  const config = await load(path);
  const {effectiveConfig, effectiveYaml} = await import('../config/show.ts');
  out.write(
    json ? `${JSON.stringify(effectiveConfig(config), undefined, 2)}\n` : effectiveYaml(config),
  );
  return EXIT.done;
}

async function schema(path: string | undefined, out: Output): Promise<number> {
  if (path !== undefined)
    throw new UsageError(
      message`the schema is the same for every file; leave out ${sanitize(path, 200)}: agent2 config schema > agent2.schema.json`,
    );
  const {configJsonSchema} = await import('../config/schema.ts');
  out.write(`${JSON.stringify(configJsonSchema(await allKinds()), undefined, 2)}\n`);
  return EXIT.done;
}

/** Loads the config file. Rejects with a `UsageError` that lists all problems. */
async function load(given: string | undefined): Promise<LoadedConfig> {
  const path = findConfig(given, process.env, process.cwd(), homeDirectory());
  if (path === undefined)
    throw new UsageError(
      message`there is no agent2.yaml here or in ~/.config/agent2; name the file, or write an example: agent2 config init`,
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
      : say`restarted by ${fix.use}: ${sanitize(redact(render(action), secrets), 100)}`,
    dependsOn.length === 0 ? undefined : say`after ${dependsOn.join(', ')}`,
  ];
  return `  ${name}: ${parts.filter(part => part !== undefined).join(say`; `)}`;
}
