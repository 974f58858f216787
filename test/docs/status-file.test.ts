import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {targetsOf} from '../../source/core/targets.ts';
import {statusDocument} from '../../source/documents/status.ts';
import {root} from '../helpers/root.ts';
import {NOW, stateOfAll, troubledTarget} from '../helpers/states.ts';

/** The document with every key that it can have. */
function fullDocument() {
  const troubled = troubledTarget();
  const fixes = troubled.fixes.map(fix => ({...fix, healthyAfterMs: 1_000, detail: 'why'}));
  const state = stateOfAll([{...troubled, fixes}]);
  expect(targetsOf(state)).toHaveLength(1);
  return statusDocument({...state, problems: {log: 'full'}}, NOW, {
    pid: 42,
    version: '1.2.3',
    config: '/etc/agent2.yaml',
    screenLostAt: NOW,
    awaited: ['webui'],
  });
}

test('the docs tell every key of the status file, and no other', () => {
  const page = readFileSync(join(root, 'docs/status-file.md'), 'utf8');
  const [, document = '', target = '', fix = ''] = page.split(/^## .*$/m);
  const written = fullDocument();
  const [first] = written.targets;
  const head = ['status', 'last_check', 'health_status', 'consecutive_failures', 'fixes'];
  expect(keysTold(document)).toEqual(keysOf(written));
  expect([...head, ...keysTold(target)].sort()).toEqual(keysOf(first));
  expect(keysTold(fix)).toEqual(keysOf(first?.fixes[0]));
});

/** Those in the first column of the table. */
function keysTold(text: string): readonly string[] {
  const cells = [...text.matchAll(/^\| (`[^|]*) \|/gm)].map(([, cell = '']) => cell);
  return cells.flatMap(cell => [...cell.matchAll(/`(\w+)`/g)].map(([, key = '']) => key)).sort();
}

function keysOf(document: object | undefined): readonly string[] {
  return Object.keys(document ?? {})
    .filter(key => !key.endsWith('_data'))
    .sort();
}
