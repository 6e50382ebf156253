import { expect, test } from 'vitest';

import { centre } from './support/centre';
import { allFilesOf } from './support/files';
import { conversationFrom, endedConversationFrom, expectAtRest, expectSound, plot } from './support/story';
import { pass, until } from './support/until';

/** Debug level: what must stand in no log would stand there. */
const here = centre(undefined, { more: '[drain]\ntimeout_s = 0\n[log]\nlevel = "debug"\n' });
const CALLER_HZ = 800;
/** As `CARD` of the recording policy: digits in an order that nothing else here has. */
const CARD = '4929730418265503';

/** A telephone that offers no telephone events, talking with an agent: 1 was pressed into the greeting as two tones. */
async function talking() {
  const desk = await here.desk('chenxiao');
  await desk.ready();
  const { call, from } = await here.call({ tone_hz: CALLER_HZ, keys_as_tones: true });
  await until('the greeting is heard', 5_000, async () => (await call.listen(undefined, 200)).level_dbov > -35);
  await call.press('1');
  await until('the prompt fell silent', 5_000, () => call.events('silence_after_digit').length > 0);
  const silence = call.events('silence_after_digit')[0]!;
  expect(silence.was_loud).toBe(true);
  expect(silence.ms).toBeLessThanOrEqual(200);
  await desk.accept();
  await desk.hearsClearly(CALLER_HZ);
  return { desk, call, from };
}

test('a key that a telephone can only sing leads out of the greeting, and keys of the desk come back as tones', async () => {
  const { desk, call, from } = await talking();
  await desk.id('keypad-open').click();
  // Of 5, and of 2 and 4: together they leave no doubt about either tone. Each lasts for a tenth of a second.
  for (const [key, hz] of [
    ['5', 770],
    ['5', 1_336],
    ['2', 1_336],
    ['4', 770],
  ] as const) {
    const heard = until(
      `the caller hears ${hz} Hz of ${key}`,
      5_000,
      async () => (await call.listen(hz, 60)).tone_dbov > -20,
    );
    await desk.id(`keypad-key-${key}`).click();
    await heard;
  }
  await desk.page.keyboard.press('Escape');
  call.bye();
  await desk.finishWrapUp();
  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  const choices = plot(conversation).filter((line) => line.includes('exit=choice'));
  expect(choices).toHaveLength(1);
  await desk.close();
  await expectAtRest(here.server);
});

test('keys that are sung while the recording pauses are nowhere, and those of a talk in no ledger and no log', async () => {
  const { desk, call, from } = await talking();
  for (const key of '73') await call.press(key);
  const { id } = await conversationFrom(here.server, from);
  await here.server.api('POST', `/api/v1/conversations/${id}/pause-recording`, { reason: 'card_data' });
  for (const key of CARD) await call.press(key);
  await pass(300);
  await here.server.api('POST', `/api/v1/conversations/${id}/resume-recording`);
  await desk.hearsClearly(CALLER_HZ);
  call.bye();
  await desk.finishWrapUp();
  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  const told = JSON.stringify(conversation);
  const log = here.server.log();
  expect(log).toContain('DEBUG');
  for (const place of [told, log]) expect(place).not.toContain(CARD);
  expect(log.match(/digit|dtmf|Key\(/gi) ?? []).toEqual([]);
  expect(plot(conversation).filter((line) => /key|digit/.test(line))).toEqual([]);
  expect(allFilesOf(here.server.dataDir).filter((file) => file.bytes.includes(CARD))).toEqual([]);
  await desk.close();
  await expectAtRest(here.server);
});
