/**
 * `npm run newcomer`: makes one thing of every kind in a copy of the tree, as a newcomer would, and runs the checks and the contract tests on it.
 * Then leaves out one part of each, and fails where a check accepts that, or rejects it without naming it.
 */
import {execFileSync, spawn} from 'node:child_process';
import {readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {root} from './rooms.mjs';
import {copyTree} from './tree-copy.mjs';

const NAME = 'newcomer';
const kinds = readdirSync(join(root, 'build/new')).map(file => file.replace('.md', ''));
const TYPES = ['tsc', '-p', '.'];
const tests = (...files) => ['vitest', 'run', ...files];

/** Removes the matching lines of a file. */
const without = pattern => text =>
  text
    .split('\n')
    .filter(line => !pattern.test(line))
    .join('\n');
const gone = () => undefined;

/** The change to a file, the command, and its required output. */
const FORGOTTEN = [
  {
    part: 'the traits of a fix',
    change: {[`source/fixes/${NAME}.ts`]: without(/^ {2}traits:/)},
    run: TYPES,
    says: /'traits' is missing/,
  },
  {
    part: 'the row of a fault',
    change: {
      'source/core/model/fault.ts': text =>
        text.replace("| 'disk_low'", "| 'disk_low' | 'zone_stale'"),
    },
    run: TYPES,
    says: /'zone_stale' is missing/,
  },
  {
    part: 'the word of a fault that a check finds',
    change: {
      [`source/probes/${NAME}.ts`]: text =>
        text.replace('kind: result.fault,', "kind: 'zone_stale',"),
    },
    run: TYPES,
    says: /"zone_stale"' is not assignable/,
  },
  {
    part: 'the summary of an alert',
    change: {
      [`source/alerts/${NAME}.ts`]: text => text.replace(/ {2}get summary\(\) \{[^}]*\},\n/, ''),
    },
    run: TYPES,
    says: /'summary' is missing/,
  },
  {
    part: 'what an examination finds',
    change: {[`source/doctor/${NAME}.ts`]: without(/^ {2}finds:/)},
    run: TYPES,
    says: /'finds' is missing/,
  },
  {
    part: 'the order of a theme',
    change: {[`themes/${NAME}.ts`]: without(/^ {2}order:/)},
    run: TYPES,
    says: /'order' is missing/,
  },
  {
    part: 'the test of a check',
    change: {[`test/probes/${NAME}.test.ts`]: gone},
    run: tests('test/probes/kinds.test.ts'),
    says: `${NAME} has no test: write test/probes/${NAME}.test.ts`,
  },
  {
    part: 'the section of a fix in the docs',
    change: {'docs/fixes.md': text => text.replace(`## ${NAME}`, '')},
    run: tests('test/fixes/kinds.test.ts'),
    says: `${NAME} is not in the docs: docs/fixes.md`,
  },
  {
    part: 'the test of an alert',
    change: {[`test/alerts/${NAME}.test.ts`]: gone},
    run: tests('test/alerts/kinds.test.ts'),
    says: `${NAME} has no test: write test/alerts/${NAME}.test.ts`,
  },
  {
    part: 'a mistake that a check refuses',
    change: {
      [`source/probes/${NAME}.ts`]: text => text.replace(/refuses: \[.*\],/, 'refuses: [],'),
    },
    run: tests('test/probes/kinds.test.ts'),
    says: 'names in `refuses` a mistake that it refuses',
  },
  {
    part: 'npm run docs',
    change: {[`source/doctor/${NAME}.ts`]: text => text.replace("finds: 'that", "finds: 'whether")},
    run: tests('test/build/docs.test.ts'),
    says: 'docs/doctor.md is stale',
  },
];

const copy = copyTree(NAME);
try {
  const wrote = kinds.map(kind => made(kind));
  const things = wrote.flat();
  const code = things.filter(path => /\.tsx?$/.test(path));
  const contracts = ['probes', 'fixes', 'alerts', 'doctor', 'service-files', 'themes'].map(
    folder => `test/${folder}/kinds.test.ts`,
  );
  let failed = 0;
  const expect = async (what, run) => {
    const {code, output} = await ended(run);
    report(code === 0 ? undefined : output, what);
  };
  const report = (fault, what) => {
    console.log(
      `${fault === undefined ? 'ok    ' : 'FAILED'} ${what}${fault === undefined ? '' : `\n${fault.slice(-3_000)}`}`,
    );
    if (fault !== undefined) failed += 1;
  };
  await expect('one of each kind has its types', TYPES);
  await expect('is formatted', ['prettier', '--check', ...code]);
  await expect('passes the lint', ['eslint', ...code]);
  await expect('passes the walls', [
    'depcruise',
    '--config',
    '.dependency-cruiser.mjs',
    'cli.tsx',
    'source',
    'themes',
  ]);
  await expect(
    'keeps its contract, and its own test passes',
    tests(
      ...contracts,
      'test/build/docs.test.ts',
      'test/languages',
      ...code.filter(path => path.includes('.test.')),
    ),
  );
  for (const {part, change, run, says} of FORGOTTEN)
    report(await refused(change, run, says), `the checks name a missing part: ${part}`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  rmSync(copy, {recursive: true, force: true});
}

/** The files that the tool reports as written. */
function made(kind) {
  const output = execFileSync(process.execPath, ['build/new.mjs', kind, NAME], {
    cwd: copy,
    encoding: 'utf8',
  });
  console.log(
    `npm run new -- ${kind} ${NAME}\n${output.split('\nNext:')[0].trim().replace(/^/gm, '  ')}`,
  );
  return [...output.matchAll(/^wrote +(\S+)$/gm)].map(([, path]) => path);
}

/** Undefined when it is rejected in the right words. */
async function refused(change, run, says) {
  const before = Object.keys(change).map(file => [file, readFileSync(join(copy, file), 'utf8')]);
  for (const [file, text] of before) {
    const changed = change[file](text);
    if (changed === text) return `${file} has nothing to forget`;
    if (changed === undefined) rmSync(join(copy, file));
    else writeFileSync(join(copy, file), changed);
  }
  try {
    const {code, output} = await ended(run);
    if (code === 0) return `${run[0]} let it pass`;
    const said = typeof says === 'string' ? output.includes(says) : says.test(output);
    return said ? undefined : `${run[0]} says something else:\n${output}`;
  } finally {
    for (const [file, text] of before) writeFileSync(join(copy, file), text);
  }
}

function ended([tool, ...words]) {
  return new Promise((resolve, reject) => {
    const child = spawn(join(root, 'node_modules/.bin', tool), words, {
      cwd: copy,
      env: {...process.env, NO_COLOR: '1', FORCE_COLOR: '0'},
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', part => (output += part));
    child.on('error', reject).on('close', code => resolve({code, output}));
  });
}
