import {chmodSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test, vi} from 'vitest';
import {createNotifier, takeNotifyEnvironment} from '../../../source/io/run/service-manager.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';
import {makeHome} from '../../helpers/home.ts';
import {render} from '../../../source/core/text/say.ts';

afterEach(cleanUp);

test('what a service manager put into the environment is read and taken away', () => {
  const env: NodeJS.ProcessEnv = {
    NOTIFY_SOCKET: '/run/notify',
    WATCHDOG_USEC: '60000000',
    WATCHDOG_PID: String(process.pid),
    HOME: '/',
  };
  expect(takeNotifyEnvironment(env)).toEqual({socket: '/run/notify', watchdogMs: 60_000});
  expect(env).toEqual({HOME: '/'});
  expect(takeNotifyEnvironment({})).toBeUndefined();
});

test.each([{WATCHDOG_PID: '1'}, {WATCHDOG_USEC: '0'}, {WATCHDOG_USEC: 'soon'}])(
  'a watchdog that is not for us is not fed: %j',
  env => {
    expect(takeNotifyEnvironment({NOTIFY_SOCKET: '@x', WATCHDOG_USEC: '1000000', ...env})).toEqual({
      socket: '@x',
    });
  },
);

test('what is said while a message is under way goes into the next one, and a problem is reported once', async () => {
  const bin = fakeNotify(
    'sleep 0.3; echo "$@" >>"$(dirname "$0")/said"; case "$*" in *bad*) echo "no such socket" >&2; exit 1;; esac',
  );
  const problems: Array<string | undefined> = [];
  const notifier = createNotifier({socket: '/nowhere'}, text =>
    problems.push(text && render(text)),
  );
  notifier.say({STATUS: 'bad'});
  notifier.say({WATCHDOG: '1', STATUS: 'bad, too'});
  notifier.say({STATUS: 'still bad', WATCHDOG: '1'});
  await notifier.settled();
  notifier.say({READY: '1', STATUS: 'good'});
  await notifier.settled();
  const pid = `--pid=${process.pid}`;
  expect(readFileSync(join(bin, 'said'), 'utf8').trim().split('\n')).toEqual([
    `${pid} STATUS=bad`,
    `${pid} WATCHDOG=1 STATUS=still bad`,
    `${pid} --ready STATUS=good`,
  ]);
  expect(problems).toEqual(['systemd-notify: no such socket', undefined]);
});

test('that systemd-notify is missing is a problem, and no more', async () => {
  vi.stubEnv('PATH', makeHome().path);
  onCleanup(() => void vi.unstubAllEnvs());
  const problems: Array<string | undefined> = [];
  const notifier = createNotifier({socket: '/nowhere'}, text =>
    problems.push(text && render(text)),
  );
  notifier.say({READY: '1'});
  await notifier.settled();
  expect(problems).toEqual([expect.stringContaining('systemd-notify')]);
});

/** A systemd-notify of our own, first in the path; returns its directory. */
function fakeNotify(script: string): string {
  const bin = join(makeHome().path, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'systemd-notify'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, 'systemd-notify'), 0o755);
  vi.stubEnv('PATH', `${bin}:${process.env['PATH']}`);
  onCleanup(() => void vi.unstubAllEnvs());
  return bin;
}
