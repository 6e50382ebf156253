/** What every file of stories runs with: on the real server, with real browsers and telephones. */
export const STORIES = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  // Sound is judged in real time; one bad moment of a busy machine is told from a fault by its coming back.
  retry: 1,
  reporters: ['verbose'],
};
