import { defineConfig } from 'vitest/config';

/** Whole stories and real browsers: each starts a Relevo or a Chromium, and what they wait for is real time. */
const stories = [
  'test/flow/**/*.test.ts',
  'test/chaos/**/*.test.ts',
  'test/channels/whatsapp-web/chromium.test.ts',
];

export default defineConfig({
  test: {
    globalSetup: ['test/postgres-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        // Most tests wait for a database or a mail server: two files side by side are faster even on two cores.
        test: {
          name: 'parts',
          include: ['test/**/*.test.ts'],
          exclude: stories,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        // One at a time, and once more in CI: a browser on a busy computer may miss a moment.
        test: {
          name: 'stories',
          include: stories,
          maxWorkers: 1,
          retry: process.env.CI === 'true' ? 1 : 0,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
