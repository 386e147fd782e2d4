import { defineConfig } from 'vitest/config';

/** Whole stories: each starts a Relevo or several, or a browser, and what they wait for is real time. */
const stories = ['test/flow/**/*.test.ts', 'test/channels/whatsapp-web/chromium.test.ts'];

/** Whoever kills what runs has the computer alone. */
const alone = ['test/chaos/**/*.test.ts'];

/** Programs are started and browsers opened within a test, beside others that do the same. */
const storyTimeoutMs = 90_000;

/** Many tests wait for real time, and on a busy computer it may be too short once. */
const retry = process.env.CI === 'true' ? 1 : 0;

export default defineConfig({
  test: {
    globalSetup: ['test/postgres-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    retry,
    projects: [
      {
        extends: true,
        // Most tests wait for a database or a mail server: two cores are half idle with two files side by side.
        test: {
          name: 'parts',
          include: ['test/**/*.test.ts'],
          exclude: [...stories, ...alone],
          maxWorkers: 3,
          // No test replaces a module, so files of one worker share them: loading them anew for each was a third of the work.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'stories',
          include: stories,
          maxWorkers: 2,
          testTimeout: storyTimeoutMs,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: alone,
          maxWorkers: 1,
          testTimeout: storyTimeoutMs,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
