import {join} from 'node:path';
import type {PresetName} from '../../config/presets.ts';
import type {DrillSpec} from '../../config/spec.ts';
import {EXIT, UsageError} from '../../contracts/command.ts';
import {message} from '../../core/text/message.ts';
import {say} from '../../core/text/say.ts';
import {breakDemo} from '../../demo/client.ts';
import type {DrillName} from './course.ts';
import type {MonitoredTarget} from '../../documents/monitor-status.ts';
import {redact} from '../../format/redact.ts';
import {distrustNaming} from '../../io/process/named-by-file.ts';
import {breakProcess} from '../../io/process/break-process.ts';
import {freePort} from '../../io/net/free-port.ts';
import {runCommand} from '../../io/run/run-command.ts';
import {temporaryDir} from '../../io/files/temporary-dir.ts';
import {refusalText} from '../demo/refusal.ts';
import {demoTarget} from '../demo/target.ts';
import {openMonitor} from '../../monitor/open.ts';
import {targetIn} from '../../instances/status.ts';
import {targetsOf} from '../../core/targets.ts';

/** A service that a drill may break, and the state directory of its monitor. */
export interface DrillSubject {
  readonly stateDir: string;
  readonly name: string;
  target(): MonitoredTarget | undefined;
  /** Breaks it; resolves to a sentence that says how. Rejects with a `UsageError` when that is impossible. */
  breakIt(): Promise<string>;
  /** Repairs it without a restart; resolves to a sentence that says how, or to undefined when there is no way. */
  mend(): Promise<string | undefined>;
  end(): Promise<void>;
}

/** A target of a running monitor, broken by a signal to its process or by the commands of its config. */
export function runningSubject(
  stateDir: string,
  target: MonitoredTarget,
  drill: DrillName,
  ways: DrillSpec,
  secrets: readonly string[] = [],
): DrillSubject {
  const {name, process: identity} = target;
  const way = ways[drill];
  return {
    stateDir,
    name,
    target: () => targetIn(stateDir, name),
    async breakIt() {
      if (typeof way === 'object') return run(way, secrets);
      const signal = drill === 'crash' ? 'SIGKILL' : drill === 'hang' ? 'SIGSTOP' : undefined;
      if (!signal)
        throw new UsageError(
          message`agent2 has no built-in way for '${drill}'; give a command in the config: drill: {${drill}: [./break.sh], mend: [./mend.sh]}`,
        );
      if (!identity)
        throw new UsageError(
          message`the process of ${name} is unknown, so agent2 cannot send ${signal}; give a pidFile, or a command: drill: {${drill}: [./break.sh]}`,
          EXIT.failed,
        );
      const problem =
        distrustNaming(join(stateDir, 'agent2_status.json'), identity.pid) ??
        breakProcess(identity, signal);
      if (problem !== undefined)
        throw new UsageError(message`${name} cannot be broken: ${problem}`, EXIT.failed);
      return say`${signal} to process ${identity.pid}`;
    },
    async mend() {
      const continued =
        drill === 'hang' &&
        typeof way !== 'object' &&
        identity &&
        breakProcess(identity, 'SIGCONT') === undefined
          ? say`${'SIGCONT'} to process ${identity.pid}`
          : undefined;
      return ways.mend ? run(ways.mend, secrets) : continued;
    },
    end: async () => {},
  };
}

/** The demo service, and a monitor of it in this process; `end` removes both. */
export async function demoSubject(preset: PresetName, drill: DrillName): Promise<DrillSubject> {
  const {path: stateDir, remove} = temporaryDir('agent2-drill-');
  try {
    const port = await freePort();
    const target = demoTarget(port, preset, join(stateDir, 'demo.pid'));
    const open = await openMonitor({
      targets: [target],
      stateDirOption: stateDir,
      temporary: true,
      log: {},
    });
    const ask = async (fault: Parameters<typeof breakDemo>[1]) => {
      const refusal = await breakDemo(
        port,
        fault,
        fault === 'slow' ? slowMsOf(targetsOf(open.monitor.getSnapshot())[0]?.policy) : undefined,
      );
      if (refusal !== undefined) throw new UsageError(refusalText(refusal), EXIT.failed);
    };
    return {
      stateDir,
      name: target.name,
      target: () => targetIn(stateDir, target.name),
      async breakIt() {
        await ask(drill);
        return drill === 'error'
          ? say`the demo service was told to answer 500`
          : drill === 'slow'
            ? say`the demo service was told to answer late`
            : say`the demo service was told to ${drill}`;
      },
      async mend() {
        if (drill === 'crash') return undefined;
        await ask('ok');
        return say`the demo service was told to recover`;
      },
      async end() {
        await open.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** A delay beyond the limit for slow answers, but within the timeout. */
function slowMsOf(
  policy: {readonly slowMs: number; readonly timeoutMs: number} | undefined,
): number | undefined {
  return policy && Math.min(policy.slowMs + 500, (policy.slowMs + policy.timeoutMs) / 2);
}

async function run(
  [file, ...args]: readonly string[],
  secrets: readonly string[],
): Promise<string> {
  if (file === undefined)
    throw new UsageError(
      message`the drill names an empty command; give one, e.g. drill: {error: [./break.sh]}`,
    );
  const scratch = temporaryDir('agent2-drill-');
  try {
    const result = await runCommand({
      argv: [file, ...args],
      outputFile: join(scratch.path, 'output'),
      hide: text => redact(text, secrets),
    });
    const said = result.lastLine === undefined ? '' : `: ${result.lastLine}`;
    if (result.kind === 'exited' && result.code === 0)
      return redact([file, ...args].join(' '), secrets);
    const how =
      result.kind === 'exited'
        ? say`exit code ${result.code}`
        : result.kind === 'not-started'
          ? result.text
          : result.kind;
    throw new UsageError(
      redact(
        say`${[file, ...args].join(' ')} failed (${how}${said}); correct the command in the config`,
        secrets,
      ),
      EXIT.failed,
    );
  } finally {
    scratch.remove();
  }
}
