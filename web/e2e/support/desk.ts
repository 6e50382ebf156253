import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

import type { Server } from './server';
import { toneWav } from './tone';
import { until } from './until';

const RATE_HZ = 48_000;
const TONE_SECONDS = 10;
const SNR_DB_MIN = 20;

/** A file with a steady tone that loops without a click. */
function toneFile(hz: number): string {
  const path = join(mkdtempSync(join(tmpdir(), 'callisto-tone-')), `${hz}.wav`);
  writeFileSync(path, toneWav(hz, RATE_HZ, TONE_SECONDS));
  return path;
}

/** Real Chromium whose microphone hears one tone. */
export async function openBrowser(microphoneHz: number, more: string[] = []): Promise<Browser> {
  const options = browserOptions(microphoneHz);
  return chromium.launch({ ...options, args: [...options.args, ...more] });
}

export function browserOptions(microphoneHz: number) {
  return {
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-features=WebRtcHideLocalIpsWithMdns',
      '--autoplay-policy=no-user-gesture-required',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${toneFile(microphoneHz)}`,
    ],
  };
}

interface Device {
  id: string;
  username: string;
  state: string;
}

export interface ToneLevel {
  snr_db: number;
  level_db: number;
}

/** An agent at a desk. */
export class Desk {
  readonly complaints: string[] = [];

  constructor(
    readonly page: Page,
    readonly context: BrowserContext,
  ) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  static async signIn(browser: Browser, server: Server, username: string, at?: string): Promise<Desk> {
    // A panel that is still growing would be clicked where a button was a moment ago.
    const look = { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' } as const;
    const context = await browser.newContext({ ...look, locale: 'zh-CN' });
    const desk = new Desk(await context.newPage(), context);
    const { password } = server.user(username);
    await desk.page.goto(at ?? server.manifest.http_url);
    await desk.id('sign-in-username').fill(username);
    await desk.id('sign-in-password').fill(password);
    await desk.id('sign-in-submit').click();
    await desk.id('agent-state').waitFor();
    return desk;
  }

  id(testId: string) {
    return this.page.getByTestId(testId);
  }

  /** One click; with somebody waiting the next state is ringing at once. */
  async ready(next: 'ready' | 'ringing' = 'ready') {
    await this.id('agent-ready').first().click();
    await this.inState(next);
  }

  async inState(state: string, limitMs = 10_000) {
    await until(`the desk shows ${state}`, limitMs, async () => (await this.state()) === state);
  }

  async leavesState(state: string, limitMs = 10_000) {
    await until(`the desk no longer shows ${state}`, limitMs, async () => (await this.state()) !== state);
  }

  private state(): Promise<string | null> {
    return this.id('agent-state').first().getAttribute('data-state');
  }

  /** Waits until a SIP phone of the agent is registered, and works with it. */
  async worksWith(server: Server, username: string) {
    let device: Device | undefined;
    await until(`${username} is registered`, 15_000, async () => {
      const { items } = await server.api<{ items: Device[] }>('GET', '/api/v1/devices');
      device = items.find((one) => one.username === username);
      return device?.state === 'reachable';
    });
    const control = this.id('agent-state').first();
    // What a try before left open is open.
    if ((await control.getAttribute('aria-expanded')) !== 'true') await control.click();
    await this.id(`phone-choice-${device?.id}`).first().click();
    const lamp = () => this.id('phone-state').first().getAttribute('data-state');
    await until('the desk shows the phone', 5_000, async () => (await lamp()) === 'connected').catch(async (error) => {
      const state = await this.page.evaluate(async () => (await fetch('/api/v1/me/state')).text());
      throw new Error(`${String(error)}: the lamp is ${await lamp()}, the server says ${state}`);
    });
    await this.page.keyboard.press('Escape');
  }

  /** Ends the wrap-up that follows a talk, and waits until it is over. */
  async finishWrapUp() {
    await this.inState('wrap_up');
    await this.id('wrap-up-finish').first().click();
    await this.leavesState('wrap_up');
  }

  async accept() {
    await this.id('offer-accept').click();
    await this.inState('talking');
  }

  /** Power of a tone against everything else in what the browser plays, over `windowMs`. */
  async hears(hz: number, windowMs = 1_000): Promise<ToneLevel> {
    return this.page.evaluate(measureTone, { hz, windowMs });
  }

  /** Waits until `hz` stands out by 20 dB in `windows` windows of half a second, one after another. */
  async hearsClearly(hz: number, windows = 1) {
    let clear = 0;
    await until(`${hz} Hz is heard clearly at the desk`, 20_000, async () => {
      clear = (await this.hears(hz, 500)).snr_db > SNR_DB_MIN ? clear + 1 : 0;
      return clear >= windows;
    });
  }

  /** Signs out and closes, so that the next story finds the agent absent. */
  async close() {
    await this.id('agent-state').first().click();
    await this.id('agent-sign-out').first().click();
    await this.inState('signed_out');
    await this.context.browser()?.close();
  }
}

/** Runs in the page. */
async function measureTone({ hz, windowMs }: { hz: number; windowMs: number }) {
  const audio = document.querySelector<HTMLAudioElement>('[data-testid="remote-audio"]');
  const stream = audio?.srcObject;
  if (!(stream instanceof MediaStream)) return { snr_db: -200, level_db: -200 };
  const context = new AudioContext({ sampleRate: 48_000 });
  const analyser = context.createAnalyser();
  analyser.fftSize = 16_384;
  analyser.smoothingTimeConstant = 0;
  context.createMediaStreamSource(stream).connect(analyser);
  await context.resume();
  await new Promise((done) => setTimeout(done, Math.max(windowMs, 500)));
  const bins = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(bins);
  await context.close();
  const width = 48_000 / analyser.fftSize;
  let tone = 0;
  let rest = 0;
  bins.forEach((db, bin) => {
    const frequency = bin * width;
    if (frequency < 100 || frequency > 3_800) return;
    const power = 10 ** (db / 10);
    if (Math.abs(frequency - hz) < 40) tone += power;
    else rest += power;
  });
  const floor = 1e-20;
  return { snr_db: 10 * Math.log10((tone + floor) / (rest + floor)), level_db: 10 * Math.log10(tone + floor) };
}
