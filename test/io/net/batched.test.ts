import {setImmediate} from 'node:timers/promises';
import {describe, expect, test} from 'vitest';
import {batched} from '../../../source/io/net/batched.ts';
import {createPace} from '../../../source/io/net/pace.ts';

describe('questions that are answered in batches', () => {
  test('of one turn of the loop are answered by one piece of work', async () => {
    const {ask, asked} = asking();
    expect(await Promise.all([ask(1), ask(2), ask(3)])).toEqual(['1!', '2!', '3!']);
    expect(asked).toEqual([[1, 2, 3]]);
  });

  test('that come while the work is under way are answered by the next, never by what was seen before they came', async () => {
    const {ask, asked, begun, release} = asking(true);
    const first = ask(1);
    await begun();
    const later = [ask(2), ask(3)];
    release();
    expect(await first).toBe('1!');
    await begun();
    release();
    expect(await Promise.all(later)).toEqual(['2!', '3!']);
    expect(asked).toEqual([[1], [2, 3]]);
  });

  test('end at once when they are aborted, and the others are answered', async () => {
    const {ask, begun, release} = asking(true);
    const controller = new AbortController();
    const aborted = ask(1, controller.signal);
    const other = ask(2);
    await begun();
    controller.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    release();
    expect(await other).toBe('2!');
  });

  test('that were aborted before the work began are no work', async () => {
    const {ask, asked} = asking();
    const controller = new AbortController();
    const aborted = ask(1, controller.signal);
    controller.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    expect(await ask(2)).toBe('2!');
    expect(asked).toEqual([[2]]);
  });

  test('all hear of a failure, and the next ones are answered', async () => {
    let fails = true;
    const ask = batched<number, string>(async questions => {
      if (fails) throw new Error('out of files');
      return questions.map(question => `${question}!`);
    });
    const outcomes = await Promise.allSettled([ask(1), ask(2)]);
    expect(outcomes.map(({status}) => status)).toEqual(['rejected', 'rejected']);
    fails = false;
    expect(await ask(3)).toBe('3!');
  });
});

describe('the pace of work', () => {
  test('lets the loop go first after every slice', async () => {
    const {pace, spend} = clocked();
    await pace.run(async yieldToLoop => {
      spend(1);
      expect(yieldToLoop()).toBeUndefined();
      spend(2);
      const breath = yieldToLoop();
      expect(breath).toBeInstanceOf(Promise);
      await breath;
      expect(yieldToLoop()).toBeUndefined();
    });
  });

  test('keeps nobody waiting who works seldom, and those who work all the time for their share', async () => {
    const {pace, spend} = clocked();
    const work = (ms: number) => pace.run(async () => spend(ms));
    await work(200);
    expect(pace.rest()).toBeUndefined();
    spend(10_000);
    await work(200);
    expect(pace.rest()).toBeUndefined();
    await work(200);
    expect(pace.rest()).toBeInstanceOf(Promise);
    spend(1_000);
    expect(pace.rest()).toBeUndefined();
  });

  test('takes time in which the process was suspended for no work', async () => {
    const {pace, spend} = clocked();
    await pace.run(async () => spend(30_000));
    expect(pace.rest()).toBeUndefined();
  });
});

/** Answers with a shout; when it is held, not before it is released. */
function asking(held = false) {
  const asked: Array<readonly number[]> = [];
  const holds: Array<() => void> = [];
  const ask = batched<number, string>(async questions => {
    asked.push(questions);
    if (held) await new Promise<void>(resolve => holds.push(resolve));
    return questions.map(question => `${question}!`);
  });
  return {
    ask,
    asked,
    async begun() {
      while (holds.length === 0) await setImmediate();
    },
    release: () => holds.shift()?.(),
  };
}

function clocked() {
  let at = 0;
  return {pace: createPace(() => at), spend: (ms: number) => void (at += ms)};
}
