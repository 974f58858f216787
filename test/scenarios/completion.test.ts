import {execFileSync, spawnSync} from 'node:child_process';
import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {makeHome, type Home} from '../helpers/home.ts';
import {agent2} from '../helpers/program.ts';
import {cli} from '../helpers/root.ts';
import {openTerminal} from '../helpers/terminal.ts';

const has = (shell: string) => spawnSync(shell, ['-c', 'true']).status === 0;
const missing = ['bash', 'zsh', 'fish'].filter(shell => !has(shell));
if (missing.length > 0)
  process.stdout.write(`completion is not tried in ${missing.join(', ')}: not installed here\n`);

let home: Home;
let env: Record<string, string>;
beforeAll(() => {
  home = makeHome();
  const bin = join(home.path, 'bin');
  mkdirSync(bin);
  symlinkSync(cli, join(bin, 'agent2'));
  env = {...home.env, PATH: `${bin}:${home.env['PATH']}`, TERM: 'xterm'};
  mkdirSync(home.stateDir, {recursive: true});
});
afterAll(cleanUp);

/** What each shell offers for a line, by its own means. */
const cases: ReadonlyArray<
  readonly [line: string, offers: readonly string[], notThese: readonly string[]]
> = [
  ['agent2 dr', ['drill'], ['check']],
  ['agent2 drill cr', ['crash'], ['hang']],
  ['agent2 run --preset lo', ['low-latency'], ['prod']],
  ['agent2 check --ti', ['--timeout'], ['--theme']],
  ['agent2 --them', ['--theme'], ['--timeout']],
  ['agent2 completion f', ['fish'], ['bash']],
  ['agent2 service print sys', ['systemd'], ['launchd']],
  ['agent2 maintain pr', ['prune'], ['all']],
  ['agent2 --lang zh dr', ['drill'], ['check']],
  ['agent2 run --interval 5', ['5s', '5ms'], ['5']],
  ['agent2 run http://127.0.0.1:1/ -- cat /etc/passw', ['/etc/passwd'], []],
];

describe('completion', () => {
  test.skipIf(!has('bash'))('in bash', () => {
    const script = `eval "$(agent2 completion bash)"
try() { COMP_WORDS=($1); COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 )); _agent2; echo "\${COMPREPLY[*]}"; }
${cases.map(([line]) => `try '${line}'`).join('\n')}
try 'agent2 --preset = lo'`;
    const lines = execFileSync('bash', ['--norc', '-euc', script], {
      env,
      encoding: 'utf8',
      timeout: 60_000,
    }).split('\n');
    // Files are left to readline.
    for (const [index, [line, offers, not]] of cases.entries())
      if (!line.includes('/etc')) expectOffers(lines[index] ?? '', offers, not);
    expect(lines[cases.length]).toBe('low-latency');
  });

  test.skipIf(!has('fish'))('in fish', () => {
    const script = `agent2 completion fish | source
${cases.map(([line]) => `complete -C '${line}' | string split -f1 \\t | string join ' '`).join('\n')}
true`;
    const lines = execFileSync('fish', ['--no-config', '-c', script], {
      env,
      encoding: 'utf8',
      timeout: 60_000,
    }).split('\n');
    for (const [index, [, offers, not]] of cases.entries())
      expectOffers(lines[index] ?? '', offers, not);
  });

  test.skipIf(!has('zsh'))('in zsh, at its prompt', async () => {
    writeFileSync(
      join(home.path, '.zshrc'),
      'PS1="> "; unsetopt zle_bracketed_paste beep; autoload -Uz compinit; compinit -u; source <(agent2 completion zsh); echo ready\n',
    );
    const terminal = openTerminal({argv: ['zsh', '-i'], env, rows: 24});
    await terminal.waitFor('ready');
    for (const [line, [offer = '', ...more]] of cases) {
      if (more.length > 0) continue;
      terminal.type(`${line}\t`);
      await terminal.waitFor(`${line.slice(0, line.lastIndexOf(' ') + 1)}${offer}`);
      terminal.type('\u0015');
    }
  });

  test('is refused for another shell, and without one', async () => {
    const [other, none] = await Promise.all([
      agent2(['completion', 'fishy'], {env}),
      agent2(['completion'], {env}),
    ]);
    expect(other.stderr).toContain('did you mean agent2 completion fish?');
    expect(none.stderr).toContain('completion needs one of bash, zsh, fish, targets; e.g. eval ');
    expect([other.code, none.code]).toEqual([64, 64]);
  });
});

function expectOffers(line: string, offers: readonly string[], not: readonly string[]): void {
  const words = line.split(/\s+/);
  expect(words).toEqual(expect.arrayContaining([...offers]));
  for (const word of not) expect(words).not.toContain(word);
}
