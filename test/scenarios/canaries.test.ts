import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import {request} from 'node:http';
import {join, relative} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {program as fixture} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {makeHome, type Home} from '../helpers/home.ts';
import {freePort} from '../helpers/port.ts';
import {agent2, startAgent2} from '../helpers/program.ts';
import {until} from '../helpers/until.ts';

afterEach(cleanUp);

/** Every secret below begins and ends with this word, and none may ever be seen, in whichever form. */
const CANARY = /CANARY\w*/g;

/** Read without the code under test: as it is, and as JSON, addresses, HTML and base64 say it. */
function readings(text: string): readonly string[] {
  const escapes = text
    .replace(/\\+u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
  const coded = (text.match(/[\w+/-]{12,}/g) ?? []).flatMap(word =>
    [0, 1, 2, 3].map(skip => Buffer.from(word.slice(skip), 'base64').toString('latin1')),
  );
  return [text, escapes, coded.join('\n')];
}

/** The text of every file below a directory but the own output of a child. */
function filesBelow(directory: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(directory, {withFileTypes: true, recursive: true})
      .filter(entry => entry.isFile() && !entry.name.startsWith('service.log'))
      .map(entry => {
        const path = join(entry.parentPath, entry.name);
        return [relative(directory, path), readFileSync(path, 'utf8')] as const;
      }),
  );
}

test('no secret of a config, a service or a command is ever shown, logged, kept or sent', async () => {
  const home = makeHome();
  const port = await freePort();
  const config = prepare(home, port);
  const env = {
    ...home.env,
    TOKEN: 'CANARYenv  token   with CANARYspaces',
    KEY: `CANARYenv"key'CANARYquotes`,
    ARG: 'CANARYenv\targ  CANARYtab',
    MY_API_TOKEN: 'CANARYinherited/CANARYend',
  };
  const seen: Record<string, string> = {};

  const monitor = startAgent2(['run', '--config', config, '--log-level', 'debug', '--record'], {
    env,
    cwd: home.path,
  });
  const state = (name: string) => join(home.stateDir, name);
  const read = (name: string) => (existsSync(state(name)) ? readFileSync(state(name), 'utf8') : '');
  // Each way to fail was seen, evidence was gathered, and each kind of fix has had its turn.
  const told = [
    /status 500/,
    /redirects to/,
    /is not JSON/,
    /plugin: /,
    /restart\.sh exited with code 1/,
    /signal_created|restart_signal/,
    /fixes/,
  ];
  await until(
    'all of it happened',
    () =>
      told.every(text => text.test(read('agent2.log') + read('agent2_status.json'))) &&
      /"label":"command"/.test(read('run/memory.json')),
    {deadlineMs: 60_000, describe: () => read('agent2.log')},
  );
  await until('the signal', () => read('restart_signal') !== '');
  seen['restart_signal'] = read('restart_signal');
  const show = async (place: string, ...args: readonly string[]) => {
    const {stdout, stderr} = await agent2(args, {env, timeoutMs: 60_000});
    seen[place] = stdout + stderr;
  };
  await Promise.all([
    firstEvents(state('run/agent2.sock')).then(text => (seen['attached screens'] = text)),
    show('drill', 'drill', 'crash', 'web', '--within', '1s'),
    show('check', 'check', '--config', config),
    show('check --json', 'check', '--config', config, '--json'),
    show(
      'check of a url',
      'check',
      `http://bob:CANARYcli1@127.0.0.1:${port}/hooks/CANARYcli2?token=CANARYcli3`,
      '--expect',
      'status=ok',
    ),
    show('config show', 'config', 'show', config),
    show('config show --json', 'config', 'show', config, '--json'),
    show('config check', 'config', 'check', config),
    show(
      'a child that does not start',
      'run',
      `http://127.0.0.1:${port}/`,
      '--state-dir',
      join(home.path, 'other'),
      '--',
      '/no/such/program',
      '--token',
      'CANARYcli4',
    ),
  ]);
  await Promise.all([
    show('status', 'status'),
    show('status --json', 'status', '--json'),
    show('doctor', 'doctor', '--config', config),
    show(
      'service print',
      'service',
      'print',
      'systemd',
      `http://bob:CANARYunit1@127.0.0.1:${port}/`,
    ),
    show('service print launchd', 'service', 'print', 'launchd', `http://bob:CANARYunit2@h/`),
  ]);
  const fixOutput = join(home.stateDir, 'targets/web/fix-output.log');
  expect(readFileSync(fixOutput, 'utf8')).toContain('cannot log in with');
  for (const name of ['targets/web/fix-output.log', 'record.jsonl'])
    expect((statSync(state(name)).mode & 0o777).toString(8), name).toBe('600');
  const {stdout, stderr} = await monitor.stop();
  seen['stdout and stderr of run'] = stdout + stderr;
  const kept = filesBelow(home.stateDir);
  expect(Object.keys(kept)).toEqual(
    expect.arrayContaining(['agent2.log', 'agent2_status.json', 'run/memory.json', 'record.jsonl']),
  );
  for (const [name, text] of Object.entries(kept)) if (text !== '') seen[name] = text;
  const again = startAgent2(
    ['run', '--config', config, '--log-level', 'debug', '--log-format', 'json'],
    {env, cwd: home.path},
  );
  await Promise.all([
    again.waitForLine(/"level":"(warning|error)","logger":"agent2","target":"web"/),
    show('backtest', 'backtest', state('record.jsonl')),
    show('logs', 'logs', '-n', 'all'),
  ]);
  seen['json of run'] = (await again.stop()).stdout;
  expect(JSON.parse(seen['json of run'].split('\n')[0] ?? '')).toEqual({
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+\+00:00$/) as unknown,
    level: expect.stringMatching(/^(debug|info|warning|error)$/) as unknown,
    logger: 'agent2',
    target: expect.any(String) as unknown,
    kind: expect.any(String) as unknown,
    message: expect.any(String) as unknown,
  });

  const leaks = Object.entries(seen).flatMap(([place, text]) =>
    readings(text).flatMap(reading =>
      [...new Set(reading.match(CANARY) ?? [])].map(
        word => `${place}: ${word}: ${context(reading, word)}`,
      ),
    ),
  );
  expect(leaks).toEqual([]);
  for (const [place, text] of Object.entries(seen)) expect(text, place).not.toBe('');
  expect(Object.values(seen).join('')).toContain('***');
}, 150_000);

function context(text: string, word: string): string {
  const at = text.indexOf(word);
  return text.slice(Math.max(0, at - 80), at + 60);
}

function prepare({path, stateDir}: Home, port: number): string {
  mkdirSync(join(path, 'secrets'));
  writeFileSync(join(path, 'secrets/key'), 'CANARYfile/key/CANARYslashes\n');
  const script = (name: string, lines: string) => {
    writeFileSync(join(path, name), `#!/bin/sh\n${lines}\n`);
    chmodSync(join(path, name), 0o755);
  };
  script(
    'restart.sh',
    'printf "cannot log in with %s and %s, inherited %s\\n" "$1" "$3" "$MY_API_TOKEN" >&2; exit 1',
  );
  script(
    'evidence.sh',
    'echo "Authorization: Bearer CANARYevidence1"; echo "said $1"; echo "http://x:CANARYevidence2@y/?z=CANARYevidence3"',
  );
  script('plugin.sh', 'echo "CRITICAL: $1 was refused, Cookie: sid=CANARYplugin1"; exit 2');
  script('break.sh', 'echo "no way with $1" >&2; exit 3');
  const url = `http://CANARYuser:CANARYpass@127.0.0.1:${port}/webhook/CANARYhook1?access_token=CANARYquery1`;
  const file = join(path, 'agent2.yaml');
  const timings =
    'interval: 200ms\n    confirm: 100ms\n    threshold: 1\n    grace: 300ms\n    settle: 0\n    backoff: {base: 100ms, cap: 100ms}\n    budget: 100 in 1m';
  writeFileSync(
    file,
    `preset: dev
# One target of each kind of fix fails, and each fix is to have its turn.
brake: false
targets:
  - name: web
    url: ${url}
    ${timings}
    headers: {Authorization: 'Bearer \${env:TOKEN}', X-Api-Key: {file: secrets/key}, Cookie: 'sid=CANARYcookie'}
    expect: {status: ok}
    checks:
      - name: plugin
        exec: ['${path}/plugin.sh', '\${env:ARG}', --token, CANARYexec1]
    evidence: {command: ['${path}/evidence.sh', '\${env:KEY}'], timeout: 2s, log: '${stateDir}/targets/child/service.log'}
    fix: {use: command, restart: ['${path}/restart.sh', '\${env:KEY}', --password, CANARYrestart1]}
    drill: {error: ['${path}/break.sh', CANARYnotasecret]}
  - name: calm
    url: http://127.0.0.1:${port}/
    ${timings}
    observe: true
    expect: {status: ok}
  - name: signalled
    url: ${url}
    ${timings}
    expect: {status: ok}
    fix: {use: signal}
  - name: child
    ${timings}
    port: ${port}
    fix: {use: child, command: ['${process.execPath}', '${fixture('leaky.mjs')}', '${port}', --token, CANARYchild1, '\${env:KEY}']}
`.replace(/CANARYnotasecret/, '--api-key, CANARYbreak1'),
  );
  return file;
}

/** All that a screen is given to show. */
function firstEvents(socketPath: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({socketPath, path: '/v1/attach', headers: {host: 'agent2'}}, response => {
      let text = '';
      response.setEncoding('utf8').on('data', chunk => {
        text += chunk;
        if (!/event: state\ndata: .*\n\n[^]*event: delta/.test(text)) return;
        asked.destroy();
        resolve(text);
      });
    });
    asked.on('error', reject);
    asked.end();
  });
}
