import {createWriteStream, existsSync, openSync} from 'node:fs';
import {Writable} from 'node:stream';
import {expect, test} from 'vitest';
import {withResults} from '../../source/cli/results.ts';
import {EXIT} from '../../source/contracts/command.ts';
import {createOutput} from '../../source/io/files/output.ts';

/** Fails at its first write. */
function failing(code: string): NodeJS.WriteStream & {readonly fd: 1} {
  return new Writable({
    write: (_chunk, _encoding, done) =>
      done(Object.assign(new Error(code), {code, syscall: 'write'})),
  }) as NodeJS.WriteStream & {readonly fd: 1};
}

function streams(stdout: NodeJS.WriteStream & {readonly fd: 1}) {
  return {stdout, stderr: failing('ENOSPC') as unknown as NodeJS.WriteStream & {readonly fd: 2}};
}

test('a command whose results cannot be written has failed, and says why', async () => {
  for (const [code, words] of [
    ['ENOSPC', /^the results cannot be written: stdout finds no space on its disk \(ENOSPC\)$/],
    ['EIO', /^the results cannot be written: stdout cannot be reached/],
  ] as const) {
    const {stdout, stderr} = streams(failing(code));
    const run = async () => {
      stdout.write('a result');
      stderr.write('a remark that nobody gets');
      return EXIT.done;
    };
    await expect(withResults(run, {stdout, stderr})).rejects.toMatchObject({
      exitCode: EXIT.failed,
      message: expect.stringMatching(words) as string,
    });
  }
});

test('a reader that left, and one whose loss a monitor handles itself, are no failure', async () => {
  const left = streams(failing('EPIPE'));
  const run = async () => {
    left.stdout.write('a result');
    return EXIT.done;
  };
  expect(await withResults(run, left)).toBe(EXIT.done);
  const handled = streams(failing('ENOSPC'));
  const heard: unknown[] = [];
  const monitor = async () => {
    handled.stdout.on('error', error => heard.push(error));
    handled.stdout.write('a line');
    return EXIT.done;
  };
  expect(await withResults(monitor, handled)).toBe(EXIT.done);
  expect(heard).toHaveLength(1);
});

test('a command ends when a slow reader has taken all of its results', async () => {
  const taken: string[] = [];
  let read = () => {};
  const slow = new Writable({
    write(chunk: Buffer, _encoding, done) {
      read = () => {
        taken.push(chunk.toString());
        done();
      };
    },
  }) as NodeJS.WriteStream & {readonly fd: 1};
  let ended = false;
  const end = withResults(async () => {
    slow.write('first');
    slow.write('second');
    return EXIT.done;
  }, streams(slow)).finally(() => (ended = true));
  for (const expected of [['first'], ['first', 'second']]) {
    await new Promise(resolve => setImmediate(() => setImmediate(resolve)));
    expect(ended).toBe(false);
    read();
    expect(taken).toEqual(expected);
  }
  await new Promise(resolve => setImmediate(resolve));
  read();
  expect(await end).toBe(EXIT.done);
});

test('an output in pieces fails at the piece that cannot be written', async ctx => {
  if (!existsSync('/dev/full')) ctx.skip('there is no /dev/full here');
  const out = createOutput(createWriteStream('', {fd: openSync('/dev/full', 'w')}));
  await expect(out.write('one')).rejects.toThrow('the results cannot be written');
  expect(out.closed()).toBe(true);
  await out.write('two');
});
