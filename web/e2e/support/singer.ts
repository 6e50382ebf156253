import { expect } from 'vitest';

import { Desk, openBrowser } from './desk';
import { CUSTOMER_HZ, type Handsets } from './handset';
import { endedConversationFrom, expectAtRest, expectSound } from './story';
import { until } from './until';

const AGENT_HZ = 1_300;

/** A telephone of the carrier with one call, whose keys are tones. */
export interface Singer {
  dial(to: string): void;
  /** Waits until it is answered. */
  talks(): Promise<void>;
  sing(key: string): void;
  /** Its microphone hears the customer's tone from now on. */
  hum(): void;
  hearsClearly(hz: number): Promise<void>;
  ended(): Promise<void>;
}

/** It calls the hotline, is led to the queue by a key that it sings, and talks to an agent, who hangs up. */
export async function singsItsWay({ server }: Handsets, from: string, singer: Singer) {
  const linjing = await Desk.signIn(await openBrowser(AGENT_HZ), server, 'linjing');
  await linjing.ready();
  singer.dial(server.uri(server.hotline));
  await singer.talks();
  // As people do: whoever sees nothing happen presses again.
  await until('the key leads to the queue', 20_000, () => {
    singer.sing('1');
    const offer = linjing.id('offer-card').waitFor({ timeout: 3_000 });
    return offer.then(
      () => true,
      () => false,
    );
  });
  await linjing.accept();
  singer.hum();
  await linjing.hearsClearly(CUSTOMER_HZ);
  await singer.hearsClearly(AGENT_HZ);
  await linjing.id('call-hang-up').first().click();
  await singer.ended();
  await linjing.finishWrapUp();
  const conversation = await endedConversationFrom(server, from);
  expectSound(conversation);
  expect(conversation.queue).toBeDefined();
  await linjing.close();
  await expectAtRest(server);
}
