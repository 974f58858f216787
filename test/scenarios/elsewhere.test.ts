import {existsSync, readdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {isAlive, signal} from '../helpers/processes.ts';
import {agent2 as runAgent2, startAgent2} from '../helpers/program.ts';
import {until} from '../helpers/until.ts';

afterEach(cleanUp);

const URL = 'http://127.0.0.1:9/';

/** A home in which nobody said by the environment where anything is. */
function makePlace() {
  const home = makeHome();
  const {AGENT2_STATE_DIR: _, ...env} = home.env;
  const at = (name: string) => join(home.path, name);
  const statusIn = (name: string) =>
    existsSync(join(at(name), 'agent2_status.json'))
      ? readFileSync(join(at(name), 'agent2_status.json'), 'utf8')
      : '';
  return {
    env,
    at,
    agent2: async (...words: string[]) => {
      const {code, stdout, stderr} = await runAgent2(words, {env});
      return [code, `${stdout}${stderr}`] as const;
    },
    pointers: () =>
      readdirSync(at('.local/state/agent2/.elsewhere')).map(name =>
        readFileSync(at(`.local/state/agent2/.elsewhere/${name}`), 'utf8'),
      ),
    run: (words: readonly string[]) =>
      startAgent2(['run', '--preset', 'low-latency', ...words], {env}),
    pidIn: (name: string) => Number(readFileSync(join(at(name), 'agent2.pid'), 'utf8')),
    statusIn,
    checkedIn: (name: string) =>
      until(`${name} has its first status`, () => statusIn(name) !== '', {deadlineMs: 20_000}),
  };
}

const saying = (text: string | RegExp) => expect.stringMatching(text) as string;

test('a monitor with a place of its own is found without a word, when it runs and when it was killed', async () => {
  const {agent2, at, pidIn, pointers} = makePlace();
  const started = await agent2(
    'start',
    URL,
    '--name',
    'web',
    '--preset',
    'low-latency',
    '--restart',
    'true',
    '--observe',
    '--state-dir',
    at('x'),
  );
  const pid = pidIn('x');
  expect(started).toEqual([0, saying(`pid ${pid}; agent2 status shows it, agent2 stop ends it\n`)]);
  expect(pointers()).toEqual([`${at('x')}\n`]);
  const status = await agent2('status');
  const [named, restart, logs] = await Promise.all([
    agent2('pause', '--name', 'web'),
    agent2('restart', '--no-wait'),
    agent2('logs'),
  ]);
  expect(status).toEqual([2, saying(new RegExp(`pid ${pid}[^]*state in ${at('x')}[^]*web +down`))]);
  expect(named).toEqual([0, saying('web: paused')]);
  expect(restart[1]).not.toMatch(/no agent2 is running|several/);
  expect(restart[1]).toContain('web');
  expect(logs).toEqual([0, saying('web')]);

  signal(pid, 'SIGKILL');
  await until('it is gone', () => !isAlive(pid));
  const [killed, nothing, doctor] = await Promise.all([
    agent2('status'),
    agent2('stop'),
    agent2('doctor'),
  ]);
  expect(killed).toEqual([
    3,
    saying(new RegExp(`is not running\nstate in ${at('x')}\nit was killed`)),
  ]);
  expect(nothing).toEqual([0, 'no agent2 is running: there is nothing to stop\n']);
  expect(doctor).toEqual([
    2,
    saying(`agent2 start ${URL} --name web --restart CMD --state-dir ${at('x')}`),
  ]);
});

test('of several each is told by a name, as it is called after a reload, else by its place; --all are all', async () => {
  const {agent2, at, env, pidIn, pointers, run, checkedIn} = makePlace();
  const config = at('agent2.json');
  const write = (...names: string[]) => {
    writeFileSync(
      `${config}.new`,
      JSON.stringify({stateDir: at('conf'), targets: names.map(name => ({name, url: URL}))}),
    );
    renameSync(`${config}.new`, config);
  };
  write('db');
  const elsewhere = JSON.stringify({
    stateDir: at('other'),
    targets: [
      {name: 'cache', url: URL},
      {name: 'web', url: URL},
    ],
  });
  const [byConfig, x, y] = [
    run(['--config', config]),
    run([URL, '--name', 'web', '--state-dir', at('x')]),
    run([URL, '--name', 'api']),
  ];
  for (const name of ['conf', 'x', '.local/state/agent2/api']) await checkedIn(name);
  await until('both pointers are there', () => pointers().length === 2, {deadlineMs: 20_000});
  const [all, which] = await Promise.all([agent2('status', '--json'), agent2('pause')]);
  expect(
    (JSON.parse(all[1]) as {monitors: {pid: number}[]}).monitors.map(monitor => monitor.pid),
  ).toEqual([y.pid, byConfig.pid, x.pid]);
  expect(which).toEqual([
    64,
    saying(/several agent2 are running: .*; name one, e\.g\. agent2 pause --name api\n$/),
  ]);

  write('cache', 'web');
  const card = () => readFileSync(join(at('conf'), 'run', `monitor.${byConfig.pid}.json`), 'utf8');
  await until('the card says what is watched now', () =>
    card().includes('"targets":["cache","web"]'),
  );
  const [gone, renamed, twice, start] = await Promise.all([
    agent2('pause', '--name', 'db'),
    agent2('pause', '--name', 'cache'),
    agent2('stop', '--name', 'web'),
    runAgent2(['start', URL, '--state-dir', at('conf')], {env}),
  ]);
  expect(gone).toEqual([
    64,
    saying("there is no monitor or target 'db'; running: api, cache, web"),
  ]);
  expect(renamed).toEqual([0, saying(/^cache: paused/)]);
  expect(twice).toEqual([
    64,
    saying(
      `there are several: .*; name one, e\\.g\\. agent2 stop --state-dir ${at('conf')}, or stop all`,
    ),
  ]);
  expect(start).toMatchObject({
    code: 1,
    stderr: saying(`another agent2, pid ${pidIn('conf')} \\(watching cache, web\\), already uses`),
  });

  writeFileSync(config, elsewhere);
  await byConfig.waitForLine(
    `the config file now names the state directory ${at('other')}; agent2 uses it from the next start`,
  );

  const stopped = await agent2('stop', '--all');
  expect(stopped[0]).toBe(0);
  for (const {pid} of [byConfig, x, y]) expect(stopped[1]).toContain(`pid ${pid}, has stopped`);
  expect(await agent2('status')).toEqual([
    3,
    saying(new RegExp(`(is not running\nstate in [^]*){3}`)),
  ]);
});

test('a state home that cannot be written costs only the pointer, and that is said', async () => {
  const {agent2, at, run, statusIn} = makePlace();
  writeFileSync(at('.local'), 'a file');
  const monitor = run([URL, '--name', 'web', '--state-dir', at('x')]);
  await monitor.waitForLine(`commands find this agent2 only with --state-dir ${at('x')}: `, {
    deadlineMs: 20_000,
  });
  await until('its status is told', () => /"health_status":\s*"down"/.test(statusIn('x')));
  const [status, told] = await Promise.all([
    agent2('status'),
    agent2('status', '--state-dir', at('x')),
  ]);
  expect([status[0], told[0]]).toEqual([3, 2]);
  expect(monitor.stdout().match(/only with --state-dir/g)).toHaveLength(1);
});
