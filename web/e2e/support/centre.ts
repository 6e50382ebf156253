import { chromium, type Browser, type BrowserServer } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';

import { browserOptions, Desk, openBrowser } from './desk';
import { Phone, type Call } from './phone';
import { Server, type Toml } from './server';
import { until } from './until';

/** Thirty seconds of grace, and the time a closed browser takes to be noticed. */
const GRACE_MS_MAX = 55_000;

interface CallOptions {
  to?: string;
  from?: string;
  tone_hz?: number;
  /** Offers no telephone events; keys go as tones in the sound. */
  keys_as_tones?: boolean;
}

/** A centre for one file of stories: server and telephone. */
export class Centre {
  server!: Server;
  phone!: Phone;
  private caller = 0;
  private browsers: Browser[] = [];
  private hosts: BrowserServer[] = [];
  private calls: Call[] = [];

  /** A caller's number that nobody else in this file has. */
  nextNumber(): string {
    this.caller += 1;
    return `137${String(20_000_000 + this.caller)}`;
  }

  /** Calls the hotline, or another number, from a number of its own; waits for the answer. */
  async call(options: CallOptions = {}): Promise<{ call: Call; from: string }> {
    const from = options.from ?? this.nextNumber();
    const call = this.phone.call(this.server.uri(options.to ?? this.server.hotline), from, {
      tone_hz: options.tone_hz ?? 800,
      keys_as_tones: options.keys_as_tones ?? false,
    });
    this.calls.push(call);
    await call.wait('answered');
    return { call, from };
  }

  /** A caller waiting in the sales queue. */
  async waiting(options: { from?: string; tone_hz?: number } = {}): Promise<{ call: Call; from: string }> {
    const caller = await this.call(options);
    await caller.call.press('1');
    return caller;
  }

  /** An agent in a browser of their own, whose microphone hears one tone; `close` of the desk ends it. */
  async desk(username: string, microphoneHz = 1_000): Promise<Desk> {
    const browser = await openBrowser(microphoneHz);
    this.browsers.push(browser);
    return Desk.signIn(browser, this.server, username);
  }

  /** The same in a browser whose process can be killed. */
  async deskToLose(username: string): Promise<{ desk: Desk; host: BrowserServer }> {
    const host = await chromium.launchServer(browserOptions(1_000));
    this.hosts.push(host);
    const browser = await chromium.connect(host.wsEndpoint());
    return { desk: await Desk.signIn(browser, this.server, username), host };
  }

  /** What a story that failed left behind must not fail the next one: no call, no browser, nobody at work. */
  async tidyUp() {
    for (const browser of this.browsers.splice(0)) if (browser.isConnected()) await browser.close();
    for (const host of this.hosts.splice(0)) await host.close();
    for (const call of this.calls.splice(0)) if (call.events('ended').length === 0) call.bye();
    await until('nobody is at work', GRACE_MS_MAX, async () => (await this.atWork()) === 0);
  }

  private async atWork(): Promise<number> {
    const floor = await this.server.api<{ agents: { state: string }[] }>('GET', '/api/v1/floor');
    return floor.agents.filter((agent) => agent.state !== 'signed_out').length;
  }
}

/**
 * Opens a centre before the tests of a file and closes it after them. With `answerHz` its calls to the outside reach the telephone,
 * which answers with that tone; `toml` is more of the configuration.
 */
export function centre(answerHz?: number, toml?: Toml): Centre {
  const made = new Centre();
  beforeAll(async () => {
    made.phone = await Phone.start(answerHz);
    made.server = await Server.start(answerHz === undefined ? undefined : made.phone.address, toml);
  });
  afterEach(() => made.tidyUp());
  afterAll(async () => {
    await made.phone?.stop();
    await made.server?.stop();
  });
  return made;
}
