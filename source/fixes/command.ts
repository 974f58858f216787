import {join} from 'node:path';
import type {FixDefinition, FixSetup} from '../contracts/fix.ts';
import type {FixRequest} from '../core/effect.ts';
import type {FixOutcome} from '../core/event.ts';
import {runCommand} from '../io/run-command.ts';
import {sameProcess} from '../io/processes.ts';
import {stopProcess} from '../io/terminate.ts';

export interface CommandOptions {
  readonly restart: readonly [string, ...string[]];
}

const TIMEOUT_MS = 30_000;

/** Runs the given command, which is trusted to stop and start; only when an attempt before it left the old process running is that stopped first. */
export const definition: FixDefinition<CommandOptions> = {
  summary: 'run a command that restarts it',
  options: z => z.strictObject({restart: z.tuple([z.string().min(1)], z.string())}),
  describe: ({restart}) => restart.join(' '),
  create: ({restart: [command, ...args]}, setup) => ({
    async restart(request, {signal}): Promise<FixOutcome> {
      const stopped = await stopLeftover(request, setup, signal);
      const result = await runCommand({
        argv: [command, ...args],
        env: {...process.env, ...facts(request, setup.target)},
        timeoutMs: TIMEOUT_MS,
        outputFile: join(setup.stateDir, 'fix-output.log'),
        signal,
      });
      return outcomeOf(result, command, stopped);
    },
  }),
};

async function stopLeftover({process: old, stopFirst}: FixRequest, {stopTimeoutMs}: FixSetup, signal: AbortSignal): Promise<string> {
  if (!stopFirst || !old || !sameProcess(old)) return '';
  const {kind, text} = await stopProcess(old, {stopTimeoutMs, group: false, signal});
  return kind === 'done' ? `old process ${old.pid} ${text}; ` : `${text}; `;
}

/** The incident as environment variables: data stays data, whatever is in it. */
function facts({cause, reason, attempt, faults, process: old}: FixRequest, target: string): Record<string, string> {
  return {
    AGENT2_TARGET: target,
    AGENT2_CAUSE: cause,
    AGENT2_REASON: reason,
    AGENT2_ATTEMPT: String(attempt),
    AGENT2_FAULTS: faults.map(fault => `${fault.kind}: ${fault.text}`).join('\n'),
    ...(old ? {AGENT2_PID: String(old.pid)} : {}),
  };
}

function outcomeOf(result: Awaited<ReturnType<typeof runCommand>>, name: string, stopped: string): FixOutcome {
  const last = result.lastLine ? `: ${result.lastLine}` : '';
  switch (result.kind) {
    case 'exited':
      return result.code === 0 ? {kind: 'done', detail: `${stopped}${name} done`} : {kind: 'failed', detail: `${stopped}${name} exited with code ${result.code}${last}`};
    case 'signalled':
      return {kind: 'failed', detail: `${stopped}${name} was ended by ${result.signal}${last}`};
    case 'timed-out':
      return {kind: 'failed', detail: `${stopped}${name} did not end within ${TIMEOUT_MS / 1000} s and was stopped; a command that stays belongs behind --: agent2 URL -- CMD${last}`};
    case 'cancelled':
      return {kind: 'failed', detail: `${stopped}${name} was cancelled`};
    case 'not-started':
      return {kind: 'failed', detail: `${stopped}${result.text}`};
  }
}
