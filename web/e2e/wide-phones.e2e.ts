import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { Baresip } from './support/baresip';
import { type Desk, Desk as Desks, openBrowser } from './support/desk';
import { Phone } from './support/phone';
import { audio, sealedOf, secondsTo } from './support/recordings';
import { Server } from './support/server';
import { endedConversationFrom, expectAtRest, expectSound } from './support/story';
import { readWav, toneDb } from './support/wav';

const CUSTOMER_HZ = 800;
const AGENT_HZ = 600;

let server: Server;
let far: Phone;
let desk: Desk;
let handset: Baresip | undefined;

beforeAll(async () => {
  far = await Phone.start(CUSTOMER_HZ);
  server = await Server.start(far.address);
  desk = await Desks.signIn(await openBrowser(1_000), server, 'chenxiao');
});

afterEach(async () => {
  await handset?.stop();
  handset = undefined;
});

afterAll(async () => {
  await desk?.context.browser()?.close();
  await far?.stop();
  await server?.stop();
});

for (const [speech, from] of [
  ['g722', '13900000111'],
  ['opus', '13900000112'],
] as const) {
  test(`a SIP phone that speaks ${speech} alone and a caller in G.711 hear each other, and the recording both`, async () => {
    const phone = (handset = await Baresip.start(server, 'desk-8001', 'udp', AGENT_HZ, undefined, { speech }));
    await desk.worksWith(server, 'desk-8001');
    await desk.ready();
    const call = far.call(server.uri(server.hotline), from, { tone_hz: CUSTOMER_HZ });
    await call.wait('answered');
    await call.press('1');
    await phone.wait('CALL_INCOMING');
    await desk.id('offer-card').waitFor();
    phone.answer();
    await desk.inState('talking');
    await phone.hearsClearly(CUSTOMER_HZ);
    await call.hearsClearly(AGENT_HZ);

    // What was coded for the talk is coded for it again after the hold.
    phone.hold();
    await desk.inState('held');
    phone.resume();
    await desk.inState('talking');
    await phone.hearsClearly(CUSTOMER_HZ);
    await call.hearsClearly(AGENT_HZ);
    phone.hangUp();
    await call.wait('ended');
    await desk.finishWrapUp();

    const conversation = await endedConversationFrom(server, from);
    expectSound(conversation);
    const recording = await sealedOf(server, conversation.id, 5_000);
    const wav = readWav((await audio(server, recording.id)).bytes);
    const over = conversation.timeline.find((one) => one.kind === 'handling_ended')!;
    const end = secondsTo(over, recording) - 0.3;
    const stretch = [end - 1, end] as const;
    const tone = (side: 'left' | 'right', hz: number) => toneDb(wav, side, hz, ...stretch);
    expect(tone('left', CUSTOMER_HZ)).toBeGreaterThan(-30);
    expect(tone('right', AGENT_HZ)).toBeGreaterThan(-30);
    expect(tone('left', AGENT_HZ) - tone('right', AGENT_HZ)).toBeLessThan(-30);
    expect(tone('right', CUSTOMER_HZ) - tone('left', CUSTOMER_HZ)).toBeLessThan(-30);
    await expectAtRest(server);
  });
}
