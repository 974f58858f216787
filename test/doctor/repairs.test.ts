import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {isoTime} from '../../source/format/time.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {examined} from '../helpers/doctor.ts';
import {joined, message} from '../../source/core/text/message.ts';
import {setLanguage} from '../../source/core/text/say.ts';
import {span} from '../../source/core/text/span.ts';
import {CLAUSE} from '../../source/core/why.ts';
import {stated} from '../../source/documents/stated-text.ts';
import {catalogue} from '../../source/languages/zh.ts';
import {startStandIn, type StandIn} from './stand-in.ts';

let monitor: StandIn;

beforeAll(async () => {
  monitor = await startStandIn();
});
afterEach(() => setLanguage({}));

afterAll(cleanUp);

describe('the healing of a target', () => {
  test('that is held', async () => {
    expect(
      (
        await examined(
          monitor.watched({
            status: 'held',
            health_status: 'down',
            why: '3 of 3 restarts used in 5 min',
          }),
        )
      ).held,
    ).toMatchObject({
      level: 'fail',
      target: 'web',
      seen: expect.stringContaining('3 of 3 restarts used'),
      next: 'agent2 restart web',
    });
  });

  test('that is held since another process has its port, which no restart ends', async () => {
    expect(
      (
        await examined(
          monitor.watched({
            status: 'held',
            health_status: 'down',
            cause: 'port_taken',
            why: 'held: …',
          }),
        )
      ).held,
    ).toMatchObject({
      seen: expect.stringContaining('another process has its port'),
      next: "ss -ltnp 'sport = :9'",
    });
  });

  test('that is down, without the fault that another line tells', async () => {
    const why = joined(
      [
        message`${'not_listening'}: ${'refused; by it'}`,
        message`next attempt in ${span(4_000)}`,
        message`${1} of ${3} restarts used in ${span(300_000)}`,
      ],
      CLAUSE,
    );
    const down = {health_status: 'down', cause: 'not_listening', ...stated('why', why)};
    const told = await examined(
      monitor.watched({...down, faults: [{kind: 'port_closed', text: 'refused; by it'}]}),
    );
    expect(told.down?.seen).toBe(
      'down (not_listening); next attempt in 4 s; 1 of 3 restarts used in 5 min',
    );
    const untold = await examined(
      monitor.watched({...down, faults: [{kind: 'slow', text: 'refused; by it'}]}),
    );
    expect(untold.down?.seen).toBe(
      'down (not_listening): refused; by it; next attempt in 4 s; 1 of 3 restarts used in 5 min',
    );
    setLanguage(catalogue);
    const chinese = await examined(
      monitor.watched({...down, faults: [{kind: 'slow', text: 'refused; by it'}]}),
    );
    expect(chinese.down?.seen).toBe(
      '故障（not_listening）：refused; by it；4 秒后再次尝试；5 分钟内预算 1/3',
    );
  });

  test('that is down, by an agent2 whose reason was a sentence: it is told whole', async () => {
    const told = await examined(
      monitor.watched({
        health_status: 'down',
        cause: 'hung',
        why: 'hung: no response; next in 4 s',
      }),
    );
    expect(told.down?.seen).toBe('down (hung); hung: no response; next in 4 s');
  });

  test('known from its status alone is not called observed only', async () => {
    expect(
      (
        await examined({
          ...monitor.watched({}),
          spec: {
            ...monitor.watched({}).spec,
            fix: {use: 'none', options: {}, notFor: [], stopTimeoutMs: 0},
          },
        })
      ).fix,
    ).toMatchObject({
      level: 'ok',
      seen: 'by command, as its status says; what that runs is unknown here',
    });
  });

  test('that people restarted often is none that restarts too often', async () => {
    const fixes = [1, 2, 3].map(minute => ({
      timestamp: isoTime(Date.now() - minute * 60_000),
      result: 'success',
      cause: 'manual',
    }));
    expect((await examined(monitor.watched({fixes}))).many_restarts).toBeUndefined();
  });

  test('that flaps, with what its restarts were good for', async () => {
    const fixes = [1, 2, 3].map(minute => ({
      timestamp: isoTime(Date.now() - minute * 60_000),
      result: 'success',
    }));
    const findings = await examined(
      monitor.watched({
        flapping: true,
        fixes,
        ledger: {hung: {'healed': 1, 'relapsed': 2, 'no effect': 0, 'unneeded': 0}},
      }),
    );
    expect(findings.flapping?.level).toBe('warn');
    expect(findings.many_restarts).toMatchObject({
      level: 'warn',
      seen: expect.stringContaining('3 fixes in the last hour; of its fixes: 1 healed, 2 relapsed'),
      next: 'agent2 logs --level warning --since 1h',
    });
  });

  test('that is paused', async () => {
    expect((await examined(monitor.watched({status: 'paused'}))).paused).toMatchObject({
      level: 'warn',
      next: 'agent2 resume web',
    });
  });
});
