import {join} from 'node:path';
import type {FixDefinition} from '../contracts/fix.ts';
import type {FixOutcome} from '../core/event.ts';
import {createChild, type Child} from '../io/child.ts';

/** agent2 started the process itself (`agent2 … -- CMD`): it stops what is left of it and starts it again. */
export const definition: FixDefinition = {
  create({argv, stateDir, stopTimeoutMs, onTrouble}) {
    const [command, ...args] = argv;
    if (command === undefined) throw new Error('a child fix without a command');
    const listeners: Array<() => void> = [];
    const child = createChild({argv: [command, ...args], logFile: join(stateDir, 'service.log'), onExit: () => listeners.forEach(listener => listener()), onTrouble});
    return {
      async restart(): Promise<FixOutcome> {
        const stopped = await child.stop({stopTimeoutMs});
        if (stopped.kind === 'failed') return {kind: 'failed', detail: stopped.text};
        return start(child, command);
      },
      child: {
        async start() {
          await child.stopLeftover({stopTimeoutMs});
          return start(child, command);
        },
        stop: async stopTimeoutMs => void (await child.stop({stopTimeoutMs})),
        identity: child.identity,
        exit: child.exit,
        onExit: listener => void listeners.push(listener),
      },
    };
  },
};

async function start(child: Child, command: string): Promise<FixOutcome> {
  const started = await child.start();
  return started.kind === 'started' ? {kind: 'done', detail: `${command} started as process ${started.identity.pid}`} : {kind: 'failed', detail: `cannot start ${command}: ${started.text}`};
}
