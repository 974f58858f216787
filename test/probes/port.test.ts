import {afterEach, describe, expect, test} from 'vitest';
import {createPortProbe} from '../../source/probes/port.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {signal} from '../helpers/processes.ts';
import {until} from '../helpers/until.ts';
import {startProgram} from '../fixtures/services/start.ts';

afterEach(cleanUp);

const context = {signal: new AbortController().signal, timeoutMs: 2_000, slowMs: 1_000};

describe('the port probe', () => {
  test('is content with a port that the service listens on, and names it', async () => {
    const {pid, line} = await startProgram('answers.mjs');
    const probe = createPortProbe({host: '127.0.0.1', port: Number(line), local: true, owns: other => other === pid});
    expect(await probe.look(context)).toEqual({readings: {port: {port: Number(line), listening: true, owner: {pid, command: expect.stringContaining('answers.mjs'), ours: true}}}, faults: []});
  });

  test('finds a closed port', async () => {
    const probe = createPortProbe({host: '127.0.0.1', port: 1, local: true, owns: () => true});
    expect(await probe.look(context)).toEqual({
      readings: {port: {port: 1, listening: false}},
      faults: [{probe: 'port', kind: 'port_closed', text: 'nothing listens on port 1 (connection refused by 127.0.0.1:1)'}],
    });
    expect(await probe.readOwner()).toEqual({port: 1, listening: false});
  });

  test('finds a stranger on the port and names it', async () => {
    const {pid, line} = await startProgram('answers.mjs');
    const probe = createPortProbe({host: '127.0.0.1', port: Number(line), local: true, owns: () => false, processName: 'python'});
    const {faults} = await probe.look(context);
    expect(faults).toEqual([{probe: 'port', kind: 'port_foreign', port: Number(line), pid, command: expect.stringContaining('answers.mjs'), text: expect.stringMatching(new RegExp(`^port ${line} is held by process ${pid} \\(.*answers.mjs.*\\), which is not ours$`))}]);
    expect((await probe.readOwner()).owner).toMatchObject({pid, ours: false});
  });

  test('takes a process by the configured name for ours', async () => {
    const {line} = await startProgram('answers.mjs');
    const probe = createPortProbe({host: '127.0.0.1', port: Number(line), local: true, owns: () => false, processName: 'ANSWERS'});
    expect((await probe.look(context)).faults).toEqual([]);
  });

  test('asks who listens after the port was closed, and otherwise only connects', async () => {
    const first = await startProgram('answers.mjs');
    const port = Number(first.line);
    const probe = createPortProbe({host: '127.0.0.1', port, local: true, owns: pid => pid === first.pid});
    await probe.look(context);
    expect((await probe.look(context)).readings.port).toEqual({port, listening: true});
    signal(first.pid, 'SIGKILL');
    await until('closed', async () => (await probe.look(context)).faults[0]?.kind === 'port_closed');
    await startProgram('answers.mjs', [String(port)]);
    expect((await probe.look(context)).faults[0]?.kind).toBe('port_foreign');
  });

  test('of another host does not look for owners here', async () => {
    const {line} = await startProgram('answers.mjs');
    const probe = createPortProbe({host: '127.0.0.1', port: Number(line), local: false, owns: () => false});
    expect(await probe.look(context)).toEqual({readings: {port: {port: Number(line), listening: true}}, faults: []});
    expect(await probe.readOwner()).toEqual({port: Number(line), listening: true});
  });
});
