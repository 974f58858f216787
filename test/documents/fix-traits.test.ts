import {all} from 'agent2:fixes';
import {expect, test} from 'vitest';
import {traitsByWord, traitsOfStatus} from '../../source/documents/fix-traits.ts';
import {readRecordingLine, recordingWriter} from '../../source/documents/recording.ts';
import {targetsOf} from '../../source/core/targets.ts';
import {withFix} from '../helpers/with-fix.ts';
import {createWorld} from '../helpers/virtual/world.ts';

/** Those that documents without traits may name. */
const BEFORE = ['child', 'command', 'docker', 'none', 'pm2', 'signal', 'supervisor', 'systemd'];

test.each(BEFORE.filter(use => all[use]?.traits.heals))(
  'the word %s alone implies the traits of that fix',
  use => expect(traitsByWord(use)).toEqual(all[use]?.traits),
);

test('traits in the status file win over those that the word of the fix implies', () => {
  expect(traitsOfStatus({fix: 'child'})).toEqual({heals: true, ownsProcess: true});
  expect(traitsOfStatus({})).toEqual({heals: false, ownsProcess: false});
  expect(traitsOfStatus({fix: 'new', heals: false, owns_process: true})).toEqual({
    heals: false,
    ownsProcess: true,
  });
});

test('a recording of version 1 gets the traits that it lacks', () => {
  const {initial} = createWorld({fix: 'signal'});
  const header = JSON.parse(
    recordingWriter('0.1.0', []).header(initial, 1),
    (key, value: unknown) => (key === 'traits' ? undefined : value),
  ) as {readonly state: object};
  const line = readRecordingLine(
    JSON.stringify({...header, version: 1, state: {...header.state, troubles: {}}}),
  );
  expect(line.kind === 'header' && targetsOf(line.header.state)[0]?.settings).toMatchObject(
    withFix('signal'),
  );
});
