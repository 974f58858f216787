import fc from 'fast-check';
import {expect, test} from 'vitest';
import {
  closeOthers,
  pop,
  push,
  replace,
  topOf,
  withTopState,
  type Place,
  type Stack,
} from '../../source/ui/navigation.ts';
import '../setup/properties.ts';

const START: Stack = [{screen: 'first', state: {}}];
const place = (screen: string, target?: string): Place => ({screen, target, state: {}});
const names = (stack: Stack) => stack.map(({screen}) => screen);

test('pop returns to the screen before, and never closes the first', () => {
  const stack = push(push(START, place('list')), place('page'));
  expect(names(pop(stack))).toEqual(['first', 'list']);
  expect(names(pop(pop(pop(stack))))).toEqual(['first']);
});

test('a screen that is open already is returned to', () => {
  const stack = push(push(START, place('list')), place('page'));
  expect(names(push(stack, place('list')))).toEqual(['first', 'list']);
  expect(names(push(stack, place('first')))).toEqual(['first']);
});

test('replace puts a screen in the place of the one on top, or returns to it below', () => {
  const page = push(START, place('page'));
  expect(names(replace(page, place('list')))).toEqual(['first', 'list']);
  const below = push(push(START, place('list')), place('page'));
  expect(names(replace(below, place('list')))).toEqual(['first', 'list']);
});

test('what is about another target is closed, with all above it', () => {
  const stack = push(push(START, place('list', 'web')), place('help'));
  expect(names(closeOthers(stack, 'web'))).toEqual(['first', 'list', 'help']);
  expect(names(closeOthers(stack, 'db'))).toEqual(['first']);
});

test('a new state changes the screen on top alone, and the same state nothing', () => {
  const stack = push(START, place('page'));
  const next = withTopState(stack, {scroll: 1});
  expect(next).toEqual([START[0], {...place('page'), state: {scroll: 1}}]);
  expect(withTopState(stack, topOf(stack).state)).toBe(stack);
});

const places = fc.record({
  screen: fc.constantFrom('first', 'a', 'b', 'c', 'd'),
  target: fc.constantFrom(undefined, 'web', 'db'),
  state: fc.constant({}),
});
const moves = fc.oneof(
  places.map(to => (stack: Stack) => push(stack, to)),
  places.map(to => (stack: Stack) => replace(stack, to)),
  fc.constant(pop),
  fc.constantFrom('web', 'db').map(name => (stack: Stack) => closeOthers(stack, name)),
  fc.constant((stack: Stack) => withTopState(stack, {scroll: 1})),
);

test('whatever is opened and closed, the first screen stays below, each is open once, and as many pops as there are lead back', () => {
  fc.assert(
    fc.property(fc.array(moves, {maxLength: 30}), steps => {
      const stack = steps.reduce<Stack>((open, move) => move(open), START);
      expect(stack[0].screen).toBe('first');
      expect(new Set(names(stack)).size).toBe(stack.length);
      expect(names(stack.reduce<Stack>(pop, stack))).toEqual(['first']);
    }),
  );
});
