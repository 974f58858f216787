import tseslint from 'typescript-eslint';
import {finishedSentence} from './build/finished-sentence.mjs';

const impure = [
  'Date',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'process',
  'performance',
  'fetch',
  'crypto',
  'console',
  'Buffer',
];

/** Each waits for the other end of a fifo, follows links, or reads what has no end. */
const openers = [
  'open',
  'openSync',
  'openAsBlob',
  'readFile',
  'readFileSync',
  'writeFile',
  'writeFileSync',
  'appendFile',
  'appendFileSync',
  'copyFile',
  'copyFileSync',
  'cp',
  'cpSync',
  'truncate',
  'truncateSync',
  'createReadStream',
  'createWriteStream',
  'promises',
  'default',
];

export default tseslint.config(
  {
    ignores: [
      'dist',
      'node_modules',
      '**/*.mjs',
      '**/*.d.{ts,mts}',
      '*.config.{js,ts}',
      'test/fixtures',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {projectService: true, tsconfigRootDir: import.meta.dirname},
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        {considerDefaultExhaustiveForUnions: true},
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        {argsIgnorePattern: '^_', varsIgnorePattern: '^_'},
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-expressions': ['error', {allowShortCircuit: true}],
      '@typescript-eslint/no-empty-function': 'off',
      // There is no `this` to lose: what has methods here is a plain object of closures.
      '@typescript-eslint/unbound-method': 'off',
      // What fills an asynchronous contract may have nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', {allowNumber: true}],
      // What was caught, and the reason of a signal, are handed on as they are.
      '@typescript-eslint/prefer-promise-reject-errors': [
        'error',
        {allowThrowingAny: true, allowThrowingUnknown: true},
      ],
      'no-console': 'error',
      'no-empty': ['error', {allowEmptyCatch: false}],
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='AbortSignal'][property.name='any']",
          message:
            'Node keeps its result for ever while anything listens, and forgets a timeout in it: use linkedSignal of contracts/abort.ts.',
        },
        {
          selector:
            "CallExpression[callee.property.name='addEventListener'][arguments.0.value='abort']",
          message:
            'A signal may outlive what listens to it: use onAbort of contracts/abort.ts, which also removes.',
        },
      ],
      'eqeqeq': 'error',
      'max-lines': ['error', {max: 400, skipBlankLines: true, skipComments: true}],
    },
  },
  {
    files: ['source/contracts/abort.ts'],
    rules: {'no-restricted-syntax': 'off'},
  },
  {
    // `expect.any(String)` and its like are any.
    files: ['test/**'],
    rules: {'@typescript-eslint/no-unsafe-assignment': 'off'},
  },
  {
    // A text is data until it is shown, since each reader has a language.
    files: ['source/**/*.{ts,tsx}'],
    plugins: {texts: {rules: {'finished-sentence': finishedSentence}}},
    rules: {'texts/finished-sentence': 'error'},
  },
  {
    // Nothing is shown here: what is said is stored or sent.
    files: [
      'source/{contracts,core,documents,io,runtime,monitor}/**/*.ts',
      'source/control/server/**/*.ts',
    ],
    ignores: ['source/core/text/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '/text/say\\.ts$',
              importNames: ['say', 'sayOf'],
              message: 'What is stored or sent is a message (core/text), not a finished sentence.',
            },
          ],
        },
      ],
    },
  },
  {
    // Anything may lie in the place of a file.
    files: ['source/**/*.{ts,tsx}'],
    ignores: [
      'source/io/files/{regular-file,atomic-file,appending,file-writer,takes-files}.ts',
      // What only the kernel writes.
      'source/io/process/{activity,pid-namespaces,process-surroundings,procfs,resources,unit-of}.ts',
      'source/io/net/{listening-sockets,listens,ports-of-process}.ts',
      'source/io/evidence/{live-process,machine,memory-group}.ts',
      'source/io/files/trusted-path.ts',
      // A device, a fifo of their own.
      'source/io/{terminal,socket/local-server,run/child-input}.ts',
      // They look before they open, in a way of their own.
      'source/io/{process/pid-file,logs/last-lines}.ts',
      'source/demo/**',
    ],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: ['node:fs', 'node:fs/promises', 'fs', 'fs/promises'].map(name => ({
            name,
            importNames: openers,
            allowTypeImports: true,
            message:
              'A fifo, a link or a device may have that name: open it by io/files (regular-file, bounded-file, atomic-file).',
          })),
        },
      ],
    },
  },
  {
    // Time, randomness and the world arrive as arguments.
    files: ['source/core/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...impure],
      'no-restricted-properties': [
        'error',
        {object: 'Math', property: 'random'},
        {object: 'globalThis', property: 'process'},
      ],
    },
  },
);
