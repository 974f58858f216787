import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {message} from '../../source/core/text/message.ts';
import {setLanguage} from '../../source/core/text/say.ts';
import {statusDocument} from '../../source/documents/inspected-monitor.ts';
import {readMonitorStatus} from '../../source/documents/monitor-status.ts';
import {restated, stated, statedAll} from '../../source/documents/stated-text.ts';
import {catalogue} from '../../source/languages/zh.ts';
import {root} from '../helpers/root.ts';

afterEach(() => setLanguage({}));

describe('a restated document', () => {
  test("has its sentences in the reader's language, and the same data", () => {
    const text = message`recovered by itself after ${message`${'5'} s`}`;
    const written = {
      name: 'web',
      ...stated('why', text),
      checks: {http: {kind: 'http', ...stated('text', text)}},
      faults: [{...stated('text', 'from outside')}],
    };
    expect(written.why).toBe('recovered by itself after 5 s');
    setLanguage(catalogue);
    const why = '5 秒后自行恢复';
    expect(restated(written)).toEqual({
      ...written,
      why,
      checks: {http: {...written.checks.http, text: why}},
    });
  });

  test('keeps a sentence without valid data', () => {
    for (const data of [{kee: 'x'}, {key: 5}, 'x', null, []])
      expect(restated({why: 'as it was', why_data: data})).toEqual({
        why: 'as it was',
        why_data: data,
      });
  });
});

test('agent2 status --json renders the problems of a monitor, with their data beside them', () => {
  const trouble = message`pid file ${'/run/web.pid'} is missing`;
  const status = readMonitorStatus(
    JSON.stringify({pid: 42, targets: [], ...statedAll('troubles', {memory: trouble})}),
  );
  expect(status).toBeDefined();
  setLanguage(catalogue);
  const {monitors} = statusDocument([{stateDir: '/x', condition: 'up', status, documents: []}]);
  expect(monitors[0]).toMatchObject({
    troubles: {memory: 'PID 文件 /run/web.pid 不存在'},
    troubles_data: {memory: trouble},
  });
});

test('docs/api.md has each key that carries data', () => {
  const folder = join(root, 'source/documents');
  const names = readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .filter(file => file.endsWith('.ts'))
    .flatMap(file => [
      ...readFileSync(join(folder, file), 'utf8').matchAll(/\bstated(?:All)?\('(\w+)'/g),
    ])
    .map(([, name]) => `${name}_data`);
  const api = readFileSync(join(root, 'docs/api.md'), 'utf8');
  expect(new Set(names)).toEqual(
    new Set([...api.matchAll(/^\| `(\w+_data)` \|/gm)].map(([, name]) => name)),
  );
});
