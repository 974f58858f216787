import {EXIT, type CommandDefinition, type Output} from '../contracts/command.ts';
import {asksForHelp, parse} from './parse.ts';
import {preferSpeed} from './v8-flags.ts';

/** Runs a command with the words after its name, or prints its help. Resolves to the exit code. Rejects with a `UsageError`. */
export async function runCommand(
  name: string,
  command: CommandDefinition,
  argv: readonly string[],
  {out = process.stdout, err = process.stderr}: {readonly out?: Output; readonly err?: Output} = {},
): Promise<number> {
  if (asksForHelp(argv, command)) {
    const {commandHelp, helpWidth} = await import('./help.ts');
    out.write(commandHelp(name, command, helpWidth(out)));
    return EXIT.done;
  }
  const parsed = parse(name, command, argv);
  if (command.prefersSpeed) preferSpeed();
  return command.run({...parsed, out, err});
}
