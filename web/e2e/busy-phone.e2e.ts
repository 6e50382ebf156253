import { expect, test } from 'vitest';

import { Baresip } from './support/baresip';
import { AGENT_HZ, handsets } from './support/handset';
import { conversationFrom, endedConversationFrom, expectAtRest, expectSound, plot } from './support/story';

const here = handsets();

test('a phone on a private call is busy, and its agent has declined nothing', async () => {
  const from = '13900000106';
  const phone = await here.works(Baresip.start(here.server, 'desk-8001', 'udp', AGENT_HZ, undefined, { lines: 1 }));
  await here.desk.ready();
  // Past the centre, to whoever is at that address.
  phone.dial(`sip:friend@${here.far.address}`);
  const friend = await here.far.incoming();
  await phone.wait('CALL_ESTABLISHED');

  const call = await here.customer(from);
  await here.desk.inState('not_ready');
  const story = plot(await conversationFrom(here.server, from));
  expect(story.find((line) => line.startsWith('offer_ended'))).toContain('end=busy');
  expect(story.at(-1)).toContain('queued');
  expect(phone.count('CALL_INCOMING')).toBe(0);
  await here.desk.id('agent-state').first().click();
  await here.desk.page.getByText('话机忙，已自动示忙').first().waitFor();
  await here.desk.page.keyboard.press('Escape');

  // The line is free again: ready, and the customer who waited rings.
  phone.hangUp();
  await friend.wait('ended');
  await here.desk.ready('ringing');
  await phone.wait('CALL_INCOMING');
  phone.answer();
  await here.desk.inState('talking');
  await call.hearsClearly(AGENT_HZ);
  call.bye();
  await here.desk.finishWrapUp();
  expectSound(await endedConversationFrom(here.server, from));
  await expectAtRest(here.server);
});
