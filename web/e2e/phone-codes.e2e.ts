import { expect, test } from 'vitest';

import { Baresip } from './support/baresip';
import { hearsMusic } from './support/handover';
import { AGENT_HZ, CUSTOMER_HZ, handsets } from './support/handset';
import { endedConversationFrom, expectAtRest, expectSound, plot } from './support/story';
import { until } from './support/until';

const here = handsets();

test('a phone parks its customer, picks them up, and hands them to a queue by a number of the centre', async () => {
  const from = '13900000111';
  const phone = await here.works(Baresip.start(here.server, 'desk-8001', 'udp', AGENT_HZ));
  await here.desk.ready();
  const call = await here.customer(from);
  await phone.wait('CALL_INCOMING');
  phone.answer();
  await here.desk.inState('talking');
  await call.hearsClearly(AGENT_HZ);

  phone.transfer(here.server.uri('*68'));
  await phone.wait('CALL_CLOSED');
  await here.desk.inState('wrap_up');
  await until('the desk lists who is parked', 5_000, async () => {
    return (await here.desk.id('parked-open').getAttribute('data-count')) === '1';
  });
  await hearsMusic(call, AGENT_HZ);

  // A colleague has parked nobody; the own agent ID names the customer, straight out of the wrap-up.
  phone.dial(here.server.uri('*888002'));
  await phone.wait('CALL_CLOSED', 2);
  phone.dial(here.server.uri('*888001'));
  await phone.wait('CALL_ESTABLISHED', 2);
  await here.desk.inState('talking');
  await phone.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(AGENT_HZ);

  // A number of the centre leads into its menu, and the menu into its queue: no trunk is called.
  phone.transfer(here.server.uri(here.server.hotline));
  await phone.wait('CALL_CLOSED', 3);
  await here.desk.finishWrapUp();
  await call.press('1');
  await phone.wait('CALL_INCOMING', 2);
  phone.answer();
  await here.desk.inState('talking');
  await phone.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(AGENT_HZ);
  expect(here.far.incomingCount()).toBe(0);
  call.bye();
  await phone.wait('CALL_CLOSED', 4);
  await here.desk.finishWrapUp();

  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  const story = plot(conversation);
  const started = conversation.timeline.filter(({ kind }) => kind === 'transfer_started');
  expect(started.map(({ data }) => data.kind)).toEqual(['park', 'blind']);
  expect(started[0]!.data).toMatchObject({ target: 'park', agent_name: '陈晓' });
  expect(story).toContainEqual(expect.stringMatching(/^agent_offered .*agent_name=陈晓 reason=picked_up/));
  expect(story.filter((line) => line === 'transfer_ended end=completed')).toHaveLength(2);
  expect(here.desk.complaints).toEqual([]);
  await expectAtRest(here.server);
});
