import { afterEach } from 'vitest';

import { Desk, openBrowser } from './desk';
import { opened } from './opened';
import { type Call, Phone } from './phone';
import { Server } from './server';

export const CUSTOMER_HZ = 800;
export const AGENT_HZ = 600;

interface Handset {
  stop(): Promise<void>;
}

/** A centre with one agent, who works with SIP phones, for one file of stories. */
export class Handsets {
  server!: Server;
  /** The carrier: customers call from it, numbers outside are answered there. */
  far!: Phone;
  desk!: Desk;
  private plugged: Handset[] = [];

  /** The agent works with a SIP phone that registers as `desk-8001`; it is unplugged after the test. */
  async works<H extends Handset>(starting: Promise<H>): Promise<H> {
    const handset = await starting;
    this.plugged.push(handset);
    await this.desk.worksWith(this.server, 'desk-8001');
    return handset;
  }

  /** A customer of the hotline who has chosen the queue. */
  async customer(from: string): Promise<Call> {
    const call = this.far.call(this.server.uri(this.server.hotline), from, { tone_hz: CUSTOMER_HZ });
    await call.wait('answered');
    await call.press('1');
    return call;
  }

  async unplug() {
    for (const handset of this.plugged.splice(0)) await handset.stop();
  }
}

/** Opens it before the tests of a file and closes it after them; anew after one that failed. */
export function handsets(): Handsets {
  const made = new Handsets();
  opened(
    async () => {
      made.far = await Phone.start(CUSTOMER_HZ);
      made.server = await Server.start(made.far.address);
      made.desk = await Desk.signIn(await openBrowser(1_000), made.server, 'chenxiao');
    },
    async () => {
      await made.desk?.context.browser()?.close();
      await made.far?.stop();
      await made.server?.stop();
    },
  );
  afterEach(() => made.unplug());
  return made;
}
