import { describe, expect, it } from 'vitest';
import { failureCode, failureOf } from './problem';

describe('failureOf', () => {
  it.each([
    [409, { code: 'offer_over', detail: 'the offer ended' }, 'offer_over'],
    [418, { code: 'brand_new_code' }, 'internal'],
    [404, { code: 7 }, 'not_found'],
    [502, '<html>', 'unavailable'],
    [401, null, 'unauthenticated'],
    [422, { code: 'validation', fields: [{ field: 'name', code: 'missing' }] }, 'validation'],
  ])('status %i with %o is %s', (status, body, code) => expect(failureOf(status, body).code).toBe(code));

  it('keeps the faulty fields', () => {
    const failure = failureOf(422, { code: 'validation', fields: [{ field: 'name', code: 'too_large', limit: 60 }] });
    expect(failure.fields).toEqual([{ field: 'name', code: 'too_large', limit: 60 }]);
  });
});

describe('failureCode', () => {
  it('calls everything that is no answer a network failure', () => {
    expect(failureCode(new TypeError('Failed to fetch'))).toBe('network');
  });
});
