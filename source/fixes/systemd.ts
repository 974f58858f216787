import type {Text} from '../core/model/text.ts';
import {joined, message, outsideOf} from '../core/text/message.ts';
import type {FixDefinition} from '../contracts/fix.ts';
import type {FixOutcome} from '../core/model/event.ts';
import {unitName} from '../format/unit-name.ts';
import type {Argv} from './shared/argv.ts';
import {evenIfStoppedSchema} from './shared/even-if-stopped.ts';
import {linesOf, order as ordered, type Advice} from './shared/manager.ts';
import {stepsOf, type RunStep, type StepOptions} from './shared/steps.ts';
import {shownProperties, STATE_PROPERTIES, stateOfUnit} from './shared/systemd-state.ts';
import {examineUnit} from './shared/systemd-unit.ts';
import {TIMEOUT_MS, timeoutSchema} from './shared/timeout.ts';
import {say} from '../core/text/say.ts';
import {inIssue} from '../format/issue-text.ts';
import {withTry} from '../format/try-text.ts';

export interface SystemdOptions {
  /** With its suffix. */
  readonly unit: string;
  /** A unit of the user's own manager. */
  readonly user?: boolean;
  readonly timeoutMs?: number;
  readonly evenIfStopped?: boolean;
}

/** For read-only queries. */
const ASK_MS = 5_000;

/** Restarts a systemd unit. Resets a unit that reached its start limit first, since agent2 has its own budget. */
export const definition: FixDefinition<SystemdOptions> = {
  get summary() {
    return say`restart a systemd unit`;
  },
  traits: {heals: true, ownsProcess: false, takenByOthers: false, verb: 'runs'},
  option: '--unit NAME',
  options: z =>
    z
      .strictObject({
        unit: z
          .string(inIssue(message`expected the name of a unit, e.g. unit: web.service`))
          .transform((given, context) => {
            const parsed = unitName(given);
            if (parsed.kind === 'unit') return parsed.name;
            context.addIssue({code: 'custom', message: inIssue(parsed.reason)});
            return z.NEVER;
          })
          .describe(say`the unit; .service is added if there is no suffix`),
        user: z
          .boolean(inIssue(message`expected true or false, e.g. user: true`))
          .optional()
          .describe(say`true for a unit of the user's own manager (systemctl --user)`),
        timeout: timeoutSchema(z),
        evenIfStopped: evenIfStoppedSchema(z),
      })
      .transform(({timeout, ...rest}): SystemdOptions => ({...rest, timeoutMs: timeout})),
  examples: [{unit: 'web'}, {unit: 'web.socket', user: true, timeout: '2m', evenIfStopped: true}],
  refuses: [
    {given: {}, says: 'expected the name of a unit, e.g. unit: web.service'},
    {given: {unit: 'web*'}, says: "'web*' is not the name of a unit; allowed: letters"},
    {given: {unit: '--now'}, says: 'is not the name of a unit'},
    {given: {unit: 'web@'}, says: 'name one of its instances, e.g. web@1.service'},
    {given: {unit: 'web', user: 'me'}, says: 'expected true or false'},
  ],
  describe: ({unit, user}) => `systemctl ${user ? '--user ' : ''}restart ${unit}`,
  longestMs: ({timeoutMs = TIMEOUT_MS}) => timeoutMs,
  confines: () => 'nothing',
  unit: ({unit, user = false}) => ({name: unit, user}),
  start: ({unit, user}) => ['systemctl', ...(user ? ['--user'] : []), 'start', unit],
  examine: ({unit, user = false}, scene) => examineUnit(unit, user, scene),
  async state(options, ask) {
    const shown = await ask(
      systemctl(options, 'show', `--property=${STATE_PROPERTIES.join(',')}`),
      environment(options),
    );
    return shown.kind === 'answered'
      ? stateOfUnit(options.unit, shownProperties(shown.output))
      : undefined;
  },
  create: (given, setup) => ({
    async restart(request, {signal}) {
      const run = stepsOf(request, setup, signal);
      const unit = await serviceOf(given, run);
      const options = {...given, unit};
      const resetNote = await resetFailed(options, run);
      const order = {
        ...limits(options),
        argv: systemctl(options, 'restart'),
        done: message`systemctl restarted ${options.unit}`,
        complaint: (lines: readonly string[]) =>
          lines.find(line => /^(Failed to|Job for|System has not|Unit )/.test(line)),
        advice: adviceFor(options),
      };
      const outcome = await onceMoreAfterLimit(options, run, () => ordered(run, order));
      return {
        kind: outcome.kind,
        detail: joined([resetNote, outcome.detail, await condition(options, run, outcome, signal)]),
      };
    },
  }),
};

/** The service behind a socket unit: systemd refuses to restart a socket whose service runs, and the hung one would stay. */
async function serviceOf(options: SystemdOptions, run: RunStep): Promise<string> {
  if (!options.unit.endsWith('.socket')) return options.unit;
  const shown = await run(systemctl(options, 'show', '--property=Triggers'), {
    ...limits(options),
    timeoutMs: ASK_MS,
  });
  const triggers = linesOf(shown).find(line => line.startsWith('Triggers='));
  const [unit = '', ...more] = (triggers?.slice('Triggers='.length) ?? '').split(' ');
  return unit.endsWith('.service') && more.length === 0 ? unit : options.unit;
}

function systemctl({unit, user}: SystemdOptions, verb: string, ...more: readonly string[]): Argv {
  return ['systemctl', ...(user ? ['--user'] : []), '--no-ask-password', verb, ...more, '--', unit];
}

function limits(options: SystemdOptions): StepOptions {
  return {timeoutMs: options.timeoutMs ?? TIMEOUT_MS, env: environment(options)};
}

function environment({user}: SystemdOptions): Readonly<Record<string, string>> {
  const uid = process.getuid?.();
  // Under cron or after su no variable names the user's bus, which has a fixed path.
  return user && uid !== undefined && !process.env['XDG_RUNTIME_DIR']
    ? {XDG_RUNTIME_DIR: `/run/user/${uid}`}
    : {};
}

/**
 * Clears the failure of a unit and with it the count of its starts, whatever its last result: systemd names a start limit only in some of its
 * versions and kinds of failure. Says so only of a start limit.
 */
async function resetFailed(options: SystemdOptions, run: RunStep): Promise<Text> {
  const shown = await run(systemctl(options, 'show', '--property=ActiveState,Result'), {
    ...limits(options),
    timeoutMs: ASK_MS,
  });
  const lines = linesOf(shown);
  const limited = lines.includes('Result=start-limit-hit');
  if (!limited && !lines.includes('ActiveState=failed')) return '';
  const reset = await run(systemctl(options, 'reset-failed'), limits(options));
  if (!limited) return '';
  return reset.kind === 'exited' && reset.code === 0 ? LIMIT_RESET : LIMIT_STAYS;
}

const LIMIT_RESET = message`its start limit was reached and has been reset; `;
const LIMIT_STAYS = message`its start limit was reached and could not be reset; `;

/** A unit that was not `failed` before may reach its limit only now: by a restart that systemd or somebody else asked for meanwhile. */
async function onceMoreAfterLimit(
  options: SystemdOptions,
  run: RunStep,
  restart: () => Promise<FixOutcome>,
): Promise<FixOutcome> {
  const outcome = await restart();
  if (outcome.kind === 'done' || !/attempted too often|start-limit/.test(outsideOf(outcome.detail)))
    return outcome;
  const reset = await run(systemctl(options, 'reset-failed'), limits(options));
  if (reset.kind !== 'exited' || reset.code !== 0)
    return {...outcome, detail: joined([LIMIT_STAYS, outcome.detail])};
  const again = await restart();
  return {...again, detail: joined([LIMIT_RESET, again.detail])};
}

/** The state of the unit after a failed start: `systemctl` itself only names the log. */
async function condition(
  options: SystemdOptions,
  run: RunStep,
  outcome: FixOutcome,
  signal: AbortSignal,
): Promise<Text> {
  if (outcome.kind === 'done' || !outsideOf(outcome.detail).includes('Job for') || signal.aborted)
    return '';
  const shown = await run(
    systemctl(options, 'show', '--property=ActiveState,SubState,Result,ExecMainStatus'),
    {...limits(options), timeoutMs: ASK_MS},
  );
  const values = Object.fromEntries(
    linesOf(shown).map(line => line.split('=', 2) as [string, string]),
  ) as Partial<Record<string, string>>;
  const {
    ActiveState: active,
    SubState: sub,
    Result: result,
    ExecMainStatus: status,
  } = values as Readonly<Record<string, string | undefined>>;
  if (active === undefined) return '';
  const why =
    result === undefined || result === 'success'
      ? ''
      : message`, result ${`${result}${result === 'exit-code' && status !== undefined ? ` ${status}` : ''}`}`;
  return message`; it is ${active} (${sub ?? 'unknown'})${why}: ${`journalctl ${options.user ? '--user ' : ''}-u ${options.unit}`}`;
}

function adviceFor({unit, user}: SystemdOptions): readonly Advice[] {
  const name = unit.replace(/\.service$/, '');
  return [
    [
      /command not found/,
      message`is systemd the init of this machine? If not, use another kind of fix, e.g. --restart CMD (use: command)`,
    ],
    [
      /System has not been booted|Host is down/,
      message`systemd is not the init of this machine; use another kind of fix, e.g. --restart CMD (use: command)`,
    ],
    [
      /connect to .*bus/,
      user
        ? withTry(message`the user's manager does not run`, `loginctl enable-linger`)
        : message`the system bus does not answer; is systemd the init of this machine?`,
    ],
    [
      /authentication required|[Aa]ccess denied|[Pp]ermission denied/,
      message`run agent2 as root, allow it with polkit, or, for a user's own unit, use user: true (--unit user:${name})`,
    ],
    [
      /not found/,
      user
        ? message`try: systemctl --user list-units --all; for a system unit, leave out user: true (--unit ${name})`
        : message`try: systemctl list-units --all; a user's own unit needs user: true (--unit user:${name})`,
    ],
    [
      /masked/,
      user ? message`try: systemctl --user unmask ${unit}` : message`try: systemctl unmask ${unit}`,
    ],
    [
      /did not end within/,
      message`systemd continues; if the unit needs longer to stop (TimeoutStopSec), give the fix a longer timeout: --restart-timeout 2m, or fix.timeout in the config`,
    ],
  ];
}
