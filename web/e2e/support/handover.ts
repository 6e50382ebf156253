import { expect } from 'vitest';

import type { Centre } from './centre';
import type { Desk } from './desk';
import type { Call } from './phone';
import { expectAtRest } from './story';
import { until } from './until';

/** The tones of three parties, hertz. */
export const CUSTOMER_HZ = 800;
export const GIVER_HZ = 1_000;
export const TAKER_HZ = 1_300;
const SILENCE_DB = -80;
const HEARD_DB = -50;
/** The window leaks a little of the tones that are heard into the others. */
const UNHEARD_DB = -60;

export interface Talk {
  desk: Desk;
  call: Call;
  from: string;
}

/** 陈晓 with a customer who came through the menu. */
export async function talking(here: Centre, from?: string): Promise<Talk> {
  const desk = await here.desk('chenxiao', GIVER_HZ);
  await desk.ready();
  const caller = await here.waiting({ tone_hz: CUSTOMER_HZ, ...(from === undefined ? {} : { from }) });
  await desk.accept();
  await desk.hearsClearly(CUSTOMER_HZ);
  await caller.call.hearsClearly(GIVER_HZ);
  return { desk, ...caller };
}

/** A colleague in the list of the open panel, or a queue or a flow. */
export function target(desk: Desk, name: string) {
  return desk.id('transfer-target').filter({ hasText: name });
}

export async function isReachable(desk: Desk, name: string) {
  await until(`${name} can be chosen`, 5_000, async () => {
    const row = target(desk, name);
    return (await row.count()) === 1 && (await row.getAttribute('aria-disabled')) === 'false';
  });
}

/** The panel, with the row of a number outside in it. */
export async function typeNumber(desk: Desk, number: string) {
  await desk.page.keyboard.press('t');
  await desk.id('transfer-search').fill(number);
  const row = desk.page.locator('[data-testid="transfer-target"][data-kind="number"]');
  await row.waitFor();
  return row;
}

export async function consultIs(desk: Desk, state: 'ringing' | 'private' | 'joined') {
  await until(`the consult is ${state}`, 10_000, async () => {
    const shown = desk.id('consult-state').first();
    return (await shown.count()) === 1 && (await shown.getAttribute('data-state')) === state;
  });
}

export async function consultIsOver(desk: Desk) {
  await desk.id('consult-state').first().waitFor({ state: 'detached' });
}

export async function hearsBoth(desk: Desk, ...tones: [number, number]) {
  await until(`${tones.join(' and ')} Hz are heard at the desk`, 10_000, async () => {
    for (const hz of tones) if ((await desk.hears(hz, 600)).level_db < HEARD_DB) return false;
    return true;
  });
}

/** Some tones are heard at the desk, others are not. */
export async function hears(desk: Desk, tones: number[], not: number[]) {
  await until(`${tones.join(' and ')} Hz are heard at the desk, and not ${not.join(' or ')}`, 10_000, async () => {
    for (const hz of tones) if ((await desk.hears(hz, 600)).level_db < HEARD_DB) return false;
    for (const hz of not) if ((await desk.hears(hz, 600)).level_db > UNHEARD_DB) return false;
    return true;
  });
}

/** None of the tones is heard; a click in one window smears over all of them and is looked at again. */
export async function expectNothingHeardAt(desk: Desk, ...tones: number[]) {
  for (const hz of tones) {
    await until(`${String(hz)} Hz is not heard`, 5_000, async () => (await desk.hears(hz, 600)).level_db < SILENCE_DB);
  }
}

/** Music is what a customer hears who hears none of these tones, and not nothing. */
export async function hearsMusic(call: Call, ...tones: number[]) {
  await until('the customer hears music and nobody', 5_000, async () => {
    for (const hz of tones) {
      const heard = await call.listen(hz, 300);
      if (heard.snr_db >= 0 || heard.level_dbov <= -45) return false;
    }
    return true;
  });
}

/** Nobody complained in the browser, everybody goes home, nothing is left. */
export async function closeAll(here: Centre, ...desks: Desk[]) {
  for (const desk of desks) {
    expect(desk.complaints).toEqual([]);
    await desk.close();
  }
  await expectAtRest(here.server);
}
