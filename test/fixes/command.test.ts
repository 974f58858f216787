import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {definition} from '../../source/fixes/command.ts';
import {sameProcess} from '../../source/io/process/processes.ts';
import {program, startProgram, temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {signal} from '../helpers/processes.ts';
import {context, request, setup} from '../helpers/fix.ts';

afterEach(cleanUp);

describe('the fix by command', () => {
  test('runs it without a shell and tells it the incident in its environment', async () => {
    const options = setup();
    expect(
      await definition
        .create({restart: ['sh', '-c', 'env; echo "$0"', '$HOME; *']}, options)
        .restart(request, context()),
    ).toEqual({kind: 'done', detail: 'sh done'});
    const output = readFileSync(join(options.stateDir, 'fix-output.log'), 'utf8');
    for (const line of [
      'AGENT2_TARGET=web',
      'AGENT2_CAUSE=crashed',
      'AGENT2_REASON=process_not_alive',
      'AGENT2_ATTEMPT=3',
      '$HOME; *',
    ])
      expect(output).toContain(`${line}\n`);
    expect(output).toContain('AGENT2_FAULTS=process_gone: process 7 is gone; $(touch x) `y`');
  });

  test('that fails says its exit code and its last line', async () => {
    expect(
      await definition
        .create({restart: ['sh', '-c', 'echo first; echo it is broken >&2; exit 3']}, setup())
        .restart(request, context()),
    ).toEqual({kind: 'failed', detail: 'sh exited with code 3: it is broken'});
  });

  test('that is not there says so', async () => {
    expect(
      await definition
        .create({restart: ['agent2-no-such-command']}, setup())
        .restart(request, context()),
    ).toEqual({kind: 'failed', detail: 'command not found: agent2-no-such-command'});
  });

  test('stops the old process first when the attempt before it left it running', async () => {
    const {info} = await startProgram('stubborn.mjs');
    const outcome = await definition
      .create({restart: ['true']}, {...setup(), stopTimeoutMs: 200})
      .restart({...request, process: info, stopFirst: true}, context());
    expect(outcome).toMatchObject({
      kind: 'done',
      detail: expect.stringContaining(`old process ${info.pid} stopped by SIGKILL`) as string,
    });
    expect(sameProcess(info)?.state ?? 'zombie').toBe('zombie');
  });

  test('ended at its time limit between stop and start says that the service is stopped, and how to give it longer', async () => {
    const {info, pid} = await startProgram('idle.mjs');
    const slow = ['sh', '-c', 'kill "$0"; sleep 60', String(pid)] as const;
    expect(
      await definition
        .create({restart: slow, timeoutMs: 500}, setup())
        .restart({...request, process: info}, context()),
    ).toEqual({
      kind: 'failed',
      detail: `sh did not end within 500 ms and was stopped; it had stopped process ${pid}: the service is stopped now; if it only needs longer: --restart-timeout 2m, or fix.timeout in the config; a command that keeps running belongs after --: agent2 URL -- CMD`,
    });
  });

  test('that starts a second process beside the one that still runs says so, and a reload does not', async () => {
    const own = join(temporaryDirectory(), 'own');
    const {info, pid} = await startProgram('idle.mjs', [own]);
    const restart = (line: string) =>
      definition
        .create({restart: ['sh', '-c', line]}, setup())
        .restart({...request, process: info}, context());
    const again = `"${process.execPath}" "${program('idle.mjs')}" ${own} >/dev/null 2>&1 & echo $!`;
    expect(await restart(`kill -CONT ${pid}`)).toEqual({kind: 'done', detail: 'sh done'});
    const outcome = await restart(`${again} >${own}`);
    const second = Number(readFileSync(own, 'utf8'));
    onCleanup(() => void signal(second, 'SIGKILL'));
    expect(outcome).toEqual({
      kind: 'done',
      detail: `sh done; it started process ${second} beside process ${pid}, which still runs: a restart has to stop the old one first`,
    });
  });

  test.each<readonly [string, readonly [string, ...string[]], string]>([
    ['is not there', ['./no-such-command'], 'command not found: ./no-such-command'],
    ['may not be executed', [import.meta.filename], `may not be executed: ${import.meta.filename}`],
    ['is a directory', ['/tmp'], 'command is a directory: /tmp'],
    ['has no interpreter', ['SCRIPT'], 'SCRIPT needs /no/such/python, which is not there'],
  ])('that %s stops nothing', async (_, command, said) => {
    const script = join(temporaryDirectory(), 'restart.sh');
    writeFileSync(script, '#!/no/such/python -u\n', {mode: 0o755});
    const argv = command.map(word => word.replace('SCRIPT', script)) as [string];
    for (const options of [{restart: argv}, {start: argv}]) {
      const {info} = await startProgram('idle.mjs');
      expect(
        await definition
          .create(options, setup())
          .restart({...request, process: info, stopFirst: true}, context()),
      ).toEqual({
        kind: 'failed',
        detail: expect.stringContaining(said.replace('SCRIPT', script)) as string,
      });
      expect(sameProcess(info)?.state).toBe('alive');
    }
  });

  test('whose shell found no such program stops nothing the next time, either, until it runs', async () => {
    const flag = join(temporaryDirectory(), 'flag');
    const {info} = await startProgram('idle.mjs', [flag]);
    const fix = definition.create(
      {restart: ['sh', '-c', `test -e ${flag} || no-such-command`]},
      setup(),
    );
    const again = () => fix.restart({...request, process: info, stopFirst: true}, context());
    expect(await fix.restart({...request, process: info}, context())).toMatchObject({
      kind: 'failed',
      detail: expect.stringContaining('sh exited with code 127') as string,
    });
    expect(await again()).toMatchObject({kind: 'failed'});
    expect(sameProcess(info)?.state).toBe('alive');
    writeFileSync(flag, '');
    expect(await again()).toEqual({kind: 'done', detail: 'sh done'});
    expect(sameProcess(info)?.state).toBe('alive');
    expect(await again()).toMatchObject({
      detail: expect.stringContaining(`old process ${info.pid} stopped by SIGTERM`) as string,
    });
  });
});
