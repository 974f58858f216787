import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {load} from 'agent2:commands';
import {describe, expect, test} from 'vitest';
import {runHere} from '../helpers/command.ts';
import {root} from '../helpers/root.ts';

/** What a command has to have beside what its type demands. */
describe.each(Object.keys(load))('the command %s', name => {
  test('says what it does in one clause that begins with a verb', async () => {
    const summary = (await load[name]?.())?.summary() ?? '';
    expect(summary).toMatch(/^[a-z]+s[ ,].*[^.]$/);
    expect(summary.length).toBeLessThanOrEqual(90);
  });

  test('has at least two examples, each of which names it', async () => {
    const examples = (await load[name]?.())?.examples ?? [];
    expect(examples.length).toBeGreaterThanOrEqual(2);
    const named = name === 'watch' ? 'agent2 ' : `agent2 ${name}`;
    expect(examples.filter(line => !line.includes(named))).toEqual([]);
  });

  test('has a help that shows its words, options and examples', async () => {
    const {stdout, code} = await runHere(name, '--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: agent2[^]*\nOptions:\n[^]*\n {2}-h, --help +print this help\n/);
    expect(stdout).toContain('\nExamples:\n');
  });

  test('is in the docs', () => {
    expect(name === 'watch' || pages.some(text => text.includes(`agent2 ${name}`))).toBe(true);
  });

  test('is tried by a test that names it', () => {
    expect(tests.some(text => text.includes(`'${name}'`) || text.includes(`agent2 ${name}`))).toBe(
      true,
    );
  });
});

const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter(file => file.endsWith('.md'))
    .map(file => `docs/${file}`),
].map(path => readFileSync(join(root, path), 'utf8'));

const tests = ['test/commands', 'test/scenarios'].flatMap(folder =>
  readdirSync(join(root, folder), {recursive: true, encoding: 'utf8'})
    .filter(file => file.endsWith('.test.ts') && file !== 'examples.test.ts')
    .map(file => readFileSync(join(root, folder, file), 'utf8')),
);
