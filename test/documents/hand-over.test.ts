import {version} from 'agent2:version';
import {expect, test} from 'vitest';
import {handoverText, readHandover} from '../../source/documents/hand-over.ts';
import {stateOf, troubledTarget} from '../helpers/states.ts';

const head = {at: 1_769_509_805_000, pid: 42, key: 'a key'};

test('a hand-over reads back whole', () => {
  const state = stateOf(troubledTarget({repair: {step: 'looking', at: Infinity}}));
  const left = readHandover(handoverText(head, state));
  expect(left).toMatchObject({kind: 'read', head});
  expect(left.kind === 'read' && left.state()).toEqual({kind: 'read', value: state});
});

test('its head is read even if its state is damaged', () => {
  const text = handoverText(head, stateOf(troubledTarget()));
  const left = readHandover(text.replace('"health":{', '"health":null,"was":{'));
  expect(left).toMatchObject({kind: 'read', head});
  expect(left.kind === 'read' && left.state()).toEqual({
    kind: 'damaged',
    at: '.targets[0].health',
  });
});

test('of one of another version only the pid is read', () => {
  expect(readHandover('{"version":"0.0.0-other","pid":42}\n')).toEqual({
    kind: 'other-version',
    pid: 42,
  });
});

test.each(['', '{}', '[]\n{}', `{"version":"${version}","at":1,"pid":7,"key":null}\n{}`])(
  'without a head (%j) it is damaged',
  text => {
    expect(readHandover(text)).toEqual({kind: 'damaged'});
  },
);
