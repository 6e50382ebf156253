import { expect, it } from 'vitest';
import { bytes } from './bytes';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 KiB'],
  [80 * 1024 * 1024, '80.0 MiB'],
  [500 * 1024 ** 3, '500 GiB'],
  [2_000 * 1024 ** 4, '2000 TiB'],
])('reads %d as %s', (count, text) => {
  expect(bytes(count)).toBe(text);
});
