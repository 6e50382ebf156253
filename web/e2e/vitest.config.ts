import { defineConfig } from 'vitest/config';

// Stories on the real server, with real browsers and telephones: one file at a time, so that sound is never late for want of a core.
export default defineConfig({
  test: {
    include: ['e2e/*.e2e.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Sound is judged in real time; one bad moment of a busy machine is told from a fault by its coming back.
    retry: 1,
    reporters: ['verbose'],
  },
});
