import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, describe, expect, test, vi} from 'vitest';
import {startProgram} from '../../fixtures/services/start.ts';
import {diagnosed, lookedAgain, openScene, restarted, statusSays} from '../../helpers/cause.ts';
import {hasOpenssl, makeCertificate} from '../../helpers/tls/certificates.ts';
import {cleanUp} from '../../helpers/cleanup.ts';
import {isAlive, signal} from '../../helpers/processes.ts';

// Many at once, on a machine that may be busy.
vi.setConfig({testTimeout: 180_000});
afterAll(cleanUp);

describe('a port', () => {
  test.concurrent('that nothing listens on any more is a reason to restart', async () => {
    const scene = openScene();
    const {pid, line: port} = await startProgram('answers.mjs', ['0', 'closes', scene.pidFile]);
    const agent2 = await scene.watch([
      '--port',
      port,
      ...scene.healedBy('answers.mjs', port, '', scene.pidFile),
    ]);
    signal(pid, 'SIGUSR2');
    await diagnosed(scene, agent2, {
      cause: 'not_listening',
      fault: 'port_closed',
      sentence: /nothing listens on port \d+ \(connection refused by 127\.0\.0\.1:\d+\)/,
    });
    await restarted(scene, agent2, 'not_listening', pid);
  });

  test.concurrent('whose queue of connections is full means that the service hangs', async () => {
    const scene = openScene();
    const {pid, line: port} = await startProgram('queue.mjs', ['0', scene.pidFile]);
    const agent2 = await scene.watch([
      '--port',
      port,
      ...scene.healedBy('queue.mjs', port, scene.pidFile),
    ]);
    signal(pid, 'SIGUSR2');
    await diagnosed(scene, agent2, {
      cause: 'hung',
      fault: 'connect_timeout',
      sentence: /no connection to 127\.0\.0\.1:\d+ within 1\.5 s/,
    });
    await restarted(scene, agent2, 'hung', pid);
  });

  test.concurrent(
    'that a stranger holds is a reason to hold: the stranger is named and left alone',
    async () => {
      const scene = openScene();
      const stranger = await startProgram('answers.mjs');
      const {pid} = await startProgram('idle.mjs');
      writeFileSync(scene.pidFile, `${pid}\n`);
      const agent2 = await scene.watch(
        [
          `http://127.0.0.1:${stranger.line}/500`,
          '--log-level',
          'debug',
          ...scene.healedBy('answers.mjs', stranger.line, '', scene.pidFile),
        ],
        {waitFor: 'down: port_taken'},
      );
      const named = `port ${stranger.line} is held by process ${stranger.pid} \\(.*answers\\.mjs\\), which is not the target's`;
      await agent2.waitForLine(
        new RegExp(
          `held: ${named}; agent2 does not kill a process that is not the target's: stop it, then healing continues`,
        ),
      );
      await lookedAgain(agent2);
      await statusSays(scene, agent2, ({status}) => status === 'held');
      expect(scene.target()).toMatchObject({cause: 'port_taken', health_status: 'down', fixes: []});
      expect(scene.target()?.faults).toContainEqual(
        expect.objectContaining({kind: 'port_foreign', text: expect.stringMatching(named)}),
      );
      expect([scene.facts(), isAlive(stranger.pid), isAlive(pid)]).toEqual([[], true, true]);
    },
  );
});

test.concurrent(
  'a name that cannot be resolved is told, and without a fix nothing is done about it',
  async () => {
    const scene = openScene();
    const agent2 = await scene.watch(
      ['http://nowhere.invalid:8080/health', '--timeout', '5s', '--log-level', 'debug'],
      {
        waitFor:
          /down: elsewhere: GET \/health: the name in nowhere\.invalid:8080 (cannot be resolved \(\w+\)|was not resolved within 5\.0 s); not healed: no restart is configured/,
      },
    );
    await statusSays(scene, agent2, ({health_status}) => health_status === 'down');
    expect(scene.target()).toMatchObject({
      cause: 'elsewhere',
      faults: [{kind: 'dns_failed'}],
      fixes: [],
    });
  },
);

describe('a certificate', () => {
  test.concurrent.for([
    {
      is: 'nobody vouches for',
      days: 30,
      trusted: false,
      why: /is self-signed; give its certificate as ca, or set allowSelfSigned/,
    },
    {is: 'has expired', days: -1, trusted: true, why: /expired 1 day ago \(\d{4}-\d\d-\d\d\)/},
  ])(
    'that $is makes the service unreachable, and what restarts it is run',
    async ({days, trusted, why}, ctx) => {
      if (!hasOpenssl()) return ctx.skip('openssl makes the certificates, and is not here');
      const scene = openScene();
      const good = makeCertificate(scene.home.path, 'good', 3);
      const bad = makeCertificate(scene.home.path, 'bad', days);
      const roots = join(scene.home.path, 'roots.pem');
      writeFileSync(
        roots,
        [good, ...(trusted ? [bad] : [])]
          .map(({certificate}) => readFileSync(certificate, 'utf8'))
          .join(''),
      );
      const {pid, line: port} = await startProgram('tls.mjs', [
        '0',
        scene.pidFile,
        good.key,
        good.certificate,
        bad.key,
        bad.certificate,
      ]);
      // That `good` ends in three days is no failure: a tls check warns of it.
      const agent2 = await scene.watch(
        [
          `https://127.0.0.1:${port}/health`,
          ...scene.healedBy('tls.mjs', port, scene.pidFile, good.key, good.certificate),
        ],
        {env: {NODE_EXTRA_CA_CERTS: roots}},
      );
      signal(pid, 'SIGUSR2');
      await diagnosed(scene, agent2, {
        cause: 'unreachable',
        fault: 'tls_failed',
        sentence: new RegExp(`GET /health: the certificate of 127\\.0\\.0\\.1:\\d+ ${why.source}`),
      });
      await restarted(scene, agent2, 'unreachable', pid);
    },
  );
});
