import {afterEach, expect, test} from 'vitest';
import {cleanUp} from '../../helpers/cleanup.ts';
import {doing, isAlive, processesNaming} from '../../helpers/processes.ts';
import {quickest} from '../../helpers/quickest.ts';
import {until} from '../../helpers/until.ts';
import {watchService, type Watch} from '../../helpers/watch.ts';

afterEach(cleanUp);

test('sixty sizes in a row, some of them absurd, leave a whole screen at the last one', async () => {
  const {terminal} = await watchService();
  const random = generator(7);
  const sizes = Array.from({length: 60}, (_, turn) =>
    turn % 10 === 5
      ? ([10, 3] as const)
      : ([10 + Math.floor(random() * 150), 3 + Math.floor(random() * 50)] as const),
  );
  for (const [cols, rows] of sizes) {
    const before = terminal.bytes();
    terminal.resize(cols, rows);
    // Every third waits for what is drawn; the others come while a frame is on its way.
    if (rows % 3 === 0)
      await until(`something is drawn at ${cols}x${rows}`, () => terminal.bytes() > before);
  }
  terminal.resize(10, 3);
  await terminal.waitFor(screen => screen.trim() !== '' && screen.split('\n').length <= 3);
  terminal.resize(100, 30);
  const screen = await terminal.waitFor(isWhole);
  expect(screen.split('\n').length).toBeLessThanOrEqual(29);
  terminal.resize(80, 24);
  await terminal.waitFor(isWhole);
  terminal.resize(120, 40);
  await terminal.waitFor(isWhole);
  terminal.resize(40, 10);
  await terminal.waitFor(text => /● OK/.test(text) && !/Fixes/.test(text));
  terminal.type('q');
  expect(await terminal.exited()).toMatchObject({code: 0});
});

/** Every part once, nothing torn: each line that opens a frame closes it. */
function isWhole(screen: string): boolean {
  const lines = screen.split('\n');
  const once = (part: RegExp) => lines.filter(line => part.test(line)).length === 1;
  const closed = lines.every(line => !/^[╭│╰]/.test(line) || /[╮│╯]$/.test(line));
  return (
    closed &&
    once(/agent2.*● OK/) &&
    once(/Health/) &&
    once(/Fixes/) &&
    once(/\bwhy\b.*healthy/) &&
    once(/\bq quit/)
  );
}

test.each(['q', '\u0003'])(
  'quitting with %j gives the terminal back and leaves the service running',
  async key => {
    const {home, service, terminal} = await watchService();
    expect([terminal.alternateScreen(), terminal.cursorVisible()]).toEqual([true, false]);
    terminal.type(key);
    expect(await terminal.exited()).toEqual({code: 0, signal: undefined});
    expectRestored(terminal);
    expect(processesNaming(home.path)).toEqual([service.pid]);
  },
);

test.each([
  ['SIGTERM', 0],
  ['SIGHUP', 0],
  ['SIGINT', 130],
] as const)('%s gives the terminal back and ends with %i', async (name, code) => {
  const {terminal} = await watchService();
  terminal.kill(name);
  expect(await terminal.exited()).toEqual({code, signal: undefined});
  expectRestored(terminal);
});

test('when the terminal goes away no process remains, and the service is left alone', async () => {
  const tookMs = await quickest(3_000, async () => {
    const {home, service, terminal} = await watchService();
    const at = performance.now();
    terminal.hangUp();
    await until('agent2 is gone', () => !isAlive(terminal.pid), {
      describe: () => doing(terminal.pid),
    });
    expect(processesNaming(home.path)).toEqual([service.pid]);
    return performance.now() - at;
  });
  expect(tookMs).toBeLessThan(3_000);
});

function expectRestored(terminal: Watch['terminal']): void {
  expect([terminal.alternateScreen(), terminal.cursorVisible()]).toEqual([false, true]);
}

/** Numbers from 0 to 1, the same in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
