import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {render} from '../../../source/core/text/say.ts';
import {machineFinding} from '../../../source/io/evidence/machine.ts';
import {cleanUp} from '../../helpers/cleanup.ts';
import {makeHome} from '../../helpers/home.ts';

afterEach(cleanUp);

const facts = async (proc?: string) => {
  const {facts = []} = await machineFinding(proc);
  return Object.fromEntries(facts.map(({label, text}) => [label, render(text)]));
};

test('tells memory and network of the machine', async () => {
  const found = await facts();
  expect(found['memory of the machine']).toMatch(/^[\d.]+ .iB of [\d.]+ .iB available$/);
  expect(found.network).not.toBe('');
});

test('tells pressure as the kernel writes it, and leaves it out where there is none', async () => {
  const proc = makeHome().path;
  await mkdir(join(proc, 'pressure'));
  await writeFile(
    join(proc, 'pressure', 'io'),
    'some avg10=42.61 avg60=3.00 avg300=1.00 total=12\nfull avg10=1.00 avg60=0 avg300=0 total=1\n',
  );
  await writeFile(
    join(proc, 'meminfo'),
    'MemTotal:       16384000 kB\nMemAvailable:    1638400 kB\n',
  );
  expect(await facts(proc)).toMatchObject({
    'memory of the machine': '1.6 GiB of 16 GiB available',
    'pressure': 'io 43 % of the last 10 s',
  });
  expect(await facts(makeHome().path)).not.toHaveProperty('pressure');
});
