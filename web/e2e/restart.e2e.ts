import { expect, test } from 'vitest';

import { centre } from './support/centre';
import { conversationFrom, endedConversationFrom, expectAtRest, expectSound, kinds } from './support/story';
import { pass, until } from './support/until';

const here = centre();

interface Floor {
  queues: { waiting: number; offered: number; abandoned: number }[];
}

async function sales() {
  const { queues } = await here.server.api<Floor>('GET', '/api/v1/floor');
  return queues.find((queue) => queue.offered > 0)!;
}

test('the server is killed with two callers waiting: they call again and have their places, the desk goes on untouched', async () => {
  const desk = await here.desk('chenxiao');
  const first = await here.waiting();
  const second = await here.waiting({ tone_hz: 1_200 });
  await until('both wait', 5_000, async () => {
    const conversation = await conversationFrom(here.server, second.from);
    return kinds(conversation).includes('queued');
  });
  await pass(3_000);
  await here.server.end('SIGKILL');
  await here.server.run();
  for (const { call } of [first, second]) call.bye();
  for (const { from } of [first, second]) {
    const lost = await endedConversationFrom(here.server, from);
    expectSound(lost);
    expect(lost.end?.reason).toBe('node_restarted');
    expect(kinds(lost)).toContain('place_kept');
  }

  // Somebody new comes first, then the second of the two, then the first.
  await here.waiting({ tone_hz: 600 });
  const again = await here.waiting({ from: second.from, tone_hz: 1_200 });
  const front = await here.waiting({ from: first.from });
  await until('both have their places back', 10_000, async () => {
    const stories = await Promise.all([again, front].map(({ from }) => conversationFrom(here.server, from)));
    return stories.every((story) => kinds(story).includes('place_resumed'));
  });
  const resumed = (await conversationFrom(here.server, front.from)).timeline.find(
    ({ kind }) => kind === 'place_resumed',
  );
  expect(Number(resumed!.data.waited_ms)).toBeGreaterThan(3_000);
  const figures = await sales();
  expect(figures).toMatchObject({ waiting: 3, offered: 3, abandoned: 0 });

  await desk.ready('ringing');
  await desk.accept();
  await front.call.hearsClearly(1_000);
  await desk.hearsClearly(800);
  front.call.bye();
  await desk.inState('wrap_up');
  again.call.bye();
  await desk.id('wrap-up-finish').first().click();
  expectSound(await endedConversationFrom(here.server, front.from));
  await here.tidyUp();
  await expectAtRest(here.server);
});

test('the server is killed while an agent talks: the agent is ready again without touching anything and takes the next call', async () => {
  const desk = await here.desk('chenxiao');
  await desk.ready();
  const { call, from } = await here.waiting();
  await desk.accept();
  await call.hearsClearly(1_000);
  await here.server.end('SIGKILL');
  await here.server.run();
  call.bye();
  await desk.inState('ready', 25_000);
  const lost = await endedConversationFrom(here.server, from);
  expectSound(lost);
  expect(lost.timeline.find(({ kind }) => kind === 'handling_ended')?.data.end).toBe('node_restarted');

  const next = await here.waiting();
  await desk.accept();
  await next.call.hearsClearly(1_000);
  await desk.hearsClearly(800);
  next.call.bye();
  await desk.inState('wrap_up');
  await desk.id('wrap-up-finish').first().click();
  await desk.inState('ready');
  expectSound(await endedConversationFrom(here.server, next.from));
  await desk.close();
});
