import { expect, test } from 'vitest';

import { centre } from './support/centre';
import { endedConversationFrom, expectAtRest } from './support/story';

/** A gateway in Shenzhen: it puts 9 before what was dialled, a zero before mobiles, and leaves its own town out. */
const here = centre(undefined, {
  trunkLines:
    'inbound_called = [{ begins = "9", becomes = "" }]\n' +
    'inbound_caller = [{ begins = "01", becomes = "1", digits = 12 }, { begins = "", becomes = "0755", digits = 8 }]\n',
});

test('numbers of a gateway are put right before anybody sees them', async () => {
  const { server } = here;
  const to = `9${server.hotline}`;
  for (const [written, number, place] of [
    ['88886666', '075588886666', '广东深圳'],
    ['013510001234', '13510001234', '广东深圳'],
    ['02162345678', '02162345678', '上海'],
  ] as const) {
    const { call } = await here.call({ to, from: written });
    call.bye();
    const conversation = await endedConversationFrom(server, number);
    expect(conversation.end).toEqual({ by: 'customer', reason: 'hung_up' });
    expect(JSON.stringify(conversation)).toContain(place);
  }
  // The lists are asked with the number as it was put right.
  const entry = { list: 'block', kind: 'number', value: '0755 8888 6666', note: null, expires_at_us: null };
  await server.api('POST', '/api/v1/number-list', entry);
  const refused = here.phone.call(server.uri(to), '88886666');
  expect((await refused.wait('rejected')).code).toBe(603);
  // What nobody would be left of stays, and is no number of ours.
  const wrong = here.phone.call(server.uri('9'), '88887777');
  expect((await wrong.wait('rejected')).code).toBe(404);
  await expectAtRest(server);
});
