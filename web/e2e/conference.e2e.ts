import { beforeAll, expect, test } from 'vitest';

import { centre } from './support/centre';
import type { Desk } from './support/desk';
import {
  closeAll,
  CUSTOMER_HZ,
  GIVER_HZ,
  hears,
  isReachable,
  TAKER_HZ,
  talking,
  target,
  typeNumber,
} from './support/handover';
import type { Call } from './support/phone';
import { audio, recordingsOf, sealedOf, secondsTo } from './support/recordings';
import { endedConversationFrom, expectNothingLeftOver, expectSound, plot } from './support/story';
import { pass, until } from './support/until';
import { readWav, toneDb } from './support/wav';

/** The tone of the number outside, who is the fourth in the call. */
const OUTSIDE_HZ = 1_700;
const here = centre(OUTSIDE_HZ);
/** In the range the example may dial, and nobody's who calls here. */
const FAR = '138 0013 8001';
/** The window leaks a little of the tones that are heard into the others. */
const NOT_HEARD_DBOV = -50;
const KEPT_DB = -45;
const NOT_KEPT_DB = -60;

beforeAll(() => here.phone.send({ op: 'incoming', mode: 'ring' }));

const party = (desk: Desk, name: string) => desk.id('party').filter({ hasText: name });

async function partyIs(desk: Desk, name: string, state: string) {
  await until(`${name} is ${state}`, 10_000, async () => {
    const shown = party(desk, name);
    return (await shown.count()) === 1 && (await shown.getAttribute('data-state')) === state;
  });
}

/** What the customer, or the number outside, hears: some tones, however loud each is, and not others. */
async function mixes(call: Call, tones: number[], not: number[]) {
  await call.hearsAll(...tones);
  await until(`${not.join(', ')} Hz are not heard at the telephone`, 10_000, async () => {
    for (const hz of not) if ((await call.listen(hz, 400)).tone_dbov > NOT_HEARD_DBOV) return false;
    return true;
  });
}

test('four talk: everybody hears everybody but who is muted, until one is let go; the recording keeps who was heard', async () => {
  const { desk: chenxiao, call, from } = await talking(here);
  const linjing = await here.desk('linjing', TAKER_HZ);
  await linjing.ready();

  await chenxiao.page.keyboard.press('t');
  await isReachable(chenxiao, '林静');
  await target(chenxiao, '林静').click();
  await chenxiao.id('party-add').click();
  await partyIs(chenxiao, '林静', 'ringing');
  await linjing.accept();
  await partyIs(chenxiao, '林静', 'talking');
  await hears(chenxiao, [CUSTOMER_HZ, TAKER_HZ], [GIVER_HZ]);
  await hears(linjing, [CUSTOMER_HZ, GIVER_HZ], [TAKER_HZ]);

  const row = await typeNumber(chenxiao, FAR);
  await row.click();
  const next = here.phone.incomingCount() + 1;
  await chenxiao.id('party-add').click();
  const far = await here.phone.incoming(next);
  await far.wait('offered');
  await far.answer(OUTSIDE_HZ);
  await partyIs(chenxiao, FAR, 'talking');
  await hears(chenxiao, [CUSTOMER_HZ, TAKER_HZ, OUTSIDE_HZ], [GIVER_HZ]);
  await hears(linjing, [CUSTOMER_HZ, GIVER_HZ, OUTSIDE_HZ], [TAKER_HZ]);
  await mixes(call, [GIVER_HZ, TAKER_HZ, OUTSIDE_HZ], [CUSTOMER_HZ]);
  await mixes(far, [GIVER_HZ, TAKER_HZ, CUSTOMER_HZ], [OUTSIDE_HZ]);
  await pass(1_500);

  await party(chenxiao, '林静').getByTestId('party-mute').click();
  await partyIs(chenxiao, '林静', 'muted');
  await mixes(call, [GIVER_HZ, OUTSIDE_HZ], [TAKER_HZ]);
  await hears(linjing, [CUSTOMER_HZ, GIVER_HZ, OUTSIDE_HZ], [TAKER_HZ]);
  await hears(chenxiao, [CUSTOMER_HZ, OUTSIDE_HZ], [TAKER_HZ]);
  await party(chenxiao, '林静').getByTestId('party-mute').click();
  await partyIs(chenxiao, '林静', 'talking');

  await party(chenxiao, FAR).getByTestId('party-drop').click();
  await party(chenxiao, FAR).waitFor({ state: 'detached' });
  await far.wait('ended');
  await mixes(call, [GIVER_HZ, TAKER_HZ], [OUTSIDE_HZ]);
  await hears(chenxiao, [CUSTOMER_HZ, TAKER_HZ], [OUTSIDE_HZ]);

  // Whoever leads goes; the customer stays with the colleague.
  await chenxiao.id('call-hang-up').first().click();
  await chenxiao.finishWrapUp();
  await linjing.hearsClearly(CUSTOMER_HZ, 4);
  await call.hearsClearly(TAKER_HZ);
  call.bye();
  await linjing.finishWrapUp();

  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  const story = plot(conversation);
  expect(story.filter((line) => line.startsWith('transfer_ended'))).toEqual([
    'transfer_ended end=conferenced',
    'transfer_ended end=conferenced',
  ]);
  expect(story.filter((line) => line.startsWith('conference_changed')).length).toBeGreaterThanOrEqual(4);

  const sealed = await sealedOf(here.server, conversation.id, 5_000);
  expect(await recordingsOf(here.server, conversation.id)).toHaveLength(1);
  const wav = readWav((await audio(here.server, sealed.id)).bytes);
  const joined = conversation.timeline.filter(({ kind }) => kind === 'transfer_ended')[1]!;
  const at = secondsTo(joined, sealed) + 0.5;
  for (const hz of [GIVER_HZ, TAKER_HZ, OUTSIDE_HZ])
    expect(toneDb(wav, 'right', hz, at, at + 1)).toBeGreaterThan(KEPT_DB);
  expect(toneDb(wav, 'left', CUSTOMER_HZ, at, at + 1)).toBeGreaterThan(KEPT_DB);
  expect(toneDb(wav, 'left', OUTSIDE_HZ, at, at + 1)).toBeLessThan(NOT_KEPT_DB);
  // Of whoever was muted nothing is kept meanwhile.
  const changed = (what: string) => {
    const change = conversation.timeline.find(({ kind, data }) => kind === 'conference_changed' && data.what === what);
    return secondsTo(change!, sealed);
  };
  const [muted, unmuted] = [changed('muted') + 0.5, changed('unmuted') - 0.2];
  expect(toneDb(wav, 'right', TAKER_HZ, muted, unmuted)).toBeLessThan(NOT_KEPT_DB);
  expect(toneDb(wav, 'right', GIVER_HZ, muted, unmuted)).toBeGreaterThan(KEPT_DB);
  await closeAll(here, chenxiao, linjing);
});

test('agents see who supervises them as the centre decides', async () => {
  const { desk: chenxiao, call } = await talking(here);
  const sunyue = await here.desk('sunyue', TAKER_HZ);
  await sunyue.ready();
  const listen = async () => {
    await sunyue.page.goto(`${here.server.manifest.http_url}/floor`);
    await sunyue.id('floor-agent-tile').filter({ hasText: '陈晓' }).getByTestId('floor-supervise').click();
    await sunyue.id('supervise-listen').click();
    await sunyue.inState('supervising');
    await hears(sunyue, [CUSTOMER_HZ, GIVER_HZ], []);
  };
  await listen();
  await pass(1_000);
  expect(await chenxiao.id('supervised-by').count()).toBe(0);

  const policy = await here.server.api<{ version: number; visible: object }>('GET', '/api/v1/supervision-policy');
  const visible = { ...policy.visible, listen: true };
  await here.server.api('PUT', '/api/v1/supervision-policy', { version: policy.version, visible });
  await chenxiao.id('supervised-by').waitFor();
  expect(await chenxiao.id('supervised-by').getAttribute('data-mode')).toBe('listen');
  expect(await chenxiao.id('supervised-by').innerText()).toContain('孙悦');
  call.bye();
  await chenxiao.finishWrapUp();
  await closeAll(here, chenxiao, sunyue);
});

test('nothing is left over', async () => {
  await expectNothingLeftOver(here.server);
});
