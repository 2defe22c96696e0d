import './tools/node-20.mjs';
import { defineConfig } from 'vitest/config';

/** Tests run on the sources: `@lantern/x` resolves to packages/x/src, so that no build is needed. */
const conditions = ['@lantern/source'];

export default defineConfig({
  resolve: { conditions: [...conditions, 'module', 'node', 'development|production'] },
  ssr: {
    resolve: {
      // Without `module`: Vitest hands these to Node too, and what packages mean by it is for bundlers.
      conditions: [...conditions, 'node', 'development|production'],
      externalConditions: conditions,
    },
  },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'tools/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    environment: 'node',
    maxWorkers: '100%',
    setupFiles: ['tools/fixed-seed.ts'],
    globalSetup: ['tools/software-vulkan.mjs'],
    pool: 'threads',
    // Tests that simulate take some seconds; a machine with much else to do may take ten times as long.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
