import {expect, test} from 'vitest';
import {startTurn} from '../../../source/io/run/start-turn.ts';

test('of many starts at once there is one in each turn of the loop, and a single one waits for none', async () => {
  const order: string[] = [];
  const turns = ['a', 'b', 'c'].map(name => startTurn().then(() => void order.push(name)));
  let turn = 0;
  const look = () => {
    order.push(`turn ${++turn}`);
    if (turn < 4) setImmediate(look);
  };
  setImmediate(look);
  await Promise.all(turns);
  expect(order.filter(entry => !entry.startsWith('turn'))).toEqual(['a', 'b', 'c']);
  expect(order.indexOf('a')).toBe(0);
  const between = order.slice(order.indexOf('b'), order.indexOf('c'));
  expect(between.some(entry => entry.startsWith('turn'))).toBe(true);
});
