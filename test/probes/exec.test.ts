import {existsSync} from 'node:fs';
import {createServer, type AddressInfo} from 'node:net';
import {afterEach, describe, expect, test} from 'vitest';
import {z} from 'zod';
import {definition} from '../../source/probes/exec.ts';
import {program, startProgram, temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {endProcessesNaming, processesNaming} from '../helpers/processes.ts';
import {until} from '../helpers/until.ts';
import {render} from '../../source/core/text/say.ts';

afterEach(cleanUp);

function inspect(
  options: unknown,
  {timeoutMs = 20_000, signal = new AbortController().signal} = {},
) {
  return definition
    .create(definition.options(z).parse(options), {name: 'plugin', process: () => undefined})
    .inspect({signal, timeoutMs, slowMs: 5_000});
}

const shell = (script: string) => inspect(['sh', '-c', script]);
const reading = (state: string, text: string) => ({
  checks: {plugin: expect.objectContaining({kind: 'exec', state, text})},
});

describe('a plug-in', () => {
  test('that exits with 0 is fine: its first line is the text, its numbers are metrics', async () => {
    expect(await shell('echo "DISK OK - 3326 MB | /=2643MB;5948;5958"; echo more')).toEqual({
      readings: {
        checks: {
          plugin: {
            kind: 'exec',
            state: 'ok',
            text: 'DISK OK - 3326 MB',
            metrics: [{name: '/', value: 2643, unit: 'MB'}],
          },
        },
      },
      faults: [],
    });
  });

  test('that exits with 1 warns', async () => {
    const warning = {
      probe: 'plugin',
      kind: 'exec_failed',
      code: 1,
      lastLine: 'LOAD WARNING',
      text: 'LOAD WARNING',
    };
    expect(await shell('echo "LOAD WARNING | load1=9"; exit 1')).toMatchObject({
      faults: [],
      warnings: [warning],
      readings: reading('warn', 'LOAD WARNING'),
    });
  });

  test('that exits with 2 has failed, with its first and its last line', async () => {
    const {faults, readings} = await shell(
      'echo "DISK CRITICAL | /=9MB"; echo "/ is full | x=1"; echo y=2; exit 2',
    );
    expect(faults).toEqual([
      {probe: 'plugin', kind: 'exec_failed', code: 2, lastLine: '/ is full', text: 'DISK CRITICAL'},
    ]);
    expect(readings.checks?.plugin).toMatchObject({
      state: 'failed',
      metrics: [
        {name: '/', value: 9},
        {name: 'x', value: 1},
        {name: 'y', value: 2},
      ],
    });
  });

  test.each([3, 126, 127])(
    'that exits with %i does not know: that is not held against the service',
    async code => {
      expect(await shell(`echo "UNKNOWN - no such host"; exit ${code}`)).toMatchObject({
        faults: [],
        warnings: [{kind: 'check_unknown', text: 'UNKNOWN - no such host'}],
        readings: reading('unknown', 'UNKNOWN - no such host'),
      });
    },
  );

  test('that is any other program and exits with something else has failed', async () => {
    expect((await shell('exit 9')).faults).toEqual([
      {probe: 'plugin', kind: 'exec_failed', code: 9, lastLine: '', text: 'sh exited with code 9'},
    ]);
    expect((await shell('echo "cannot open" >&2; exit 4')).faults).toMatchObject([
      {code: 4, lastLine: 'cannot open', text: 'cannot open'},
    ]);
  });

  test('that cannot be started does not know', async () => {
    expect(await inspect(['/no/such/plugin'])).toMatchObject({
      faults: [],
      warnings: [{kind: 'check_unknown', text: 'command not found: /no/such/plugin'}],
    });
  });

  test('that a signal ends has failed', async () => {
    expect((await shell('echo half; kill -SEGV $$')).faults).toMatchObject([
      {kind: 'exec_failed', lastLine: 'half', text: 'sh was ended by SIGSEGV: half'},
    ]);
  });

  test('that takes too long has failed, and is ended with its group', async () => {
    const directory = temporaryDirectory();
    const command = [
      'sh',
      '-c',
      `echo waiting; ${process.execPath} ${program('idle.mjs')} ${directory} & wait`,
    ];
    // On a busy machine it may not have come to its first word by then.
    const faults = await until('it said something', async () => {
      const {faults} = await inspect({command, timeout: '300ms'});
      return render(faults[0]?.text ?? '').includes(': ') && faults;
    });
    expect(faults).toMatchObject([
      {
        kind: 'exec_failed',
        text: expect.stringMatching(/^sh did not end within 300 ms: (waiting|ready)/),
      },
    ]);
    expect(processesNaming(directory)).toEqual([]);
  });

  test('never takes longer than its target allows', async () => {
    expect(
      (await inspect({command: ['sleep', '60'], timeout: '50s'}, {timeoutMs: 100})).faults,
    ).toMatchObject([{text: 'sleep did not end within 100 ms'}]);
  });

  test('that is aborted is ended with its group, and rejects with the reason', async () => {
    const directory = temporaryDirectory();
    const controller = new AbortController();
    const pending = inspect([process.execPath, program('idle.mjs'), directory], {
      signal: controller.signal,
      timeoutMs: 20_000,
    });
    await until('it runs', () => processesNaming(directory).length === 1);
    controller.abort(new Error('enough'));
    await expect(pending).rejects.toThrow('enough');
    expect(processesNaming(directory)).toEqual([]);
  });

  test('that says a lot is read to 64 KiB, and what it says is no harm', async () => {
    const {readings} = await shell(
      'head -c 1000000 /dev/zero | tr "\\0" x; printf "\\033]0;title\\007"; exit 0',
    );
    expect(readings.checks?.plugin?.text).toMatch(/^x{199}…$/);
  });

  test('that leaves something behind which holds its output is not waited for, and what it left is ended: the next check would leave one more', async () => {
    const directory = temporaryDirectory();
    onCleanup(() => endProcessesNaming(directory));
    const startedAt = performance.now();
    const {readings} = await shell(
      `${process.execPath} ${program('idle.mjs')} ${directory} & echo started`,
    );
    expect(readings).toEqual(reading('ok', 'started'));
    expect(processesNaming(directory)).toEqual([]);
    expect(performance.now() - startedAt).toBeLessThan(19_000);
  });

  test('sees no shell, and runs where it is told', async () => {
    const directory = temporaryDirectory();
    const {readings} = await inspect({
      command: [process.execPath, '-p', 'process.cwd() + process.argv[1]', '$(id) *'],
      cwd: directory,
    });
    expect(readings.checks?.plugin?.text).toBe(`${directory}$(id) *`);
  });
});

describe('a plug-in of monitoring-plugins', () => {
  const plugin = (name: string) => `/usr/lib/nagios/plugins/${name}`;

  test('check_http looks at a service', async ctx => {
    if (!existsSync(plugin('check_http')))
      ctx.skip('check_http is not installed (monitoring-plugins-basic)');
    const port = (await startProgram('answers.mjs')).line;
    const ask = (path: string) =>
      inspect([plugin('check_http'), '-H', '127.0.0.1', '-p', port, '-u', path]);
    const good = await ask('/ok');
    expect(good).toMatchObject({
      faults: [],
      readings: reading(
        'ok',
        expect.stringMatching(/^HTTP OK: HTTP\/1\.1 200 OK/) as unknown as string,
      ),
    });
    expect(good.readings.checks?.plugin?.metrics).toEqual([
      {name: 'time', value: expect.any(Number), unit: 's'},
      {name: 'size', value: expect.any(Number), unit: 'B'},
    ]);
    expect((await ask('/500')).faults).toMatchObject([
      {kind: 'exec_failed', code: 2, text: expect.stringMatching(/^HTTP CRITICAL: HTTP\/1\.1 500/)},
    ]);
  });

  test('check_tcp looks at a port', async ctx => {
    if (!existsSync(plugin('check_tcp')))
      ctx.skip('check_tcp is not installed (monitoring-plugins-basic)');
    const server = createServer(socket => void socket.on('error', () => undefined).end());
    onCleanup(() => void server.close());
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const {port} = server.address() as AddressInfo;
    expect(await inspect([plugin('check_tcp'), '-H', '127.0.0.1', '-p', port])).toMatchObject({
      faults: [],
      readings: {checks: {plugin: {state: 'ok', metrics: [{name: 'time', unit: 's'}]}}},
    });
    expect(await inspect([plugin('check_tcp'), '-H', '127.0.0.1', '-p', 1])).toMatchObject({
      faults: [{kind: 'exec_failed', code: 2, text: expect.stringContaining('refused')}],
    });
  });

  test('check_disk looks at a disk', async ctx => {
    if (!existsSync(plugin('check_disk')))
      ctx.skip('check_disk is not installed (monitoring-plugins-basic)');
    const ask = (critical: string) =>
      inspect([plugin('check_disk'), '-w', critical, '-c', critical, '-p', '/']);
    expect(await ask('0%')).toMatchObject({
      faults: [],
      readings: {checks: {plugin: {state: 'ok', metrics: [{name: '/'}]}}},
    });
    expect((await ask('100%')).faults).toMatchObject([
      {kind: 'exec_failed', code: 2, text: expect.stringMatching(/^DISK CRITICAL/)},
    ]);
  });
});
