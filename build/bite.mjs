/**
 * `npm run bite`: proves that each check rejects its violations. Puts one violation of each kind into a copy of the tree, and fails where the
 * check accepts it or rejects it for another reason.
 */
import {spawn} from 'node:child_process';
import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {root} from './rooms.mjs';
import {copyTree} from './tree-copy.mjs';

/** A screen without the part `leftOut`. */
const screen = leftOut =>
  [
    "import type {ScreenDefinition} from '../screen.ts';",
    'export const definition: ScreenDefinition = {',
    ...[
      "name: 'bite',",
      "shows: 'page',",
      "title: () => 'Bite',",
      "key: {keys: ['w'], shown: 'w', label: () => 'bite', help: () => 'bites', weight: 1, order: 1},",
      'open: () => ({}),',
      'keys: [],',
      'reduce: state => state,',
      'View: () => null,',
      'smallest: {columns: 20, rows: 4},',
    ].filter(line => !line.startsWith(`${leftOut}:`)),
    '};',
    '',
  ].join('\n');
const SCREEN = 'source/ui/screens/bite/bite.tsx';
const CONTRACT = ['vitest', 'run', 'test/ui/screens/contract.test.tsx', '-t'];
const UNION = "type Side = 'left' | 'right';";
const ESLINT = ['eslint'];
const WALLS = ['depcruise', '--config', '.dependency-cruiser.mjs', 'cli.tsx', 'source', 'themes'];
const KNIP = ['knip', '--no-progress'];
const LANGUAGES = ['node', 'build/languages.mjs'];

/** The violation (a text is appended to a file, a function transforms it), the command, and its required output. */
const BITES = [
  {
    kind: 'a line that is not formatted',
    put: {'source/format/bite.ts': 'export const  bite = {a:1}\n'},
    run: ['prettier', '--check', 'source/format/bite.ts'],
    says: 'source/format/bite.ts',
  },
  {
    kind: 'a promise that nobody waits for',
    put: {'source/format/bite.ts': 'export function bite(): void {\n  Promise.resolve(1);\n}\n'},
    run: [...ESLINT, 'source/format/bite.ts'],
    says: '@typescript-eslint/no-floating-promises',
  },
  {
    kind: 'a switch that forgets a case',
    put: {
      'source/format/bite.ts': `${UNION}\nexport function bite(side: Side): void {\n  switch (side) {\n    case 'left':\n  }\n}\n`,
    },
    run: [...ESLINT, 'source/format/bite.ts'],
    says: '@typescript-eslint/switch-exhaustiveness-check',
  },
  {
    kind: 'a clock in the core',
    put: {'source/core/bite.ts': 'export const bite = () => Date.now();\n'},
    run: [...ESLINT, 'source/core/bite.ts'],
    says: 'no-restricted-globals',
  },
  {
    kind: 'a finished sentence where a text is kept',
    put: {
      'source/probes/bite.ts':
        "import type {Text} from '../core/model/text.ts';\nimport {say} from '../core/text/say.ts';\nexport const bite = (): {text: Text} => ({text: say`it bites`});\n",
    },
    run: [...ESLINT, 'source/probes/bite.ts'],
    says: 'texts/finished-sentence',
  },
  {
    kind: 'a finished sentence within a text that is kept',
    put: {
      'source/probes/bite.ts':
        "import {message} from '../core/text/message.ts';\nimport {say} from '../core/text/say.ts';\nexport const bite = () => message`it says ${say`it bites`}`;\n",
    },
    run: [...ESLINT, 'source/probes/bite.ts'],
    says: 'texts/finished-sentence',
  },
  {
    kind: 'a finished sentence where nothing is shown',
    put: {
      'source/monitor/bite.ts':
        "import {say} from '../core/text/say.ts';\nexport const bite = () => say`it bites`;\n",
    },
    run: [...ESLINT, 'source/monitor/bite.ts'],
    says: 'not a finished sentence',
  },
  {
    kind: 'a file that is opened without a look at what it is',
    put: {
      'source/io/logs/bite.ts':
        "import {readFileSync} from 'node:fs';\nexport const bite = () => readFileSync('agent2.log');\n",
    },
    run: [...ESLINT, 'source/io/logs/bite.ts'],
    says: 'A fifo, a link or a device may have that name',
  },
  {
    kind: 'a dead export',
    put: {'source/format/age.ts': 'export const bite = 1;\n'},
    run: KNIP,
    says: /Unused exports[^]*bite/,
  },
  {
    kind: 'a file that nobody reads',
    put: {'source/format/bite.ts': 'export const bite = 1;\n'},
    run: KNIP,
    says: /Unused files[^]*source\/format\/bite\.ts/,
  },
  {
    kind: 'a dependency that nobody uses',
    put: {
      'package.json': text =>
        text.replace('"devDependencies": {', '"devDependencies": {\n"is-number": "^7.0.0",'),
    },
    run: KNIP,
    says: /Unused devDependencies[^]*is-number/,
  },
  {
    kind: 'a folder with too many files',
    put: Object.fromEntries(
      Array.from({length: 31}, (_, number) => [
        `source/demo/bite-${number}.ts`,
        "import {start} from './service.ts';\nexport const bite = start;\n",
      ]),
    ),
    run: WALLS,
    says: 'source/demo has more than 30 files',
  },
  {
    kind: 'an import that runs back up, though of a type alone',
    put: {
      'source/format/bite.ts':
        "import type {Clock} from '../contracts/clock.ts';\nexport type Bite = Clock;\n",
    },
    run: WALLS,
    says: 'format imports only what build/rooms.json allows',
  },
  {
    kind: 'a folder without a rule',
    put: {
      'source/bites/bite.ts':
        "import type {State} from '../core/model/state.ts';\nexport type Bite = State;\n",
    },
    run: WALLS,
    says: 'every-folder-has-a-rule',
  },
  {
    kind: 'a circle of types',
    put: {
      'source/format/bite.ts':
        "import type {Other} from './other.ts';\nexport type Bite = Other;\n",
      'source/format/other.ts':
        "import type {Bite} from './bite.ts';\nexport type Other = Bite | 1;\n",
    },
    run: WALLS,
    says: 'no-cycles',
  },
  {
    kind: 'a socket outside io',
    put: {
      'source/runtime/bite.ts': "import {connect} from 'node:net';\nexport const bite = connect;\n",
    },
    run: WALLS,
    says: 'touching-only-in-io',
  },
  {
    kind: 'a decision in the model',
    put: {
      'source/core/model/bite.ts':
        "import {update} from '../update.ts';\nexport const bite = update;\n",
    },
    run: WALLS,
    says: 'model-decides-nothing',
  },
  {
    kind: 'a translation of a text that nobody says',
    put: {'source/languages/zh/bite.ts': "export const zh = {'bite me': '咬我'};\n"},
    run: LANGUAGES,
    says: "source/languages/zh/bite.ts:1: 'bite me': nobody says it",
  },
  {
    kind: 'a translation without its value',
    put: {'source/languages/zh/core.ts': text => text.replace("'{} 分钟'", "'分钟'")},
    run: LANGUAGES,
    says: "'{} min': it has to use each of its values once",
  },
  {
    kind: 'a text that is translated in two ways',
    put: {'source/languages/zh/bite.ts': "export const zh = {'{} min': '{} 分'};\n"},
    run: LANGUAGES,
    says: "'{} min': elsewhere it is",
  },
  {
    kind: 'a screen without a view',
    put: {[SCREEN]: screen('View')},
    run: ['tsc', '-p', '.'],
    says: /bite\.tsx[^]*View/,
  },
  {
    kind: 'a screen without a test',
    put: {[SCREEN]: screen()},
    run: [...CONTRACT, 'has all that a screen needs'],
    says: 'test/ui/screens/bite/bite.test.tsx is missing',
  },
  {
    kind: 'a key that two screens claim',
    put: {[SCREEN]: screen()},
    run: [...CONTRACT, 'claim the same key'],
    says: 'both bite and why claim w',
  },
];

const copy = copyTree('bite');
try {
  let missed = 0;
  for (const bite of BITES) {
    const fault = await bitten(bite);
    console.log(
      `${fault === undefined ? 'refused' : 'MISSED '} ${bite.kind}${fault === undefined ? '' : `: ${fault}`}`,
    );
    if (fault !== undefined) missed += 1;
  }
  console.log(missed === 0 ? `all ${BITES.length} refused` : `${missed} of ${BITES.length} missed`);
  process.exitCode = missed === 0 ? 0 : 1;
} finally {
  rmSync(copy, {recursive: true, force: true});
}

/** Undefined when the check rejects it for the right reason. */
async function bitten({put, run, says}) {
  const before = Object.entries(put).map(([file, change]) => [file, textOf(file), change]);
  for (const [file, old, change] of before) {
    mkdirSync(dirname(join(copy, file)), {recursive: true});
    writeFileSync(
      join(copy, file),
      typeof change === 'function' ? change(old) : `${old ?? ''}${change}`,
    );
  }
  try {
    const {code, output} = await ended(run);
    if (code === 0) return `${run[0]} let it pass`;
    const isSaid = typeof says === 'string' ? output.includes(says) : says.test(output);
    return isSaid ? undefined : `${run[0]} refused something else:\n${output.slice(0, 2_000)}`;
  } finally {
    for (const [file, old] of before) {
      if (old === undefined) rmSync(join(copy, file));
      else writeFileSync(join(copy, file), old);
    }
    for (const folder of ['source/bites', dirname(SCREEN)])
      rmSync(join(copy, folder), {recursive: true, force: true});
  }
}

function textOf(file) {
  try {
    return readFileSync(join(copy, file), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function ended([tool, ...args]) {
  return new Promise((resolve, reject) => {
    const program = tool === 'node' ? process.execPath : join(root, 'node_modules/.bin', tool);
    const child = spawn(program, args, {cwd: copy});
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', part => (output += part));
    child.on('error', reject).on('close', code => resolve({code, output}));
  });
}
