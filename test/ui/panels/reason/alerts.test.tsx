import {expect, test} from 'vitest';
import {healthyTarget, NOW, stateOf} from '../../../helpers/states.ts';
import {renderScreen} from '../../render-screen.tsx';

test('a problem of our own is shown until it is over', async () => {
  const screen = await renderScreen(
    stateOf(healthyTarget(), {problems: {'status file': 'read-only file system'}}),
  );
  expect(screen.frame()).toContain('▲ agent2: status file: read-only file system');
  screen.monitor.show(stateOf(healthyTarget()));
  await screen.until(frame => !frame.includes('read-only'));
});

test('a check that could not check is told apart from a failed one', async () => {
  const target = healthyTarget({
    lastCheck: {
      at: NOW,
      observation: {kind: 'inconclusive', reason: 'agent2 itself stalled for 6000 ms'},
    },
  });
  expect((await renderScreen(stateOf(target))).frame()).toContain(
    '○ could not check: agent2 itself stalled for 6000 ms',
  );
});
