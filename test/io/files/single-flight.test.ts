import {describe, expect, test} from 'vitest';
import {singleFlight} from '../../../source/io/files/single-flight.ts';

describe('asking a system that may hang', () => {
  test('gives its answer, or its error', async () => {
    expect(await singleFlight('a', async () => 5, 1_000)).toBe(5);
    await expect(
      singleFlight('a', async () => Promise.reject(new Error('EIO')), 1_000),
    ).rejects.toThrow('EIO');
  });

  test('ends at the time limit, and does not ask again while the first question hangs', async () => {
    let asked = 0;
    let answer: (value: number) => void = () => undefined;
    const hang = () => {
      asked += 1;
      return new Promise<number>(resolve => (answer = resolve));
    };
    expect(await singleFlight('b', hang, 20)).toBeUndefined();
    const second = singleFlight('b', hang, 5_000);
    answer(7);
    expect({second: await second, asked}).toEqual({second: 7, asked: 1});
    expect(await singleFlight('b', async () => 8, 1_000)).toBe(8);
  });

  test('ends with the reason when it is aborted', async () => {
    const controller = new AbortController();
    const pending = singleFlight(
      'c',
      () => new Promise(() => undefined),
      60_000,
      controller.signal,
    );
    controller.abort(new Error('enough'));
    await expect(pending).rejects.toThrow('enough');
  });
});
