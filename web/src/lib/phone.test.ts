import { describe, expect, it } from 'vitest';
import { looksLikeNumber, readableNumber } from './phone';

describe('readableNumber', () => {
  it.each([
    ['13800138000', '138 0013 8000'],
    ['+8613800138000', '+86 138 0013 8000'],
    ['138****8000', '138****8000'],
    ['4008001234', '400 800 1234'],
    ['1001', '1001'],
    ['', ''],
  ])('%s reads %s', (raw, text) => expect(readableNumber(raw)).toBe(text));
});

describe('looksLikeNumber', () => {
  it.each([
    ['138', true],
    ['+86 138-0013 8000', true],
    ['86-13800138000', true],
    ['Zhang', false],
    ['12', false],
    ['138 Zhang', false],
  ])('%s: %s', (text, yes) => expect(looksLikeNumber(text)).toBe(yes));
});
