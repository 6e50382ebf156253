import { expect, test } from 'vitest';

import { centre } from './support/centre';
import { endedConversationFrom, expectAtRest, expectNothingLeftOver, expectSound, kinds, plot } from './support/story';
import { pass, until } from './support/until';

const here = centre();

test('the caller hangs up in the flow', async () => {
  const { call, from } = await here.call();
  call.bye();
  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  expect(conversation.end).toEqual({ by: 'customer', reason: 'hung_up' });
  expect(kinds(conversation)).not.toContain('queued');
  await expectAtRest(here.server);
});

test('the caller hangs up in the queue', async () => {
  const { call, from } = await here.waiting();
  await until('music plays', 10_000, async () => (await call.listen(undefined, 300)).level_dbov > -40);
  call.bye();
  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  expect(plot(conversation)).toContainEqual(expect.stringMatching(/^left_queue .*reason=abandoned/));
  await expectAtRest(here.server);
});

test('a wrong key is said so and asked again; after the third the caller goes to a person', async () => {
  const { call, from } = await here.call();
  for (const key of ['9', '8', '7']) {
    await call.press(key);
    await pass(1_500);
  }
  await until('the caller waits', 15_000, async () => {
    const floor = await here.server.api<{ waiting: unknown[] }>('GET', '/api/v1/floor');
    return floor.waiting.length === 1;
  });
  call.bye();
  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  expect(plot(conversation)).toContainEqual(expect.stringMatching(/^flow_node_left .*exit=invalid/));
  expect(kinds(conversation)).toContain('queued');
  await expectAtRest(here.server);
});

test('no key within the time is asked again and ends in a goodbye', { timeout: 150_000 }, async () => {
  const { call, from } = await here.call();
  await call.wait('ended', 120_000);
  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  expect(plot(conversation)).toContainEqual(expect.stringMatching(/^flow_node_left .*exit=timeout/));
  expect(conversation.end).toEqual({ by: 'system', reason: 'flow_ended' });
  await expectAtRest(here.server);
});

test('outside opening hours the caller hears so and the call ends', async () => {
  const closed = here.server.manifest.numbers[2]!.number;
  const { call, from } = await here.call({ to: closed });
  await until('the announcement is heard', 3_000, async () => (await call.listen(undefined, 200)).level_dbov > -35);
  expect((await call.wait('ended', 20_000)).by).toBe('peer');
  const conversation = await endedConversationFrom(here.server, from);
  expect(conversation.end).toEqual({ by: 'system', reason: 'closed' });
  expect(plot(conversation)).toContainEqual(expect.stringMatching(/^flow_node_left .*exit=closed/));
  await expectAtRest(here.server);
});

test('the desk that rings says where the caller is from', async () => {
  const desk = await here.desk('chenxiao');
  await desk.ready();
  const { call, from } = await here.waiting({ from: '13510001234' });
  const place = desk.id('offer-card').getByTestId('number-location');
  await place.waitFor();
  expect(await place.textContent()).toBe('广东深圳·移动');
  expect(await place.getAttribute('title')).toMatch(/号段的归属地（\d{4}-\d\d-\d\d 的数据）/);
  call.bye();
  await desk.id('offer-card').waitFor({ state: 'detached' });
  expectSound(await endedConversationFrom(here.server, from));
  await desk.page.goto(`${here.server.manifest.http_url}/conversations`);
  const row = desk.id('conversation-row').first();
  await row.getByTestId('number-location').waitFor();
  expect(await row.getByTestId('number-location').first().textContent()).toBe('广东深圳·移动');
  await desk.close();
  await expectAtRest(here.server);
});

test('a number that is not ours is refused with 404', async () => {
  const from = here.nextNumber();
  const call = here.phone.call(here.server.uri('4009999999'), from);
  expect((await call.wait('rejected')).code).toBe(404);
  await expectAtRest(here.server);
});

test('a CANCEL that crosses the 200 ends the call once', async () => {
  for (let round = 0; round < 10; round++) {
    const from = here.nextNumber();
    const call = here.phone.call(here.server.uri(here.server.hotline), from, {
      cancel_on_answer: true,
      bye_after_crossing: true,
    });
    await until('the call is over', 10_000, () => [...call.events('ended'), ...call.events('rejected')].length > 0);
    expectSound(await endedConversationFrom(here.server, from));
  }
  await expectAtRest(here.server);
});

test('the trunk holds and takes back by re-INVITE; the music stops and goes on', async () => {
  const { call, from } = await here.waiting();
  await until('music plays', 10_000, async () => (await call.listen(undefined, 300)).level_dbov > -40);
  await call.hold();
  await pass(1_200);
  expect((await call.listen(undefined, 500)).level_dbov).toBeLessThan(-50);
  await call.resume();
  await until('music plays again', 3_000, async () => (await call.listen(undefined, 300)).level_dbov > -40);
  call.bye();
  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  expect(kinds(conversation).filter((kind) => kind === 'peer_held')).toHaveLength(2);
  await expectAtRest(here.server);
});

test('nothing is left over', async () => {
  await expectNothingLeftOver(here.server);
});
