import path from 'node:path'
import { defineConfig } from 'vitest/config'

const integration = '**/*.integration.test.ts'
const folders = '{app,bench,cli,components,lib,prisma,scripts}'
// The time limit ends a test that hangs; it measures nothing, and a busy machine must not turn it red.
const shared = {
  environment: 'node',
  testTimeout: 60_000,
  hookTimeout: 60_000,
  setupFiles: ['scripts/support/quiet-console.ts'],
}

export default defineConfig({
  resolve: {
    alias: {
      '@': import.meta.dirname,
      // Throws outside a server bundle by design; tests are a server.
      'server-only': path.join(import.meta.dirname, 'node_modules', 'server-only', 'empty.js'),
    },
  },
  test: {
    projects: [
      {
        extends: true,
        test: { ...shared, name: 'unit', include: [`${folders}/**/*.test.{ts,tsx}`], exclude: [integration] },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'integration',
          include: [`${folders}/${integration}`],
          globalSetup: ['scripts/support/test-database.ts'],
        },
      },
    ],
  },
})
