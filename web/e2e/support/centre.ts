import { afterAll, beforeAll } from 'vitest';

import { Desk, openBrowser } from './desk';
import { Phone, type Call } from './phone';
import { Server } from './server';

/** A centre for one file of stories: server and telephone. */
export class Centre {
  server!: Server;
  phone!: Phone;
  private caller = 0;

  /** A caller's number that nobody else in this file has. */
  nextNumber(): string {
    this.caller += 1;
    return `137${String(20_000_000 + this.caller)}`;
  }

  /** Calls the hotline, or another number, from a number of its own; waits for the answer. */
  async call(options: { to?: string; from?: string; tone_hz?: number } = {}): Promise<{ call: Call; from: string }> {
    const from = options.from ?? this.nextNumber();
    const call = this.phone.call(this.server.uri(options.to ?? this.server.hotline), from, {
      tone_hz: options.tone_hz ?? 800,
    });
    await call.wait('answered');
    return { call, from };
  }

  /** A caller waiting in the sales queue. */
  async waiting(options: { from?: string; tone_hz?: number } = {}): Promise<{ call: Call; from: string }> {
    const caller = await this.call(options);
    await caller.call.press('1');
    return caller;
  }

  /** An agent in a browser of their own; `close` of the desk ends it. */
  async desk(username: string): Promise<Desk> {
    return Desk.signIn(await openBrowser(1_000), this.server, username);
  }
}

/** Opens a centre before the tests of a file and closes it after them. */
export function centre(): Centre {
  const made = new Centre();
  beforeAll(async () => {
    made.server = await Server.start();
    made.phone = await Phone.start();
  });
  afterAll(async () => {
    await made.phone?.stop();
    await made.server?.stop();
  });
  return made;
}
