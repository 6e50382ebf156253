import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createServer, type ViteDevServer } from 'vite';

import { Desk, openBrowser } from '../support/desk';
import { faultsOf } from '../support/look';
import { toneWav } from '../support/tone';
import { pass } from '../support/until';

/**
 * States that a healthy centre does not show, played by the scripted server of `npm run dev:mock`. The pictures of the README are
 * `desk-supervised` and `floor-busy`, light, 1440 px wide.
 */
const SCENES: {
  name: string;
  path: string;
  scenario: string;
  waitMs?: number;
  /** Pressed one after the other. */
  open?: string | string[];
  press?: string;
  type?: string;
}[] = [
  { name: 'desk-device-lost', path: '/', scenario: 'device-lost' },
  { name: 'desk-elsewhere', path: '/', scenario: 'elsewhere' },
  { name: 'desk-denied', path: '/', scenario: 'microphone-denied' },
  { name: 'desk-state-panel', path: '/', scenario: 'not-ready', open: 'agent-state' },
  { name: 'desk-sound', path: '/', scenario: 'not-ready', open: ['agent-state', 'audio-open'] },
  { name: 'desk-sound-denied', path: '/', scenario: 'microphone-denied', open: ['agent-state', 'audio-open'] },
  { name: 'desk-disconnected', path: '/', scenario: 'disconnected', waitMs: 3_500 },
  { name: 'desk-ringing-unknown', path: '/', scenario: 'ringing-unknown' },
  { name: 'desk-ringing-transferred', path: '/', scenario: 'ringing-transferred' },
  { name: 'desk-ringing-returned', path: '/', scenario: 'ringing-returned' },
  { name: 'desk-ringing-consulted', path: '/', scenario: 'ringing-consulted' },
  { name: 'desk-asking-ringing', path: '/', scenario: 'asking-ringing' },
  { name: 'desk-asking-private', path: '/', scenario: 'asking-private' },
  { name: 'desk-asking-joined', path: '/', scenario: 'asking-joined' },
  { name: 'desk-outside-ringing', path: '/', scenario: 'outside-ringing' },
  { name: 'desk-outside-private', path: '/', scenario: 'outside-private' },
  { name: 'desk-outside-joined', path: '/', scenario: 'outside-joined' },
  { name: 'desk-asked-private', path: '/', scenario: 'asked-private' },
  { name: 'desk-asked-joined', path: '/', scenario: 'asked-joined' },
  { name: 'floor-supervising', path: '/floor', scenario: 'supervising' },
  { name: 'floor-supervise-menu', path: '/floor', scenario: 'ready', open: 'floor-supervise' },
  { name: 'desk-transfer-panel', path: '/', scenario: 'talking', press: 't' },
  { name: 'desk-transfer-number', path: '/', scenario: 'talking', press: 't', type: '138 0013 8000' },
  { name: 'desk-redial', path: '/', scenario: 'redial', press: 'Shift+C' },
  { name: 'desk-conference-three', path: '/', scenario: 'conference-three' },
  { name: 'desk-conference-six', path: '/', scenario: 'conference-six' },
  { name: 'desk-consent-waiting', path: '/', scenario: 'consent-waiting' },
  { name: 'desk-consent-refused', path: '/', scenario: 'consent-refused' },
  { name: 'desk-recording-on', path: '/', scenario: 'recording-on' },
  { name: 'desk-recording-off', path: '/', scenario: 'recording-off' },
  { name: 'desk-recording-paused', path: '/', scenario: 'recording-paused' },
  { name: 'desk-supervised', path: '/', scenario: 'supervised' },
  { name: 'desk-sip-phone', path: '/', scenario: 'sip-phone', open: 'agent-state' },
  { name: 'desk-sip-ringing', path: '/', scenario: 'sip-ringing' },
  { name: 'desk-dial-busy', path: '/', scenario: 'dial-busy' },
  { name: 'desk-parked-one', path: '/', scenario: 'parked-one' },
  { name: 'desk-parked-many', path: '/', scenario: 'parked-many' },
  { name: 'desk-parked-talking', path: '/', scenario: 'parked-talking' },
  { name: 'desk-parked-wrap-up', path: '/', scenario: 'parked-wrap-up' },
  { name: 'desk-keypad', path: '/', scenario: 'talking', press: 'Shift+K', type: '4402#' },
  { name: 'desk-ringing-unparked', path: '/', scenario: 'ringing-unparked' },
  { name: 'desk-ringing-picked-up', path: '/', scenario: 'ringing-picked-up' },
  { name: 'desk-ringing-assigned', path: '/', scenario: 'ringing-assigned' },
  { name: 'desk-forced-not-ready', path: '/', scenario: 'forced-not-ready' },
  { name: 'desk-forced-signed-out', path: '/', scenario: 'forced-signed-out', open: 'agent-state' },
  { name: 'conversations-parked-menu', path: '/conversations', scenario: 'parked-many', open: 'parked-open' },
  { name: 'floor-give-menu', path: '/floor', scenario: 'ready', open: 'waiting-give' },
  { name: 'floor-force-menu', path: '/floor', scenario: 'ready', open: 'floor-force' },
  { name: 'conversation-outside', path: '/conversations/cnv_00CW000000101', scenario: 'ready' },
  { name: 'conversations-empty', path: '/conversations', scenario: 'empty' },
  { name: 'floor-busy', path: '/floor', scenario: 'ready' },
  { name: 'floor-empty', path: '/floor', scenario: 'empty' },
  { name: 'desk-draining', path: '/', scenario: 'draining' },
  { name: 'system-failing', path: '/settings/system', scenario: 'draining' },
  { name: 'floor-alarm', path: '/floor', scenario: 'ledger-failed' },
  { name: 'palette', path: '/', scenario: 'ready', press: 'Control+k' },
  { name: 'palette-settings', path: '/', scenario: 'ready', press: 'Control+k', type: 'settings' },
  { name: 'palette-nothing', path: '/', scenario: 'ready', press: 'Control+k', type: 'nobody' },
];
const LOOK_MS_MAX = 120_000;
/** What the recordings of the scripted server sound like; it has no sound of its own. */
const SOUND = { status: 200, contentType: 'audio/wav', body: toneWav(440, 8_000, 5) };

let web: ViteDevServer;
let browser: Browser;

beforeAll(async () => {
  web = await createServer({ mode: 'mock', server: { port: 0, host: '127.0.0.1' }, logLevel: 'error' });
  await web.listen();
  browser = await openBrowser(1_000);
});

afterAll(async () => {
  await browser?.close();
  await web?.close();
});

for (const scene of SCENES) {
  test(scene.name, { timeout: LOOK_MS_MAX }, async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
    const desk = new Desk(await context.newPage(), context);
    const base = web.resolvedUrls!.local[0]!.replace(/\/$/, '');
    await desk.page.route('**/api/v1/recordings/*/audio*', (route) => route.fulfill(SOUND));
    await desk.page.goto(`${base}${scene.path}?scenario=${scene.scenario}&menu=off`);
    await desk.page.locator('main').waitFor({ timeout: LOOK_MS_MAX });
    await pass(scene.waitMs ?? 900);
    for (const control of [scene.open ?? []].flat()) await desk.id(control).first().click();
    if (scene.press !== undefined) await desk.page.keyboard.press(scene.press);
    if (scene.press !== undefined) await pass(300);
    if (scene.type !== undefined) await desk.page.keyboard.type(scene.type);
    await pass(500);
    expect(await faultsOf(desk.page, scene.name)).toEqual([]);
    expect(desk.complaints).toEqual([]);
    await context.close();
  });
}
