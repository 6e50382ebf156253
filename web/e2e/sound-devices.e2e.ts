import { expect, test } from 'vitest';

import { centre } from './support/centre';
import type { Desk } from './support/desk';
import { closeAll, CUSTOMER_HZ, GIVER_HZ, talking } from './support/handover';
import { faultsOf } from './support/look';
import { testPlays } from './support/player';
import { until } from './support/until';

const here = centre();

async function openPanel(desk: Desk) {
  await desk.id('agent-state').first().click();
  await desk.id('audio-open').first().click();
  await desk.id('audio-panel').waitFor();
}

/** Opens a list and gives what it offers. */
async function offered(desk: Desk, role: 'microphone' | 'speaker'): Promise<string[]> {
  await desk.id(`audio-${role}`).click();
  const options = desk.page.locator('.ant-select-dropdown:visible .ant-select-item-option-content');
  await options.first().waitFor();
  return options.allInnerTexts();
}

async function choose(desk: Desk, role: 'microphone' | 'speaker', name: string) {
  if ((await desk.page.locator('.ant-select-dropdown:visible').count()) === 0) await offered(desk, role);
  await desk.page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: name }).click();
  await until(`${name} is shown`, 3_000, async () => (await desk.id(`audio-${role}`).innerText()).includes(name));
}

async function level(desk: Desk): Promise<number> {
  return Number(await desk.id('audio-level').getAttribute('aria-valuenow'));
}

function isTesting(desk: Desk, state: string, limitMs = 8_000) {
  return until(`the test is ${state}`, limitMs, async () => {
    return (await desk.id('audio-test').getAttribute('data-state')) === state;
  });
}

/** Where the call is heard, by the name the browser gives. */
async function hearsOn(desk: Desk): Promise<string | undefined> {
  return desk.page.evaluate(async () => {
    const { sinkId } = document.querySelector<HTMLAudioElement>('[data-testid="remote-audio"]')!;
    const all = await navigator.mediaDevices.enumerateDevices();
    return all.find((one) => one.kind === 'audiooutput' && one.deviceId === sinkId)?.label;
  });
}

test('an agent finds the devices by name, sees the microphone move, and hears a test of their own voice', async () => {
  const desk = await here.desk('chenxiao', GIVER_HZ);
  await desk.ready();
  await openPanel(desk);
  expect(await offered(desk, 'microphone')).toEqual(['系统默认', 'Fake Audio Input 1', 'Fake Audio Input 2']);
  await choose(desk, 'microphone', 'Fake Audio Input 2');
  expect((await offered(desk, 'speaker')).slice(0, 2)).toEqual(['系统默认', 'Fake Audio Output 1']);
  await choose(desk, 'speaker', 'Fake Audio Output 1');
  await until('calls are heard there', 3_000, async () => (await hearsOn(desk)) === 'Fake Audio Output 1');
  await until('the meter moves', 5_000, async () => (await level(desk)) > 30);

  await desk.id('audio-try').click();
  await isTesting(desk, 'recording', 2_000);
  await isTesting(desk, 'playing');
  await until('the own voice is played', 3_000, async () => (await testPlays(desk, GIVER_HZ)) > 10);
  await isTesting(desk, 'heard');
  await desk.id('audio-player').evaluate((player) => {
    player.addEventListener('ended', () => player.setAttribute('data-ended', 'yes'));
  });
  await desk.id('audio-tone').click();
  await until('the tone was played to its end', 5_000, async () => {
    return (await desk.id('audio-player').getAttribute('data-ended')) === 'yes';
  });
  await isTesting(desk, 'heard');
  expect(await faultsOf(desk.page, 'desk-sound')).toEqual([]);

  // The choice is the browser's: it is there after a reload.
  await desk.page.reload();
  await desk.id('agent-state').waitFor();
  await openPanel(desk);
  await until('the choice was kept', 5_000, async () => {
    return (await desk.id('audio-microphone').innerText()).includes('Fake Audio Input 2');
  });
  await desk.page.keyboard.press('Escape');
  await desk.id('audio-panel').waitFor({ state: 'detached' });
  await closeAll(here, desk);
});

test('an agent hears themselves by way of the server until they stop it, and until a call comes', async () => {
  const desk = await here.desk('chenxiao', GIVER_HZ);
  await desk.ready();
  await openPanel(desk);
  // The browser takes an echo away, and this is one.
  await desk.page.getByText('麦克风降噪').click();
  const isQuiet = () =>
    until('nothing of it is heard', 5_000, async () => (await desk.hears(GIVER_HZ, 600)).level_db < -60);
  const echoIs = (state: string) =>
    until(`the echo test is ${state}`, 5_000, async () => {
      return (await desk.id('echo-state').getAttribute('data-state')) === state;
    });
  await isQuiet();
  await desk.id('echo-start').click();
  await echoIs('running');
  await desk.hearsClearly(GIVER_HZ, 4);
  await desk.id('echo-stop').click();
  await echoIs('over');
  await isQuiet();
  await until('the figures are there', 3_000, async () => {
    return /往返 \d+ 毫秒，回程丢包 \d+\.\d%/.test(await desk.id('echo-state').innerText());
  });

  await desk.id('echo-start').click();
  await desk.hearsClearly(GIVER_HZ, 2);
  const { call } = await here.waiting({ tone_hz: CUSTOMER_HZ });
  await desk.inState('ringing');
  await echoIs('over');
  await isQuiet();
  expect(await desk.id('echo-start').isDisabled()).toBe(true);
  await desk.page.keyboard.press('Escape');
  await desk.accept();
  await desk.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(GIVER_HZ);
  call.bye();
  await desk.finishWrapUp();
  await closeAll(here, desk);
});

test('another microphone in the middle of a call: both go on hearing each other, by the same connection', async () => {
  const { desk, call } = await talking(here);
  await openPanel(desk);
  const before = await here.server.census();
  await choose(desk, 'microphone', 'Fake Audio Input 1');
  await call.hearsClearly(GIVER_HZ, 2_000);
  await choose(desk, 'microphone', 'Fake Audio Input 2');
  await call.hearsClearly(GIVER_HZ, 2_000);
  await desk.hearsClearly(CUSTOMER_HZ, 2);
  expect((await here.server.census()).media_legs).toBe(before.media_legs);
  await desk.page.keyboard.press('Escape');
  call.bye();
  await desk.finishWrapUp();
  await closeAll(here, desk);
});

test('a microphone that was pulled out is replaced in the call, and the page says by which', async () => {
  const { desk, call } = await talking(here);
  // What a browser does when the device of a track is gone.
  await desk.page.evaluate(() => {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      const stream = await ask(wanted);
      (window as unknown as { pull: MediaStreamTrack }).pull = stream.getAudioTracks()[0]!;
      return stream;
    };
  });
  await openPanel(desk);
  await choose(desk, 'microphone', 'Fake Audio Input 2');
  await desk.page.keyboard.press('Escape');
  await until('the other microphone is open', 10_000, () => desk.page.evaluate(() => 'pull' in window));
  await call.hearsClearly(GIVER_HZ, 1_000);
  await desk.page.evaluate(() => {
    const { pull } = window as unknown as { pull: MediaStreamTrack };
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = (wanted) => {
      const named = typeof wanted?.audio === 'object' && wanted.audio.deviceId !== undefined;
      return named ? Promise.reject(new DOMException('gone', 'OverconstrainedError')) : ask(wanted);
    };
    pull.stop();
    pull.dispatchEvent(new Event('ended'));
  });
  await desk.id('audio-instead').waitFor();
  expect(await desk.id('audio-instead').innerText()).toContain('所选麦克风不可用，现在使用“');
  await call.hearsClearly(GIVER_HZ, 2_000);
  call.bye();
  await desk.finishWrapUp();
  await closeAll(here, desk);
});
