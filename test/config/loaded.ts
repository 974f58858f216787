import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {loadConfig, type LoadedConfig} from '../../source/config/load.ts';
import {problemsText} from '../../source/config/problem.ts';
import {render} from '../../source/core/text/say.ts';
import {temporaryDirectory} from '../fixtures/services/start.ts';
import {fakeKinds} from './fake-kinds.ts';

interface Given {
  readonly env?: NodeJS.ProcessEnv;
  readonly directory?: string;
  readonly name?: string;
}

/** The config of a file with that text; throws what is wrong with it. */
export async function load(
  text: string,
  {env = {}, directory = temporaryDirectory(), name = 'agent2.yaml'}: Given = {},
): Promise<LoadedConfig> {
  const path = join(directory, name);
  writeFileSync(path, text);
  const loaded = await loadConfig(path, {kinds: fakeKinds(), env});
  if (loaded.kind === 'problems') throw new Error(render(problemsText(loaded)));
  return loaded;
}

/** A file with every word that there is. */
const WHOLE = `
$schema: ./agent2.schema.json
name: shop
preset: prod
stateDir: state
healBudget: 5 in 10m
defaults: {interval: 7s, timeout: 4s}
targets:
  - name: web
    url: http://user:\${env:TOKEN}@127.0.0.1:3000/health?key=1
    method: POST
    headers: {Authorization: 'Bearer \${env:TOKEN}', X-Key: {file: secrets/key}}
    body: '{}'
    status: [200, 204]
    expect: {status: ok}
    port: \${env:PORT}
    pidFile: run/web.pid
    processName: node
    preset: dev
    interval: 5s
    timeout: 2
    threshold: 3
    recovery: 2
    retries: 1
    slow: 500ms
    confirm: 1s
    settle: 0
    grace: 1m
    budget: 2 in 1h
    backoff: {base: 2s}
    observe: true
    checks:
      - tcp: 127.0.0.1:5432
      - tcp: 127.0.0.1:5433
      - name: dump
        advisory: true
        file: {path: var/dump.sql}
    fix: {use: systemd, unit: web.service, notFor: [database], stopTimeout: 20s}
    evidence: {command: [./dump.sh, now], timeout: 3s, log: log/web.log}
    dependsOn: [db]
    drill: {crash: true, hang: true, error: [./break.sh, error], mend: [curl, http://127.0.0.1:3000/mend]}
  - name: db
    port: 5432
    fix: {use: command, restart: [./restart.sh]}
  - name: worker
    fix: {use: child, command: [node, worker.js]}
`;

/** Loads it. */
export async function whole(
  env = {TOKEN: 'tops3cret', PORT: '3001'},
  directory = temporaryDirectory(),
): Promise<LoadedConfig & {readonly directory: string}> {
  mkdirSync(join(directory, 'secrets'), {recursive: true});
  writeFileSync(join(directory, 'secrets/key'), 'from a file\n');
  return {...(await load(WHOLE, {env, directory})), directory};
}
