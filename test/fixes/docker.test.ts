import {describe, expect, test, vi} from 'vitest';
import {render} from '../../source/core/text/say.ts';
import {definition} from '../../source/fixes/docker.ts';
import {fakeManagers} from '../helpers/fake-managers.ts';
import {setup} from '../helpers/fix.ts';

const {calls, directory, restart} = fakeManagers();

describe('the fix by docker', () => {
  test('restarts the container and gives it the stop timeout', async () => {
    expect(
      await restart(definition, {container: 'web'}, undefined, {...setup(), stopTimeoutMs: 2_500}),
    ).toEqual({kind: 'done', detail: 'docker restarted web'});
    expect(await restart(definition, {container: 'web', command: 'podman'})).toEqual({
      kind: 'done',
      detail: 'podman restarted web',
    });
    expect(calls()).toEqual([
      'docker restart -t 3 -- web (cause crashed)',
      'podman restart -t 2 -- web (cause crashed)',
    ]);
  });

  test.each([
    [
      'not-found',
      'docker',
      'docker exited with code 1: Error response from daemon: No such container: web; try: docker ps --all',
    ],
    [
      'not-found',
      'podman',
      'podman exited with code 125: Error: no container with name or ID "web" found: no such container; try: podman ps --all',
    ],
    [
      'no-daemon',
      'docker',
      'docker exited with code 1: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?; try: docker info',
    ],
    ['denied', 'docker', 'run agent2 as root, or as a member of the group docker'],
  ])('says what is wrong and what to do: %s (%s)', async (trouble, command, detail) => {
    expect(await restart(definition, {container: 'web', command}, trouble)).toEqual({
      kind: 'failed',
      detail: expect.stringContaining(detail) as string,
    });
  });

  test('ended at its time limit says how to give it longer', async () => {
    expect(await restart(definition, {container: 'web', timeoutMs: 200}, 'slow')).toEqual({
      kind: 'failed',
      detail:
        'docker did not end within 200 ms and was stopped; if it only needs longer, give the fix a longer timeout: fix.timeout in the config',
    });
  });

  test('hears from the real docker that there is no daemon', async ctx => {
    vi.unstubAllEnvs();
    vi.stubEnv('DOCKER_HOST', `unix://${directory()}/docker.sock`);
    const outcome = await restart(definition, {container: 'web'});
    if (render(outcome.detail).startsWith('command not found')) ctx.skip('there is no docker');
    expect(outcome).toEqual({
      kind: 'failed',
      detail: expect.stringMatching(
        /^docker exited with code 1: .*Cannot connect to the Docker daemon.*; try: docker info$/i,
      ) as string,
    });
  });
});
