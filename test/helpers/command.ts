import {Writable} from 'node:stream';
import {load} from 'agent2:commands';
import {runCommand} from '../../source/cli/run-command.ts';
import {UsageError} from '../../source/contracts/command.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command in this very process, as the program would run it with these words after its name. */
export async function runHere(name: string, ...argv: readonly string[]): Promise<Ran> {
  const definition = await load[name]?.();
  if (!definition) throw new Error(`no command ${name}`);
  const [out, err] = [collector(), collector()];
  try {
    const code = await runCommand(name, definition, argv, {out: out.stream, err: err.stream});
    return {code, stdout: out.text(), stderr: err.text()};
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return {
      code: error.exitCode,
      stdout: out.text(),
      stderr: `${err.text()}agent2: ${error.message}\n`,
    };
  }
}

/** A stream that keeps what is written to it. */
export function collector() {
  let text = '';
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _, done) {
      text += String(chunk);
      done();
    },
  });
  return {stream, text: () => text};
}
