import {createServer as createHttp, type Server as HttpServer} from 'node:http';
import {createServer, type Server, type Socket} from 'node:net';
import {once} from 'node:events';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {EXIT, UsageError} from '../../source/contracts/command.ts';
import {askForAnswer, askMonitor, type Request} from '../../source/instances/ask.ts';
import {socketName} from '../../source/io/socket/socket-path.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {collector} from '../helpers/command.ts';
import {makePlaces, type Places} from './places.ts';

let places: Places;
let web: string;

beforeEach(async () => {
  places = await makePlaces();
  web = places.running('web', ['web']);
});
afterEach(cleanUp);

/** What is printed and the exit code, or what is said instead. */
async function asked(more: Partial<Request> = {}) {
  const {stream: out, text} = collector();
  try {
    const code = await askMonitor({
      what: 'pause',
      body: {},
      selector: {},
      json: false,
      out,
      ...more,
    });
    return {code, text: text()};
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return {code: error.exitCode, text: error.message};
  }
}

async function listen(server: Server | HttpServer): Promise<void> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => undefined)));
  onCleanup(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  await once(server.listen(socketName(web)), 'listening');
}

/** A monitor that answers every question so; `bodies` are those that it is sent. */
async function answers(status: number, answer: string) {
  const says = {status, answer};
  const bodies: unknown[] = [];
  await listen(
    createHttp((request, response) => {
      let body = '';
      request.on('data', part => (body += String(part)));
      request.on('end', () => {
        if (request.method === 'POST') bodies.push(JSON.parse(body));
        response.writeHead(says.status).end(says.answer);
      });
    }),
  );
  return {bodies, says};
}

test('an accepted request prints its answer and exits with 0', async () => {
  await answers(200, '{"ok":true,"message":"web: paused"}');
  expect(await asked()).toEqual({code: EXIT.done, text: 'web: paused\n'});
});

test('a refusal has the exit code of wrong usage for a wrong request, else of a failure', async () => {
  const no = '{"ok":false,"message":"no such target"}';
  const {says} = await answers(500, no);
  for (const [status, code] of [
    [404, EXIT.usage],
    [400, EXIT.usage],
    [409, EXIT.failed],
    [502, EXIT.failed],
  ] as const) {
    says.status = status;
    expect(await asked()).toEqual({code, text: 'no such target'});
    const json = await asked({json: true});
    expect([json.code, JSON.parse(json.text)]).toEqual([code, JSON.parse(no)]);
  }
});

test('the name of a target selects that target alone, the name of a directory all of its targets', async () => {
  const {bodies} = await answers(200, '{"ok":true,"message":"done"}');
  await asked({selector: {name: 'web'}});
  places.running('web', ['db', 'queue']);
  await asked({selector: {name: 'web'}, body: {for: '30m'}});
  await asked({selector: {name: 'db'}, body: {target: 'queue'}});
  expect(bodies).toEqual([{target: 'web'}, {for: '30m'}, {target: 'queue'}]);
});

test('a monitor that accepts a request and does not answer is late, and the outcome is left open', async () => {
  await listen(createServer());
  expect(await asked({deadlineMs: 200})).toEqual({
    code: EXIT.failed,
    text: `the agent2 that runs in ${web} has not answered within 0.2 s; what was asked for may still be done`,
  });
  const json = await asked({deadlineMs: 200, json: true});
  expect(json.code).toBe(EXIT.failed);
  expect(JSON.parse(json.text)).toMatchObject({ok: false});
});

test('a monitor with another protocol is another version', async () => {
  await answers(200, '{"done":1}');
  expect(await asked()).toMatchObject({
    code: EXIT.failed,
    text: expect.stringContaining('is another version') as string,
  });
  await expect(askForAnswer(web, 'pause', {})).rejects.toThrow('is another version');
});

test('a monitor that gets its socket a moment later answers', async () => {
  const answer = asked();
  await answers(200, '{"ok":true,"message":"up by now"}');
  expect(await answer).toEqual({code: EXIT.done, text: 'up by now\n'});
});

test('the wait for a socket has a limit', async () => {
  expect(await asked()).toMatchObject({
    code: EXIT.failed,
    text: expect.stringContaining(`${web} has no control socket`) as string,
  });
});

test('an aborted request prints nothing', async () => {
  await listen(createServer());
  const controller = new AbortController();
  const answer = asked({signal: controller.signal});
  controller.abort();
  expect(await answer).toEqual({code: EXIT.interrupted, text: ''});
});
