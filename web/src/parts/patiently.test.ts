import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { patiently } from './patiently';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const cut = () => Promise.reject(new TypeError('no line'));

it('asks for a part of the page only once the server can be reached', async () => {
  let isUp = false;
  const load = vi.fn(() => Promise.resolve('panel'));
  const part = patiently(load, () => (isUp ? Promise.resolve() : cut()));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(load).not.toHaveBeenCalled();
  isUp = true;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await part).toBe('panel');
  expect(load).toHaveBeenCalledTimes(1);
});

it('gives up on a file that is gone', async () => {
  const load = vi.fn(cut);
  const part = patiently(load, () => Promise.resolve()).catch(String);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await part).toContain('no line');
  expect(load).toHaveBeenCalledTimes(10);
});
