import {writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {once} from 'node:events';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {makeHome, type Home} from '../helpers/home.ts';
import {agent2, startAgent2} from '../helpers/program.ts';
import {cli} from '../helpers/root.ts';
import {readStatus} from '../helpers/status.ts';
import {openTerminal} from '../helpers/terminal.ts';
import {until} from '../helpers/until.ts';

afterEach(cleanUp);

const HAN = /\p{Script=Han}|[，。；：（）、]/u;

/** A monitor with services that fail in many ways, whose first fix has failed. */
async function failing(lang: 'en' | 'zh'): Promise<Home> {
  const home = makeHome();
  const server = createServer(({url}, response) => {
    response.statusCode = url === '/error' ? 503 : 200;
    response.end(url === '/field' ? '{"status":"degraded"}' : '{"status":"ok"}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onCleanup(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const config = join(home.path, 'agent2.yaml');
  writeFileSync(
    config,
    `preset: low-latency
defaults: {grace: 0s}
targets:
  - name: web
    url: ${url}/error
    fix: {use: command, restart: [sh, -c, 'echo boom; exit 3']}
    checks:
      - {exec: [sh, -c, 'echo CRITICAL; exit 2'], advisory: true}
      - {disk: {path: /, free: 99.9%}, advisory: true}
      - {file: /nothing/there, advisory: true}
      - {tcp: '127.0.0.1:9', advisory: true}
  - {name: gone, url: 'http://127.0.0.1:9/', pidFile: ${join(home.path, 'gone.pid')}, fix: none}
  - {name: field, url: ${url}/field, expect: {status: ok}, dependsOn: [web], fix: {use: command, restart: ['true']}}
  - {name: fine, url: ${url}/ok, fix: none}
`,
  );
  startAgent2(['run', '--config', config, '--lang', lang], {env: home.env});
  await until('a fix has failed, and all that fails is down', () => {
    const targets = readStatus(home)?.targets ?? [];
    return (
      targets.some(({fixes}) => fixes.some(({result}) => result === 'failed')) &&
      targets.filter(({health_status}) => health_status === 'down').length === 3
    );
  });
  return home;
}

describe.each([
  ['an English monitor that is asked in Chinese', 'en', 'zh'],
  ['a Chinese monitor that is asked in English', 'zh', 'en'],
] as const)('%s', (_, of, by) => {
  test('answers so in every command; its log stays as it is', async () => {
    const home = await failing(of);
    const ask = async (...words: readonly string[]) => {
      const {stdout, stderr} = await agent2([...words, '--lang', by], {env: home.env});
      return `${stdout}${stderr}`;
    };
    const answers = [
      await ask('status'),
      await ask('doctor'),
      await ask('restart', 'web'),
      await ask('restart', 'gone'),
      await ask('pause', 'fine', '--for', '5m'),
      await ask('resume', 'fine'),
      await ask('preset', 'prd'),
      await ask('restart', 'wbe'),
      await ask('drill', 'hang', 'web'),
      await ask('maintain'),
    ];
    for (const answer of answers) expect(foreign(answer, by)).toEqual([]);
    for (const words of [
      ['status', '--json'],
      ['pause', 'fine', '--json'],
      ['doctor', '--json'],
    ])
      expect(foreign(sentencesIn(JSON.parse(await ask(...words))).join('\n'), by)).toEqual([]);
    const log = await ask('logs', '--level', 'error');
    expect(HAN.test(log)).toBe(of === 'zh');
  });

  test('is shown so by a screen that is attached to it', async () => {
    const home = await failing(of);
    const terminal = openTerminal({
      argv: [cli, '--lang', by],
      env: home.env,
      cols: 160,
      rows: 50,
    });
    // The key bar is painted last.
    const first = (screen: string) => /boom[^]*\? (help|帮助)/.test(screen);
    const seen = [await terminal.waitFor(first)];
    for (const key of ['w', 'i', '?']) {
      terminal.type(key);
      seen.push(await terminal.waitFor(/Esc (back|返回)/));
      terminal.type('\u001b');
      await terminal.waitFor(first);
    }
    for (const screen of seen) expect(foreign(screen, by)).toEqual([]);
  });
});

/** The lines in the other language: in English those with a Chinese sign, in Chinese those with English words in a row that nobody has to type. */
function foreign(text: string, by: 'en' | 'zh'): readonly string[] {
  const lines = text.replace(QUOTED, '').split('\n');
  return by === 'en'
    ? lines.filter(line => HAN.test(line))
    : lines.filter(line => /[A-Za-z]{2,}(?:[;:]? [a-z]{2,})+/.test(line.replace(TYPED, '')));
}

/** Lines of the log in a report of the doctor, which says that it quotes them. */
const QUOTED = /(?<=as logged:|日志原文）：)(?:\n {2,}(?!try|请执行).*)+/g;

/** Commands, names, and words of the contract. */
const TYPED =
  /agent2 \w+.*|drill: \{.*?\}|sh -c .*|--conditions.*|restart: sh|fix: none|fix: \{use: systemd,|unit: web\}|no effect/g;

/** Every text for people in a document, but for the data beside it and the words of the contract. */
function sentencesIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    key.endsWith('_data') || key === 'issue' ? [] : sentencesIn(item),
  );
}
