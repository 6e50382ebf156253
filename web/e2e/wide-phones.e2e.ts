import { expect, test } from 'vitest';

import { Baresip } from './support/baresip';
import { AGENT_HZ, CUSTOMER_HZ, handsets } from './support/handset';
import { audio, sealedOf, secondsTo } from './support/recordings';
import { endedConversationFrom, expectAtRest, expectSound } from './support/story';
import { readWav, toneDb } from './support/wav';

const here = handsets();

for (const [speech, from] of [
  ['g722', '13900000111'],
  ['opus', '13900000112'],
] as const) {
  test(`a SIP phone that speaks ${speech} alone and a caller in G.711 hear each other, and the recording both`, async () => {
    const phone = await here.works(Baresip.start(here.server, 'desk-8001', 'udp', AGENT_HZ, undefined, { speech }));
    await here.desk.ready();
    const call = await here.customer(from);
    await phone.wait('CALL_INCOMING');
    await here.desk.id('offer-card').waitFor();
    phone.answer();
    await here.desk.inState('talking');
    await phone.hearsClearly(CUSTOMER_HZ);
    await call.hearsClearly(AGENT_HZ);

    // What was coded for the talk is coded for it again after the hold.
    phone.hold();
    await here.desk.inState('held');
    phone.resume();
    await here.desk.inState('talking');
    await phone.hearsClearly(CUSTOMER_HZ);
    await call.hearsClearly(AGENT_HZ);
    phone.hangUp();
    await call.wait('ended');
    await here.desk.finishWrapUp();

    const conversation = await endedConversationFrom(here.server, from);
    expectSound(conversation);
    const recording = await sealedOf(here.server, conversation.id, 5_000);
    const wav = readWav((await audio(here.server, recording.id)).bytes);
    const over = conversation.timeline.find((one) => one.kind === 'handling_ended')!;
    const end = secondsTo(over, recording) - 0.3;
    const stretch = [end - 1, end] as const;
    const tone = (side: 'left' | 'right', hz: number) => toneDb(wav, side, hz, ...stretch);
    expect(tone('left', CUSTOMER_HZ)).toBeGreaterThan(-30);
    expect(tone('right', AGENT_HZ)).toBeGreaterThan(-30);
    expect(tone('left', AGENT_HZ) - tone('right', AGENT_HZ)).toBeLessThan(-30);
    expect(tone('right', CUSTOMER_HZ) - tone('left', CUSTOMER_HZ)).toBeLessThan(-30);
    await expectAtRest(here.server);
  });
}
