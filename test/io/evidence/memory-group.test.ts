import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {
  memoryGroupOf,
  memoryUse,
  oomKills,
  type Places,
} from '../../../source/io/evidence/memory-group.ts';
import {temporaryDirectory} from '../../fixtures/services/start.ts';
import {cleanUp} from '../../helpers/cleanup.ts';

let at: Places;
const MIB = 1_048_576;

beforeEach(() => {
  const directory = temporaryDirectory();
  at = {proc: join(directory, 'proc'), cgroup: join(directory, 'cgroup')};
});
afterEach(cleanUp);

function put(files: Readonly<Record<string, string | number>>): void {
  for (const [path, text] of Object.entries(files)) {
    const full = join(dirname(at.proc), path);
    mkdirSync(dirname(full), {recursive: true});
    writeFileSync(full, `${text}\n`);
  }
}

const use = () => {
  const group = memoryGroupOf(42, at);
  return group && memoryUse(group);
};

test('the nearest group with a limit says how much of it is used, and how much of that is only cache', () => {
  put({
    'proc/42/cgroup': '0::/system.slice/web.service',
    'cgroup/system.slice/web.service/memory.max': 'max',
    'cgroup/system.slice/web.service/memory.current': 10 * MIB,
    'cgroup/system.slice/memory.max': 512 * MIB,
    'cgroup/system.slice/memory.current': 500 * MIB,
    'cgroup/system.slice/memory.stat': `anon 1\ninactive_file ${100 * MIB}\nactive_file 2`,
  });
  expect(use()).toEqual({usedBytes: 500 * MIB, limitBytes: 512 * MIB, cacheBytes: 100 * MIB});
});

test('groups of version 1 say it in their own words, where "none" is a number that no machine has', () => {
  put({
    'proc/42/cgroup': '9:name=systemd:/\n4:cpu,memory:/docker/a\n0::/',
    'cgroup/memory/docker/a/memory.limit_in_bytes': '9223372036854771712',
    'cgroup/memory/docker/a/memory.usage_in_bytes': MIB,
    'cgroup/memory/docker/memory.limit_in_bytes': 64 * MIB,
    'cgroup/memory/docker/memory.usage_in_bytes': 63 * MIB,
  });
  expect(use()).toEqual({usedBytes: 63 * MIB, limitBytes: 64 * MIB, cacheBytes: 0});
});

test('without a limit, without groups, or outside of what can be seen, nothing is said', () => {
  expect(use()).toBeUndefined();
  put({'proc/42/cgroup': '0::/', 'cgroup/memory.max': 'max', 'cgroup/memory.current': 1});
  expect(use()).toBeUndefined();
  put({'proc/42/cgroup': '0::/../other'});
  expect(memoryGroupOf(42, at)).toBeUndefined();
});

test('who was killed for want of memory is counted in the group, else on the machine', () => {
  put({'proc/vmstat': 'nr_free_pages 1\noom_kill 3\nx 4'});
  expect(oomKills(undefined, at)).toEqual({count: 3, of: 'machine'});
  put({'proc/42/cgroup': '0::/a', 'cgroup/a/memory.events': 'low 0\noom 2\noom_kill 1'});
  expect(oomKills(memoryGroupOf(42, at), at)).toEqual({count: 1, of: 'group'});
  put({
    'proc/42/cgroup': '4:memory:/b',
    'cgroup/memory/b/memory.oom_control': 'oom_kill_disable 0\nunder_oom 0\noom_kill 5',
  });
  expect(oomKills(memoryGroupOf(42, at), at)).toEqual({count: 5, of: 'group'});
});
