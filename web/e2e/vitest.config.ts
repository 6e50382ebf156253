import { defineConfig } from 'vitest/config';

import { STORIES } from './settings';

/** Stories that wait most of their time, for a grace to end or a silence to be noticed, and listen little. */
const PATIENT = [
  'callers',
  'closed-browsers',
  'detection-talk',
  'hours',
  'lines',
  'killed-browsers',
  'outbound-plan',
  'recording-policy',
  'restart',
  'voicemail',
].map((name) => `e2e/${name}.e2e.ts`);

// One file at a time, so that sound is never late for want of a core; the patient ones two at a time.
export default defineConfig({
  test: {
    ...STORIES,
    projects: [
      {
        extends: true,
        test: {
          name: 'alone',
          include: ['e2e/*.e2e.ts'],
          exclude: PATIENT,
          maxWorkers: 1,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'patient', include: PATIENT, maxWorkers: 2, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
