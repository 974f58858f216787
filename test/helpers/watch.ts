import {makeHome, type Home} from './home.ts';
import {cli} from './root.ts';
import {startService, type Service} from './service.ts';
import {openTerminal, type OpenTerminal} from './terminal.ts';

export interface Watch {
  readonly home: Home;
  readonly service: Service;
  readonly terminal: OpenTerminal;
}

export interface WatchOptions {
  readonly preset?: string;
  readonly cols?: number;
  readonly rows?: number;
  /** Default: the service's own. */
  readonly restart?: string;
}

/** agent2 in a terminal, watching a demo service of its own, which it has found well. */
export async function watchService({
  preset = 'dev',
  cols = 100,
  rows = 30,
  restart,
}: WatchOptions = {}): Promise<Watch> {
  const home = makeHome();
  const service = await startService(home);
  const terminal = openTerminal({
    argv: [cli, ...watchArguments(service, preset, restart)],
    cols,
    rows,
    env: home.env,
  });
  await terminal.waitFor(/● OK/);
  return {home, service, terminal};
}

export function watchArguments(
  service: Service,
  preset: string,
  restart = service.restartCommand,
): string[] {
  return [
    service.url,
    '--expect',
    'status=ok',
    '--preset',
    preset,
    '--pid-file',
    service.pidFile,
    '--restart',
    restart,
  ];
}
