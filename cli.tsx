#!/usr/bin/env node
import {load} from 'agent2:commands';
import {version} from 'agent2:version';
import {preferMemory} from './source/cli/v8-flags.ts';
import {leaveTerminalAtExit} from './source/io/terminal.ts';

/** The words typed -> one command, loaded on demand; nothing else. Without the name of one, it is `watch`. */
async function main(typed: readonly string[]): Promise<number> {
  const {chooseLanguage, commandFirst} = await import('./source/cli/language.ts');
  const argv = commandFirst(typed);
  const [first, ...rest] = argv;
  await chooseLanguage(argv, process.env);
  if (first === '--version' || first === '-V') {
    process.stdout.write(`agent2 ${version}\n`);
    return 0;
  }
  if (first === '--help' || first === '-h' || first === 'help')
    return (await import('./source/cli/help.ts')).printHelp(process.stdout, load);
  const named = first !== undefined && Object.hasOwn(load, first);
  const command = await (named ? load[first] : load.watch)?.();
  if (!command) throw new Error('the command watch is missing');
  return command.run(named ? rest : argv);
}

preferMemory();
leaveTerminalAtExit();
main(process.argv.slice(2))
  .then(
    code => process.exit(code),
    async (error: unknown) => (await import('./source/cli/exit.ts')).fail(error),
  )
  .catch((error: unknown) => {
    // Without a free file descriptor nothing more can be loaded.
    process.stderr.write(
      `agent2: ${error instanceof Error ? error.message : String(error)}\n`,
      () => process.exit(1),
    );
  });
