#!/usr/bin/env node
import {endProcess} from './source/cli/end-process.ts';
import {leaveTerminalAtExit} from './source/io/terminal.ts';

leaveTerminalAtExit();
import('./source/cli/main.ts')
  .then(({main}) => main(process.argv.slice(2)))
  .then(endProcess, async (error: unknown) => (await import('./source/cli/exit.ts')).fail(error))
  .catch((error: unknown) => {
    // Without a free file descriptor the import of `fail` itself may fail.
    process.stderr.write(
      `agent2: ${error instanceof Error ? error.message : String(error)}\n`,
      () => process.exit(1),
    );
  });
