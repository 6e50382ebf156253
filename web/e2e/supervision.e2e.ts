import { expect, test } from 'vitest';

import { centre } from './support/centre';
import type { Desk } from './support/desk';
import { closeAll, CUSTOMER_HZ, expectNothingHeardAt, GIVER_HZ, hears, TAKER_HZ, talking } from './support/handover';
import { audio, expectTalksKept, recordingsOf, sealedOf, secondsTo } from './support/recordings';
import { endedConversationFrom, expectNothingLeftOver, expectSound, plot } from './support/story';
import { pass, until } from './support/until';
import { readWav, toneDb } from './support/wav';

const here = centre();
/** The tone of the supervisor, who is the third in the call. */
const SUPERVISOR_HZ = TAKER_HZ;
const MIXED_SNR_DB = -6;

/** Chosen in the tile of the agent, as a supervisor does it. */
async function choose(supervisor: Desk, what: string) {
  const tile = supervisor.id('floor-agent-tile').filter({ hasText: '陈晓' });
  await tile.getByTestId('floor-supervise').click();
  await supervisor.id(`supervise-${what}`).click();
}

async function modeIs(supervisor: Desk, mode: string) {
  await until(`the bar says ${mode}`, 10_000, async () => {
    const shown = supervisor.id('call-state').first();
    return (await shown.getAttribute('data-mode')) === mode;
  });
}

test('a supervisor listens, whispers and barges in; the customer hears only the last, and no track of theirs holds more', async () => {
  const { desk: chenxiao, call, from } = await talking(here);
  const sunyue = await here.desk('sunyue', SUPERVISOR_HZ);
  await sunyue.ready();
  await sunyue.page.goto(`${here.server.manifest.http_url}/floor`);
  await choose(sunyue, 'listen');
  await modeIs(sunyue, 'listen');
  await sunyue.inState('supervising');
  await hears(sunyue, [CUSTOMER_HZ, GIVER_HZ], [SUPERVISOR_HZ]);
  await hears(chenxiao, [CUSTOMER_HZ], [SUPERVISOR_HZ]);
  await call.hearsClearly(GIVER_HZ);

  await sunyue.id('supervision-whisper').click();
  await modeIs(sunyue, 'whisper');
  await hears(chenxiao, [CUSTOMER_HZ, SUPERVISOR_HZ], [GIVER_HZ]);
  await call.hearsClearly(GIVER_HZ);
  await pass(1_500);
  await call.hearsClearly(GIVER_HZ);

  await sunyue.id('supervision-barge').click();
  await modeIs(sunyue, 'barge');
  await until('the customer hears both', 10_000, async () => {
    for (const hz of [GIVER_HZ, SUPERVISOR_HZ]) if ((await call.listen(hz, 400)).snr_db < MIXED_SNR_DB) return false;
    return true;
  });
  await hears(chenxiao, [CUSTOMER_HZ, SUPERVISOR_HZ], [GIVER_HZ]);
  await pass(1_500);
  await chenxiao.id('call-hold').first().click();
  await sunyue.id('supervision-silent').waitFor();
  await hears(sunyue, [], [CUSTOMER_HZ, GIVER_HZ]);
  await chenxiao.id('call-hold').first().click();
  await sunyue.id('supervision-silent').waitFor({ state: 'detached' });
  await sunyue.id('supervision-stop').click();
  await sunyue.inState('ready');
  await call.hearsClearly(GIVER_HZ);
  await hears(chenxiao, [CUSTOMER_HZ], [SUPERVISOR_HZ]);
  call.bye();
  await chenxiao.finishWrapUp();

  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  const steps = conversation.timeline.filter(({ kind }) => kind === 'supervised');
  expect(steps.map(({ data }) => [data.what, data.mode ?? data.end])).toEqual([
    ['began', 'listen'],
    ['changed', 'whisper'],
    ['changed', 'barge'],
    ['ended', 'stopped'],
  ]);
  const trail = await here.server.api<{ items: { actor: { name: string }; after: unknown }[] }>(
    'GET',
    '/api/v1/audit?action=agent.supervised',
  );
  const asked = (mode: string) => ['孙悦', { conversation_id: conversation.id, mode }];
  expect(trail.items.map(({ actor, after }) => [actor.name, after])).toEqual(['barge', 'whisper', 'listen'].map(asked));

  const sealed = await sealedOf(here.server, conversation.id, 5_000);
  expect(await recordingsOf(here.server, conversation.id)).toHaveLength(1);
  const wav = readWav((await audio(here.server, sealed.id)).bytes);
  const withSupervisor = readWav((await audio(here.server, sealed.id, undefined, '?supervisor=true')).bytes);
  const [, whispers, barges] = steps.map((step) => secondsTo(step, sealed));
  for (const stretch of [
    [whispers! + 0.5, barges! - 0.3],
    [barges! + 0.5, barges! + 1.6],
  ] as const) {
    expect(toneDb(wav, 'left', CUSTOMER_HZ, ...stretch)).toBeGreaterThan(-30);
    expect(toneDb(wav, 'right', GIVER_HZ, ...stretch)).toBeGreaterThan(-40);
    for (const hz of [GIVER_HZ, SUPERVISOR_HZ]) expect(toneDb(wav, 'left', hz, ...stretch)).toBeLessThan(-60);
    // The supervisor has a track of their own, which nobody hears who does not ask for it.
    expect(toneDb(wav, 'right', SUPERVISOR_HZ, ...stretch)).toBeLessThan(-60);
    expect(toneDb(withSupervisor, 'right', SUPERVISOR_HZ, ...stretch)).toBeGreaterThan(-40);
    expect(toneDb(withSupervisor, 'left', SUPERVISOR_HZ, ...stretch)).toBeLessThan(-60);
  }
  // Whoever supervises may hear it in the player too; the agent is not even told of it.
  for (const [desk, offered] of [
    [sunyue, 1],
    [chenxiao, 0],
  ] as const) {
    await desk.page.goto(`${here.server.manifest.http_url}/conversations/${conversation.id}`);
    await desk.id('recording-wave').waitFor();
    expect(await desk.id('recording-supervisor').count()).toBe(offered);
  }
  await sunyue.id('recording-play').click();
  await pass(1_000);
  await sunyue.id('recording-supervisor').click();
  await until('the player plays the other sound on', 5_000, () =>
    sunyue.page.locator('[data-testid="recording-panel"] audio').evaluate((element) => {
      const audio = element as HTMLAudioElement;
      return audio.src.endsWith('&supervisor=true') && audio.error === null && !audio.paused && audio.currentTime > 0;
    }),
  );
  await closeAll(here, chenxiao, sunyue);
});

test('a supervisor takes a customer over, and ends a call', async () => {
  const { desk: chenxiao, call, from } = await talking(here);
  const sunyue = await here.desk('sunyue', SUPERVISOR_HZ);
  await sunyue.ready();
  await sunyue.page.goto(`${here.server.manifest.http_url}/floor`);
  await choose(sunyue, 'take-over');
  await sunyue.inState('talking');
  await sunyue.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(SUPERVISOR_HZ);
  expect((await call.listen(GIVER_HZ, 500)).snr_db).toBeLessThan(0);
  await expectNothingHeardAt(chenxiao, CUSTOMER_HZ, SUPERVISOR_HZ);
  await pass(1_000);
  await chenxiao.finishWrapUp();
  call.bye();
  await sunyue.page.goto(here.server.manifest.http_url);
  await sunyue.finishWrapUp();
  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  expect(plot(conversation)).toContainEqual(expect.stringMatching(/^handling_ended .*agent_name=陈晓 end=taken_over/));
  await expectTalksKept(here.server, conversation, CUSTOMER_HZ, [GIVER_HZ, SUPERVISOR_HZ]);

  const next = await here.waiting({ tone_hz: CUSTOMER_HZ });
  await chenxiao.accept();
  await chenxiao.hearsClearly(CUSTOMER_HZ);
  await sunyue.page.goto(`${here.server.manifest.http_url}/floor`);
  await choose(sunyue, 'release');
  await sunyue.page.locator('.ant-popconfirm .ant-btn-primary').click();
  await next.call.wait('ended');
  await chenxiao.finishWrapUp();
  const ended = await endedConversationFrom(here.server, next.from);
  expect(plot(ended)).toContainEqual(expect.stringMatching(/^handling_ended .*agent_name=陈晓 end=released/));
  await closeAll(here, chenxiao, sunyue);
});

test('nothing is left over', async () => {
  await expectNothingLeftOver(here.server);
});
