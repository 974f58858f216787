import {defineConfig} from 'vitest/config';
import {viteVirtualModules} from './build/virtual-modules.mjs';

export default defineConfig({
  plugins: [viteVirtualModules],
  // Production React has no development JSX.
  oxc: {jsx: {runtime: 'automatic', development: false}},
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // Scenarios run the built program in a real pseudo-terminal.
    setupFiles: ['test/setup/properties.ts', 'test/setup/texts.ts'],
    globalSetup: ['test/setup/build.ts'],
    // Longer than any single wait, which says what it waited for.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Files share what they import: whoever changes something of a module (the language, a listener) puts it back.
    isolate: false,
    // Most of a scenario is waiting.
    maxWorkers: 4,
    // Each node that a test starts would read these certificates, for 50 ms; tests talk to loopback alone.
    env: {NODE_ENV: 'production', FORCE_COLOR: '0', NODE_EXTRA_CA_CERTS: ''},
  },
});
