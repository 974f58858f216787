import {homedir} from 'node:os';
import {load as kinds} from 'agent2:service-files';
import {didYouMean} from '../../config/did-you-mean.ts';
import {EXIT, UsageError, type CommandDefinition} from '../../contracts/command.ts';
import type {Scope, ServiceFileDefinition} from '../../contracts/service-file.ts';
import {say} from '../../core/text/say.ts';
import {sanitize} from '../../format/sanitize.ts';
import {typed} from '../../format/shell-words.ts';
import {installedProgram} from '../../io/run/installed-program.ts';
import {currentAccount} from '../../io/run/account.ts';
import {marked} from '../../io/files/owned-file.ts';
import {addMonitorOptions, addTargetOptions, parse, parser, splitChild} from '../../cli/options.ts';
import {factsFor, factsToRemove, type ServiceOptions} from './facts.ts';
import {install, uninstall, type Installing} from './install.ts';

const actions: Readonly<Record<string, (installing: Installing) => Promise<number>>> = {
  print,
  install,
  uninstall,
};

export const definition: CommandDefinition = {
  usage: 'service print|install|uninstall KIND [url]',
  get summary() {
    return say`files by which the machine runs agent2 at boot and rotates its log, made for this installation`;
  },
  async run(argv) {
    const {own, child} = splitChild(argv);
    const command = addMonitorOptions(addTargetOptions(serviceOptions()));
    const parsed = parse<ServiceOptions>(
      command,
      own,
      3,
      say`wanted are what to do, which kind of file, and at most one url, e.g. agent2 service print systemd http://127.0.0.1:3000/`,
    );
    if (parsed.kind === 'help') {
      process.stdout.write(parsed.text);
      return EXIT.done;
    }
    const [doWord, kindWord, url] = parsed.words;
    const {options} = parsed;
    const word = wordOf(doWord, Object.keys(actions), say`service what?`, '');
    const kind = wordOf(kindWord, Object.keys(kinds), say`service ${word} of what?`, `${word} `);
    refuseOdd(word, options);
    const file = await kinds[kind]?.();
    if (!file) throw new Error(`no service file ${kind}`);
    const facts = await (word === 'uninstall' ? factsToRemove : factsFor)(
      {url, options, child, cwd: process.cwd(), env: process.env, home: homedir()},
      scopeOf(options, file),
    );
    const refusal = file.refusal?.(facts);
    if (refusal) throw refusal;
    const runAs = options.runAs ?? (facts.scope === 'system' ? currentAccount().name : undefined);
    const withSudo = sudoWords(argv, options.runAs === undefined ? runAs : undefined);
    return (actions[word] as (typeof actions)[string])({
      kind,
      definition: file,
      facts,
      options,
      withSudo,
    });
  },
};

function serviceOptions() {
  return parser('service', definition.summary)
    .usage('print|install|uninstall systemd|launchd|logrotate|newsyslog [url] [options] [-- CMD …]')
    .option('--user', say`for your own manager: a unit of systemd --user, an agent of launchd`)
    .option('--system', say`for the machine: a unit of the system, a daemon of launchd`)
    .option(
      '--run-as <USER>',
      say`the account that agent2 runs as in a service of the machine (default: yours)`,
    )
    .option(
      '--root <DIR>',
      say`write below DIR instead of /, and start nothing: for packages and images`,
    )
    .option(
      '--force',
      say`replace also what is not as agent2 wrote it, remove also what it did not write`,
    )
    .option('--now', say`install: also start it, as the line that follows otherwise says`)
    .addHelpText('after', () => `\n${help()}`);
}

function help(): string {
  return [
    say`Words:`,
    `  print      ${say`show the file; nothing is written`}`,
    `  install    ${say`write it where it belongs, and say how to start it; a file that is not as agent2 wrote it stays`}`,
    `  uninstall  ${say`stop it and remove the file`}`,
    '',
    say`What is watched is said as for agent2 run: a url with options, -- CMD, or a config file. The service is called agent2, or agent2-NAME by --name.`,
    '',
    say`Examples:`,
    '  agent2 service print systemd http://127.0.0.1:3000/ --unit web --preset prod',
    '  sudo agent2 service install systemd --config /etc/agent2/agent2.yaml --now',
    '  agent2 service install systemd --user --name web http://127.0.0.1:3000/ --unit user:web',
    '  agent2 service install launchd http://127.0.0.1:3000/ -- node server.js',
    '  sudo agent2 service install logrotate --config /etc/agent2/agent2.yaml',
    '  sudo agent2 service uninstall systemd',
    '',
  ].join('\n');
}

function wordOf(
  given: string | undefined,
  allowed: readonly string[],
  question: string,
  before: string,
): string {
  if (given !== undefined && allowed.includes(given)) return given;
  const example = `agent2 service ${before}${allowed[0] ?? ''}${before === '' ? ' systemd' : ''}`;
  if (given === undefined)
    throw new UsageError(say`${question} The words are ${allowed.join(', ')}, e.g. ${example}`);
  throw new UsageError(
    say`service ${before}knows no '${sanitize(given, 40)}'; the words are ${allowed.join(', ')}, e.g. ${example}${didYouMean(given, allowed, `agent2 service ${before}`)}`,
  );
}

function refuseOdd(word: string, {user, system, root, now, force, runAs}: ServiceOptions): void {
  if (user && system)
    throw new UsageError(say`--user and --system exclude each other; leave one of them away`);
  if (user && runAs !== undefined)
    throw new UsageError(
      say`--user is for yourself, so --run-as has no place there; leave one of them away`,
    );
  if (now && word !== 'install') throw new UsageError(say`--now is for install; leave it away`);
  if (now && root !== undefined)
    throw new UsageError(
      say`--root writes for another machine, where --now can start nothing; leave one of them away`,
    );
  if (root === '')
    throw new UsageError(say`--root '' names no directory; give its path, e.g. --root build/image`);
  if (word === 'print' && (root !== undefined || force))
    throw new UsageError(
      say`print writes nothing, so --root and --force have no place there; leave them away`,
    );
}

function scopeOf({user, system}: ServiceOptions, file: ServiceFileDefinition): Scope {
  return user ? 'user' : system ? 'system' : file.scope;
}

/** The same command for root, who may not find agent2 by its name, and would run it as itself. */
function sudoWords(argv: readonly string[], runAs: string | undefined): string {
  const {node, program} = installedProgram();
  const end = argv.indexOf('--');
  const [own, child] = end < 0 ? [argv, []] : [argv.slice(0, end), argv.slice(end)];
  return typed([
    'sudo',
    node,
    program,
    'service',
    ...own,
    ...(runAs === undefined ? [] : ['--run-as', runAs]),
    ...child,
  ]);
}

async function print({kind, definition, facts}: Installing): Promise<number> {
  process.stdout.write(marked(mark => definition.text(facts, mark)));
  for (const note of [
    say`it belongs into ${definition.path(facts)}; agent2 service install ${kind} … writes it there`,
    ...definition.notes(facts),
  ])
    process.stderr.write(`agent2: ${note}\n`);
  return EXIT.done;
}
