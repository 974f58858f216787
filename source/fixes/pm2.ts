import type {FixDefinition} from '../contracts/fix.ts';
import {message} from '../core/text/message.ts';
import {join} from 'node:path';
import type {ManagedState} from '../contracts/fix.ts';
import {accessFacts} from '../io/files/access-facts.ts';
import {homeDirectory} from '../io/home.ts';
import {remarkOf} from './shared/examine-manager.ts';
import {evenIfStoppedSchema} from './shared/even-if-stopped.ts';
import {stateOfAll, type Member} from './shared/managed-state.ts';
import {order} from './shared/manager.ts';
import {stepsOf} from './shared/steps.ts';
import {TIMEOUT_MS, timeoutSchema} from './shared/timeout.ts';
import {say} from '../core/text/say.ts';
import {inIssue} from '../format/issue-text.ts';
import {parseJson} from '../format/json.ts';

export interface Pm2Options {
  /** Its name, or its number. */
  readonly process: string;
  /** PM2_HOME: selects one of several daemons. */
  readonly home?: string;
  readonly timeoutMs?: number;
  readonly evenIfStopped?: boolean;
}

/** Rejects words with a special meaning to pm2: `all`, a pattern (`/web/`), an ecosystem file. */
const NAME = /^(?!all$)(?!.*\.(?:json|ya?ml|config\.[cm]?js)$)[A-Za-z0-9_@][\w .:@-]{0,126}$/;

const expected = message`expected the name or number of one process as pm2 list shows it (not all, no pattern, no ecosystem file), e.g. process: web`;

/** Restarts one process of pm2. */
export const definition: FixDefinition<Pm2Options> = {
  get summary() {
    return say`restart a process of pm2`;
  },
  traits: {heals: true, ownsProcess: false, takenByOthers: false, verb: 'runs'},
  options(z) {
    const error = inIssue(expected);
    return z
      .strictObject({
        process: z
          .union([z.string().regex(NAME, error), z.int(error).min(0, error)], {
            error,
          })
          .transform(String)
          .describe(say`the name or number of the process, as pm2 list shows it`),
        home: z
          .string(inIssue(message`expected a directory, e.g. home: /home/deploy/.pm2`))
          .regex(/^\//, inIssue(message`expected an absolute path, e.g. home: /home/deploy/.pm2`))
          .optional()
          .describe(say`PM2_HOME; default: that of the user who runs agent2`),
        timeout: timeoutSchema(z),
        evenIfStopped: evenIfStoppedSchema(z),
      })
      .transform(({timeout, ...rest}): Pm2Options => ({...rest, timeoutMs: timeout}));
  },
  examples: [
    {process: 'web'},
    {process: 0, home: '/home/deploy/.pm2', timeout: '45s', evenIfStopped: true},
  ],
  refuses: [
    ...['all', '/web/', '-', 'ecosystem.config.js', 'apps.json', -1].map(process => ({
      given: {process},
      says: 'the name or number of one process',
    })),
    {given: {process: 'web', home: '.pm2'}, says: 'an absolute path'},
  ],
  describe: ({process, home}) =>
    `${home === undefined ? '' : `PM2_HOME=${home} `}pm2 restart ${process}`,
  longestMs: ({timeoutMs = TIMEOUT_MS}) => timeoutMs,
  // pm2 starts a missing daemon itself.
  confines: () => 'commands',
  start: ({process}) => ['pm2', 'start', process],
  async examine({process: name, home}, scene) {
    const asked = {
      program: 'pm2',
      name,
      action: `pm2 restart ${name}`,
      list: 'pm2 list',
      look: 'pm2 list',
    };
    const version = await scene.ask(['pm2', '--version']);
    if (version.kind === 'missing') return remarkOf(version, asked);
    if (!daemonRuns(home))
      return {
        id: 'fix_manager_down',
        level: 'fail',
        seen: say`no daemon of pm2 runs for this user, so pm2 knows no process`,
        next: 'pm2 resurrect',
      };
    const answer = await scene.ask(
      home === undefined ? ['pm2', 'jlist'] : ['env', `PM2_HOME=${home}`, 'pm2', 'jlist'],
    );
    const shown = answer.kind === 'answered' && membersOf(answer.output, name).length > 0;
    return remarkOf(answer, {...asked, shown});
  },
  async state({process: name, home}, ask) {
    // Without a daemon the question would start one.
    if (!daemonRuns(home)) return undefined;
    const answer = await ask(['pm2', 'jlist'], home === undefined ? {} : {PM2_HOME: home});
    return answer.kind === 'answered'
      ? stateOfAll(membersOf(answer.output, name), 'pm2', name)
      : undefined;
  },
  create: ({process, home, timeoutMs = TIMEOUT_MS}, setup) => ({
    restart: (request, {signal}) =>
      order(stepsOf(request, setup, signal), {
        argv: ['pm2', 'restart', process],
        timeoutMs,
        env: home === undefined ? {} : {PM2_HOME: home},
        done: message`pm2 restarted ${process}`,
        complaint: lines =>
          lines.find(line => line.includes('[ERROR]'))?.replace(/^.*\[ERROR\]\s*/, ''),
        advice: [
          [/command not found/, message`start agent2 with the directory of pm2 in PATH`],
          [
            /not found/,
            message`try: pm2 list; processes of another user's daemon need home (PM2_HOME), those saved before a reboot pm2 resurrect`,
          ],
          [/EACCES|EPERM/, message`run agent2 as the user whose pm2 it is`],
        ],
      }),
  }),
};

function daemonRuns(home: string | undefined): boolean {
  const directory = home ?? process.env['PM2_HOME'] ?? join(homeDirectory(), '.pm2');
  return accessFacts(join(directory, 'rpc.sock')).kind === 'there';
}

/** The words of pm2 for a process. */
const STATES: Readonly<Record<string, ManagedState['state']>> = {
  'stopped': 'stopped',
  'online': 'running',
  'launching': 'restarting',
  'stopping': 'restarting',
  'waiting restart': 'restarting',
  'errored': 'failed',
};

/** The processes of that name or number in the output of `pm2 jlist`, which news of pm2 may precede. */
function membersOf(output: string, wanted: string): readonly Member[] {
  const line = output.split('\n').find(text => text.startsWith('[{'));
  const list = line === undefined ? undefined : parseJson(line);
  if (!Array.isArray(list)) return [];
  return (list as readonly Listed[]).flatMap(({name, pm_id: id, pm2_env: env}) => {
    const word = env?.status;
    if ((name !== wanted && String(id) !== wanted) || typeof word !== 'string') return [];
    const state = STATES[word] ?? 'failed';
    // pm2 also calls a process stopped that failed where it restarts none.
    const failed = env?.autorestart === false && !ORDERLY.includes(env.exit_code ?? 0);
    return [{word, state: state === 'stopped' && failed ? 'failed' : state}];
  });
}

/** The exit codes of a process that was told to end: 0, and those of SIGINT and SIGTERM. */
const ORDERLY: readonly number[] = [0, 130, 143];

/** The used part of an entry of `pm2 jlist`. */
interface Listed {
  readonly name?: string;
  readonly pm_id?: number;
  readonly pm2_env?: {
    readonly status?: unknown;
    readonly autorestart?: boolean;
    readonly exit_code?: number;
  };
}
