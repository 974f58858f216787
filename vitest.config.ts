import {defineConfig} from 'vitest/config';
import {viteVirtualModules} from './build/virtual-modules.mjs';

export default defineConfig({
  plugins: [viteVirtualModules],
  // Production React has no development JSX.
  oxc: {jsx: {runtime: 'automatic', development: false}},
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // Scenarios run the built program in a real pseudo-terminal.
    globalSetup: ['test/helpers/build.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    maxWorkers: 3,
    env: {NODE_ENV: 'production', FORCE_COLOR: '0'},
  },
});
