import {load as kinds} from 'agent2:service-files';
import {defineCommand, EXIT, UsageError} from '../../contracts/command.ts';
import type {Scope, ServiceFileDefinition} from '../../contracts/service-file.ts';
import {message} from '../../core/text/message.ts';
import {say} from '../../core/text/say.ts';
import {typed} from '../../format/shell-words.ts';
import {installedProgram} from '../../io/run/installed-program.ts';
import {currentAccount} from '../../io/run/account.ts';
import {marked} from '../../io/files/owned-file.ts';
import {factsFor, factsToRemove} from './facts.ts';
import {serviceOptions, type ServiceOptions} from './options.ts';
import {install, serviceWords, uninstall, type Installing} from './install.ts';
import {homeDirectory} from '../../io/home.ts';

const ACTIONS = {print, install, uninstall} as const;

export const definition = defineCommand({
  group: 'setup',
  summary: () => say`makes files that run agent2 at boot or rotate its log`,
  words: {
    action: {
      required: true,
      choices: {
        print: () => say`print the file without writing it`,
        install: () =>
          say`write the file where it belongs and print how to start it; a file that agent2 did not write stays`,
        uninstall: () => say`stop the service and remove the file`,
      },
    },
    kind: {
      called: 'KIND',
      required: true,
      choices: Object.fromEntries(Object.keys(kinds).map(kind => [kind, undefined])),
    },
    url: {},
  },
  takesChild: true,
  options: serviceOptions,
  notes: () => [
    say`KIND is one of ${Object.keys(kinds).join(', ')}.`,
    say`Say what to watch like for agent2 run: a url with options, -- CMD, or a config file. The name of the service is agent2, or agent2-NAME with --name.`,
  ],
  examples: [
    'agent2 service print systemd http://127.0.0.1:3000/ --unit web --preset prod',
    'sudo agent2 service install systemd --config /etc/agent2/agent2.yaml --now',
    'agent2 service install systemd --user --name web http://127.0.0.1:3000/ --unit user:web',
    'agent2 service install launchd http://127.0.0.1:3000/ -- node server.js',
    'sudo agent2 service install logrotate --config /etc/agent2/agent2.yaml',
    'sudo agent2 service uninstall systemd',
  ],
  async run({words: {action, kind, url}, options, given, child, argv, out, err}) {
    refuseOdd(action, options);
    const file = await kinds[kind]?.();
    if (!file) throw new Error(`no service file ${kind}`);
    const facts = await (action === 'uninstall' ? factsToRemove : factsFor)(
      {url, options, given, child, cwd: process.cwd(), env: process.env, home: homeDirectory()},
      scopeOf(options, file),
    );
    const refusal = file.refusal?.(facts);
    if (refusal) throw refusal;
    const runAs = options.runAs ?? (facts.scope === 'system' ? currentAccount().name : undefined);
    return ACTIONS[action]({
      kind,
      definition: file,
      facts,
      options,
      withSudo: sudoWords(argv, options.runAs === undefined ? runAs : undefined),
      out,
      err,
    });
  },
});

function refuseOdd(
  action: keyof typeof ACTIONS,
  {user, system, root, now, force, runAs}: ServiceOptions,
): void {
  if (user && system)
    throw new UsageError(message`--user and --system exclude each other; leave out one of them`);
  if (user && runAs !== undefined)
    throw new UsageError(message`--user and --run-as exclude each other; leave out one of them`);
  if (now && action !== 'install')
    throw new UsageError(message`--now is only for install; leave it out`);
  if (now && root !== undefined)
    throw new UsageError(
      message`--root and --now exclude each other: nothing can be started below another root; leave out one of them`,
    );
  if (action === 'print' && (root !== undefined || force))
    throw new UsageError(
      message`print writes nothing, so --root and --force do not apply; leave them out`,
    );
}

function scopeOf({user, system}: ServiceOptions, file: ServiceFileDefinition): Scope {
  return user ? 'user' : system ? 'system' : file.scope;
}

/** The same command with `sudo`: by full path, because the PATH of root may not contain agent2, and with `--run-as`, because root is not the user. */
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

async function print({kind, definition, facts, options, out, err}: Installing): Promise<number> {
  out.write(marked(mark => definition.text(facts, mark)));
  for (const note of [
    say`it belongs in ${definition.path(facts)}; ${typed(serviceWords('install', kind, options))} … writes it there`,
    ...definition.notes(facts),
  ])
    err.write(`agent2: ${note}\n`);
  return EXIT.done;
}
