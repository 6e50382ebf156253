import { expect, test } from 'vitest';

import { centre } from './support/centre';
import { CrashTest } from './support/crash';

const here = centre();

/** One place of each room; every place at three moments is `cargo xtask crash`. */
const SAMPLE = [
  'object_written',
  'party_key_written',
  'ledger_folded',
  'input_decided',
  'ledger_rows_written',
  'ledger_committed',
  'replied',
  'reports_cursor_moved',
  'audit_row_written',
  'recording_key_committed',
  'chunk_written',
  'recording_put',
  'calls_released',
];

test('killed in the middle of anything, the server loses nothing it acknowledged, and the desk goes on untouched', async () => {
  const points = await CrashTest.points(here.server);
  expect(points.length).toBeGreaterThanOrEqual(40);
  const desk = await here.desk('chenxiao');
  await desk.ready();
  const crash = new CrashTest(here.server, here.phone, desk);
  for (const name of SAMPLE) {
    const point = points.find((known) => known.name === name);
    expect(point, name).toBeDefined();
    await crash.killAt(point!, 1).catch((error: unknown) => {
      throw new Error(`killed at ${name}: ${String(error)}`);
    });
  }
  await desk.close();
}, 240_000);
