import {spawn} from 'node:child_process';
import {request} from 'node:http';
import {join} from 'node:path';
import {breakDemo, type DemoFault} from '../../source/demo/client.ts';
import {readIfThere} from '../../source/io/files/bounded-file.ts';
import {onCleanup} from './cleanup.ts';
import type {Home} from './home.ts';
import {firstLine} from '../fixtures/services/start.ts';
import {doing, signal} from './processes.ts';
import {demoService, root} from './root.ts';
import {PATIENCE_MS, until, within} from './until.ts';

const restartScript = join(root, 'test/helpers/restart-service.sh');

export interface ServiceOptions {
  /** 0 or none for any free one. */
  readonly port?: number;
  /** Default: `service.pid` in the home. */
  readonly pidFile?: string;
  readonly startDelayMs?: number;
}

/** The demo service, running. */
export interface Service {
  readonly port: number;
  /** Of its health. */
  readonly url: string;
  /** Of the first process; `currentPid()` follows restarts. */
  readonly pid: number;
  readonly pidFile: string;
  /** For `--restart`: stops what the pid file names and starts another, as one string. */
  readonly restartCommand: string;
  currentPid(): number | undefined;
  fault(name: DemoFault, slowMs?: number): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** Ends the process that the pid file names now, as a clean stop does. */
  stop(): Promise<void>;
}

/** Starts one that listens when the promise resolves. Its home's clean-up ends it, and its successors: their command lines name the home. */
export async function startService(
  home: Home,
  {port = 0, pidFile = join(home.path, 'service.pid'), startDelayMs = 0}: ServiceOptions = {},
): Promise<Service> {
  const delay = startDelayMs > 0 ? ['--start-delay', String(startDelayMs)] : [];
  const child = spawn(
    process.execPath,
    [demoService, '--port', String(port), '--pid-file', pidFile, ...delay],
    {env: home.env, stdio: ['ignore', 'pipe', 'inherit']},
  );
  const pid = child.pid ?? -1;
  onCleanup(
    () => void (child.exitCode === null && child.signalCode === null && signal(pid, 'SIGKILL')),
  );
  const line = await within('the demo service listens', firstLine(child, 'the demo service'), {
    describe: () => doing(pid),
  });
  const bound = (JSON.parse(line) as {port: number}).port;
  const url = `http://127.0.0.1:${bound}/api/health`;
  const currentPid = () => {
    // A service that ends removes it at any moment; one that starts may have made it and not yet written it.
    const pid = Number(readIfThere(pidFile) ?? '');
    return pid > 0 ? pid : undefined;
  };
  return {
    port: bound,
    url,
    pid,
    pidFile,
    currentPid,
    restartCommand: [
      'sh',
      restartScript,
      process.execPath,
      demoService,
      pidFile,
      String(bound),
      ...delay,
    ]
      .map(quote)
      .join(' '),
    async fault(name, slowMs) {
      const trouble = await breakDemo(bound, name, slowMs);
      if (trouble !== undefined) throw new Error(JSON.stringify(trouble));
    },
    signal(name) {
      signal(currentPid() ?? pid, name);
    },
    async stop() {
      const running = currentPid() ?? pid;
      signal(running, 'SIGTERM');
      await until(`service ${running} stopped`, () => currentPid() === undefined);
    },
  };
}

export interface Health {
  /** HTTP's. */
  readonly code: number | undefined;
  /** What the body says under `status`. */
  readonly status: unknown;
}

/** One look at a service's health as anybody may take it; undefined when there was no whole answer within `timeoutMs`. */
export function readHealth(url: string, timeoutMs = 10_000): Promise<Health | undefined> {
  return new Promise(resolve => {
    const asked = request(url, {agent: false, timeout: timeoutMs}, response => {
      let body = '';
      response.setEncoding('utf8').on('data', text => (body += text));
      response.on('error', () => resolve(undefined));
      response.on('end', () =>
        resolve({
          code: response.statusCode,
          status: (JSON.parse(body) as {status?: unknown}).status,
        }),
      );
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer')));
    asked.on('error', () => resolve(undefined));
    asked.end();
  });
}

/** Looks every 10 ms until the answer is 200 and says ok. */
export async function untilHealthy(url: string, deadlineMs = PATIENCE_MS): Promise<void> {
  await until(
    `${url} is well`,
    async () => {
      const health = await readHealth(url, deadlineMs);
      return health?.code === 200 && health.status === 'ok';
    },
    {deadlineMs},
  );
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
