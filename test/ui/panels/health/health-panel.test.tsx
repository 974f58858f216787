import {expect, test} from 'vitest';
import {downTarget, healthyTarget, stateOf} from '../../../helpers/states.ts';
import {renderScreen} from '../../render-screen.tsx';

test('a probe that is not there is not watched, and says so', async () => {
  const target = healthyTarget({readings: {api: {status: 200, totalMs: 4}}});
  const frame = (await renderScreen(stateOf(target))).frame();
  expect(frame).toContain('process  ○ not watched');
  expect(frame).toContain('port     ○ not watched');
});

test('a stranger on the port is named', async () => {
  const target = downTarget({
    readings: {
      port: {port: 8080, listening: true, owner: {pid: 77, command: 'nginx', ours: false}},
    },
  });
  expect((await renderScreen(stateOf(target))).frame()).toContain('✖ :8080    by nginx (77)');
});
