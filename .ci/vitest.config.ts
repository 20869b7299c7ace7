import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

const root = new URL('..', import.meta.url).pathname;
const alias = { '@ros/contracts': `${root}shared/contracts/index.ts` };
const never = ['**/node_modules/**', '.build/**', '.state/**', 'salesforce-app/**'];

/** The suffix says where a test runs: `.test` node · `.do.test` workerd · `.pg.test` PostgreSQL. Rules that touch nothing share their modules. */
export default defineConfig({
  root,
  test: {
    // The Worker's own log lines; what a test says itself is still shown.
    onConsoleLog: (line) => !line.startsWith('{"level"'),
    projects: [
      {
        resolve: { alias },
        test: { name: 'pure', root, include: ['shared/**/*.test.ts'], exclude: never, testTimeout: 30_000, isolate: false },
      },
      {
        resolve: { alias },
        test: {
          name: 'node',
          root,
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...never, 'shared/**', '**/*.{do,pg}.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        plugins: [
          cloudflareTest(({ inject }) => ({
            wrangler: { configPath: `${root}wrangler.toml` },
            miniflare: { bindings: inject('worker') },
          })),
        ],
        resolve: { alias },
        test: {
          name: 'workerd',
          root,
          include: ['edge/**/*.do.test.ts'],
          exclude: never,
          testTimeout: 60_000,
          globalSetup: [`${root}.ci/workerd.ts`],
          setupFiles: [`${root}.ci/quiet-worker.ts`],
          disableConsoleIntercept: true,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'pg',
          root,
          include: ['**/*.pg.test.ts'],
          exclude: never,
          testTimeout: 60_000,
          globalSetup: [`${root}.ci/postgres.ts`],
        },
      },
    ],
  },
});
