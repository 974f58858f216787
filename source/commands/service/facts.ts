import {dirname, isAbsolute, join} from 'node:path';
import {chooseStateDir, watchedOf, type Watched} from '../../config/state-dir.ts';
import {EXIT, UsageError, type GivenOf} from '../../contracts/command.ts';
import type {Account, Installation, Scope, WatchedFacts} from '../../contracts/service-file.ts';
import {message} from '../../core/text/message.ts';
import {sanitize} from '../../format/sanitize.ts';
import {accountOf, currentAccount} from '../../io/run/account.ts';
import {installedProgram} from '../../io/run/installed-program.ts';
import {spokenLanguage} from '../../cli/language.ts';
import {runWords} from '../../cli/run-words.ts';
import {withoutSecretsInWords} from '../../cli/secret-words.ts';
import type {serviceOptions, ServiceOptions} from './options.ts';
import {resolveTargets} from '../../cli/targets.ts';
import {runsCommands} from '../../monitor/kinds.ts';
import {watchedFacts} from './watched-facts.ts';

/** The typed words and options, and the working directory. */
export interface Asked {
  readonly url: string | undefined;
  readonly options: ServiceOptions;
  readonly given: GivenOf<typeof serviceOptions>;
  readonly child: readonly string[] | undefined;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
}

/** All facts for a service file. Checks the targets as `agent2 run` would. Rejects with a `UsageError`. */
export async function factsFor(asked: Asked, scope: Scope): Promise<Installation> {
  const {options, given, url, child, cwd} = asked;
  const account = accountFor(options.runAs, asked.home);
  const env = options.runAs === undefined ? asked.env : withoutHome(asked.env);
  const meant = isNaming(asked) ? options : withoutName(options);
  const resolved = await resolveTargets(url, meant, child, {
    env,
    cwd,
    home: account.home,
  });
  const {
    targets: [first],
    targets,
    config,
  } = resolved;
  if (!first) throw new Error('nothing to watch');
  const place: Watched = config ? watchedOf(config) : first;
  const {path: stateDir, chosenBy} = chooseStateDir(meant.stateDir, place, env, account.home);
  // The service will not have the environment that chose the directory.
  // Nor will it have the language of the shell or the remembered one, and the log must keep its language.
  const {words: quiet, env: secrets} = withoutSecretsInWords(
    {
      url,
      given: {
        ...given,
        name: meant.name === undefined ? undefined : [meant.name],
        lang: [spokenLanguage()],
        config: config && [config.path],
        stateDir:
          chosenBy === '--state-dir' || chosenBy === 'AGENT2_STATE_DIR' ? [stateDir] : undefined,
      },
      child,
    },
    config ? [] : targets.flatMap(target => target.secrets),
  );
  const words = runWords(quiet, cwd);
  const named = options.name ?? (config ? config.name : first.agentos ? undefined : first.name);
  const workingDir = config ? dirname(config.path) : runsCommands(first.fix) ? cwd : account.home;
  const program = installedProgram();
  const facts: Installation = {
    ...program,
    scope,
    name: unitNameOf(named),
    account,
    cwd: workingDir,
    stateDir,
    path: absolutePath(asked.env.PATH),
    environment: kept(env),
    words,
    secrets,
    watched: watchedFacts(
      targets,
      [...Object.values(program), workingDir, stateDir, ...socketDir(stateDir, account)],
      words,
      config ? environmentNames(config.written) : [],
    ),
  };
  refuseControlCharacters(facts);
  return facts;
}

/** The facts for `uninstall`: a name is enough, without the targets. */
export async function factsToRemove(asked: Asked, scope: Scope): Promise<Installation> {
  if (asked.options.name === undefined || isNaming(asked)) return factsFor(asked, scope);
  const account = accountFor(asked.options.runAs, asked.home);
  const nothing: WatchedFacts = {
    starts: 'nothing',
    units: {system: [], user: []},
    endingMs: 0,
    environmentNames: [],
  };
  return {
    ...installedProgram(),
    scope,
    name: unitNameOf(asked.options.name),
    account,
    cwd: account.home,
    stateDir: account.home,
    path: '',
    environment: {},
    words: [],
    secrets: {},
    watched: nothing,
  };
}

/** Whether the words name a target: then `--name` names the target, and the service by it. With a config file it names only the service. */
function isNaming({url, child, options}: Asked): boolean {
  return (
    url !== undefined ||
    child !== undefined ||
    options.port !== undefined ||
    options.pidFile !== undefined
  );
}

function withoutName({name: _name, ...options}: ServiceOptions): ServiceOptions {
  return options;
}

/** The name of a service whose targets were found without a name. */
export const DEFAULT_NAME = 'agent2';

/** `agent2`, or `agent2-NAME` with only the characters that units, jobs and files allow. */
function unitNameOf(name: string | undefined): string {
  if (name === undefined) return DEFAULT_NAME;
  const plain = name.replaceAll(/[^A-Za-z0-9_.-]+/g, '-').replaceAll(/^[-.]+|[-.]+$/g, '');
  if (plain === '')
    throw new UsageError(
      message`--name '${sanitize(name, 80)}' cannot name a service; allowed: ASCII letters and digits, dots, dashes and underscores, e.g. --name web`,
    );
  return plain === DEFAULT_NAME || plain.startsWith('agent2-') ? plain : `agent2-${plain}`;
}

function accountFor(name: string | undefined, home: string): Account {
  const current = currentAccount();
  if (name === undefined || name === current.name) return {...current, home};
  const account = accountOf(name);
  if (account) return account;
  throw new UsageError(
    message`--run-as '${sanitize(name, 40)}' is not an account of this machine; create it, or name another, e.g. --run-as ${current.name}`,
    EXIT.failed,
  );
}

/** The environment without the directories of the present user, because the service runs as another account. */
function withoutHome(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...env,
    XDG_STATE_HOME: undefined,
    XDG_CONFIG_HOME: undefined,
    AGENT2_STATE_DIR: undefined,
  };
}

function absolutePath(path: string | undefined): string {
  const found = (path ?? '').split(':').filter(isAbsolute);
  return [
    ...new Set(
      found.length > 0
        ? found
        : ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'],
    ),
  ].join(':');
}

function kept({XDG_STATE_HOME: state}: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  return state?.startsWith('/') ? {XDG_STATE_HOME: state} : {};
}

/** The directory of the control socket when its usual path is too long for an address. */
function socketDir(stateDir: string, {uid}: Account): readonly string[] {
  return Buffer.byteLength(join(stateDir, 'run/agent2.sock')) > SOCKET_BYTES
    ? [`/tmp/agent2-${uid}`]
    : [];
}

const SOCKET_BYTES = 107;

/** The names of the environment variables that a config file uses (`${env:NAME}`). */
function environmentNames(written: unknown): readonly string[] {
  const text = JSON.stringify(written) ?? '';
  return [
    ...new Set(
      [...text.matchAll(/(?<!\$)\$\{env:([A-Za-z_]\w*)\}/g)].map(([, name]) => name ?? ''),
    ),
  ];
}

function refuseControlCharacters({
  words,
  secrets,
  cwd,
  stateDir,
  node,
  program,
  path,
}: Installation): void {
  if (Object.values(secrets).some(secret => /\p{Cc}/u.test(secret)))
    throw new UsageError(
      message`a password or token contains a control character, like a line break, which a service file cannot have; put it into a config file as {file: PATH}`,
    );
  const bad = [...words, cwd, stateDir, node, program, path].find(text => /\p{Cc}/u.test(text));
  if (bad !== undefined)
    throw new UsageError(
      message`'${sanitize(bad, 80)}' contains a control character, like a line break, which a service file cannot have; remove it, or put the command into a script`,
    );
}
