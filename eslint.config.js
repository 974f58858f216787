import tseslint from 'typescript-eslint';

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

export default tseslint.config(
  {ignores: ['dist', 'node_modules', 'bench', 'build', '*.cjs', '**/*.mjs', 'test/fixtures']},
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        {argsIgnorePattern: '^_', varsIgnorePattern: '^_'},
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-expressions': ['error', {allowShortCircuit: true}],
      '@typescript-eslint/no-empty-function': 'off',
      'no-console': 'error',
      'no-empty': ['error', {allowEmptyCatch: false}],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "CallExpression[callee.object.name='AbortSignal'][callee.property.name='any'] CallExpression[callee.object.name='AbortSignal'][callee.property.name='timeout']",
          message:
            'Node forgets such a timeout at the next garbage collection, and who waits for it waits for ever: hold a timer, or use until() of io.',
        },
      ],
      'eqeqeq': 'error',
      'max-lines': ['error', {max: 550, skipBlankLines: true, skipComments: true}],
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
