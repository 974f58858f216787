import {afterAll, describe, expect, test} from 'vitest';
import {plainGet} from '../../../source/config/spec.ts';
import type {Failure, HangKind} from '../../../source/core/model/fault.ts';
import {lookAtHang, type OwnProcess} from '../../../source/io/net/hang-look.ts';
import type {FirstLook} from '../../../source/io/net/late-answer.ts';
import {belongsTo} from '../../../source/io/process/processes.ts';
import {createHttpProbe} from '../../../source/probes/http.ts';
import {render} from '../../../source/core/text/say.ts';
import {cleanUp} from '../../helpers/cleanup.ts';
import {quickest} from '../../helpers/quickest.ts';
import {until} from '../../helpers/until.ts';
import {startProgram, type Started} from '../../fixtures/services/start.ts';

afterAll(cleanUp);

const TIMEOUT_MS = 2_000;

/** The same looks on a machine that is busy with other tests. */
function calmly(own: OwnProcess): FirstLook {
  return async (ends, signal) => {
    const second = await lookAtHang(ends, own, signal);
    return (
      second &&
      (async () => {
        const seen = await second();
        return seen && {...seen, pressure: {io: 0, memory: 0}};
      })
    );
  };
}

async function ask(
  service: Started,
  {
    owns = pid => belongsTo(pid, service.pid),
    method = 'GET',
  }: {readonly owns?: (pid: number) => boolean; readonly method?: string} = {},
): Promise<Failure & {readonly hang?: HangKind; readonly tookMs: number}> {
  const url = `http://127.0.0.1:${service.line}/health`;
  const probe = createHttpProbe(
    url,
    {...plainGet, method},
    'api',
    calmly({pid: () => service.pid, owns}),
  );
  const startedAt = performance.now();
  const {faults} = await probe.inspect({
    signal: new AbortController().signal,
    timeoutMs: TIMEOUT_MS,
    slowMs: TIMEOUT_MS,
  });
  const [fault] = faults;
  if (!fault) throw new Error('it answered');
  return {...fault, tookMs: performance.now() - startedAt};
}

/** Asks until the looks tell a kind: on a busy machine they may be too late to. */
async function askForKind(...words: Parameters<typeof ask>): ReturnType<typeof ask> {
  let fault = await ask(...words);
  for (let tries = 1; tries < 4 && fault.hang === undefined; tries++) fault = await ask(...words);
  return fault;
}

async function hanging(kind: string): Promise<Started> {
  const service = await startProgram('hangs.mjs', [kind], {stdio: ['pipe', 'pipe', 'inherit']});
  let said = '';
  service.process.stdout?.on('data', chunk => (said += String(chunk)));
  process.kill(service.pid, 'SIGUSR2');
  await until(`${kind}: it hangs`, () => said.includes('hangs'));
  return service;
}

describe
  .runIf(process.platform === 'linux')
  .concurrent('a service that accepts and never answers', () => {
    test('is idle in a deadlock, and the verdict comes within 300 ms of the time limit', async () => {
      const service = await hanging('idle');
      const {hang, text, kind} = await askForKind(service);
      expect({hang, kind}).toEqual({hang: 'idle', kind: 'response_timeout'});
      expect(render(text)).toMatch(
        /^GET \/health: no response within 2\.0 s \(connected in .*\), nobody accepts or reads and no CPU is used \(.+\): a deadlock$/,
      );
      const limitMs = TIMEOUT_MS + 300;
      expect(await quickest(limitMs, async () => (await ask(service)).tookMs)).toBeLessThan(
        limitMs,
      );
    });

    test('is busy in an endless loop', async () => {
      const {hang, text} = await askForKind(await hanging('busy'));
      expect(hang).toBe('busy');
      expect(render(text)).toMatch(
        /, nobody accepts or reads, (\d+ % of a CPU is used|the process waits for a CPU)$/,
      );
    });

    test('waits when it has read the request and does nothing', async () => {
      const {hang, text} = await askForKind(await hanging('waits'));
      expect(hang).toBe('waits');
      expect(render(text)).toContain('the request was read and no CPU is used');
    });

    test('waits when its only thread waits for the data of another process', async () => {
      const {hang, text} = await askForKind(await hanging('reads'));
      expect(hang).toBe('waits');
      expect(render(text)).toMatch(
        /while the process waits for something else \(unix_stream_read.*\)$/,
      );
    });

    test('is of no known kind when it accepts connections and reads none of them', async () => {
      const {hang, kind} = await ask(await hanging('full'));
      expect({hang, kind}).toEqual({hang: undefined, kind: 'response_timeout'});
    });

    test('is of no known kind while another worker answers', async () => {
      const service = await hanging('worker');
      // The workers take turns.
      const outcomes = await Promise.allSettled([ask(service), ask(service)]);
      const faults = outcomes.flatMap(outcome =>
        outcome.status === 'fulfilled' ? outcome.value : [],
      );
      expect(faults.length).toBe(1);
      expect(faults[0]?.hang).not.toBe('idle');
    });

    test('is idle also for a request that must not be sent twice, since nobody accepts', async () => {
      const {hang} = await askForKind(await hanging('idle'), {method: 'POST'});
      expect(hang).toBe('idle');
    });

    test('is of no known kind when the process on its port is not the target’s', async () => {
      const {hang, text} = await ask(await hanging('idle'), {owns: () => false});
      expect(hang).toBeUndefined();
      expect(render(text)).toMatch(/no response within 2\.0 s \(connected in [^)]*\)$/);
    });
  });
