import { defineConfig } from 'vitest/config';

/** Whole stories: each starts a Relevo or several, and what they wait for is real time. */
const stories = ['test/flow/**/*.test.ts', 'test/chaos/**/*.test.ts'];

/** Real browsers, and whoever kills what runs: a busy computer makes them miss a moment. */
const alone = [
  'test/flow/pages*.test.ts',
  'test/flow/video-page.test.ts',
  'test/flow/ladder.test.ts',
  'test/chaos/**/*.test.ts',
  'test/channels/whatsapp-web/chromium.test.ts',
];

/** Programs are started and browsers opened within a test, beside others that do the same. */
const storyTimeoutMs = 90_000;

const retry = process.env.CI === 'true' ? 1 : 0;

export default defineConfig({
  test: {
    globalSetup: ['test/postgres-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        // Most tests wait for a database or a mail server: two files side by side are faster even on two cores.
        test: {
          name: 'parts',
          include: ['test/**/*.test.ts'],
          exclude: [...stories, ...alone],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        // They mostly wait. Once more in CI: what they wait for has an end.
        test: {
          name: 'stories',
          include: stories,
          exclude: alone,
          maxWorkers: 2,
          testTimeout: storyTimeoutMs,
          retry,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        // One at a time, and once more in CI.
        test: {
          name: 'alone',
          include: alone,
          maxWorkers: 1,
          testTimeout: storyTimeoutMs,
          retry,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
