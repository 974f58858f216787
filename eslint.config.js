import tseslint from 'typescript-eslint';

const impure = ['Date', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'process', 'performance', 'fetch', 'crypto', 'console', 'Buffer'];

export default tseslint.config(
  {ignores: ['dist', 'node_modules', 'bench', 'build', '*.cjs', '**/*.mjs', 'test/fixtures']},
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', {argsIgnorePattern: '^_', varsIgnorePattern: '^_'}],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-expressions': ['error', {allowShortCircuit: true}],
      '@typescript-eslint/no-empty-function': 'off',
      'no-console': 'error',
      'no-empty': ['error', {allowEmptyCatch: false}],
      eqeqeq: 'error',
      'max-lines': ['error', {max: 400, skipBlankLines: true, skipComments: true}],
    },
  },
  {
    // Time, randomness and the world arrive as arguments.
    files: ['source/core/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...impure],
      'no-restricted-properties': ['error', {object: 'Math', property: 'random'}, {object: 'globalThis', property: 'process'}],
    },
  },
);
