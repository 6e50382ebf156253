import type { FieldFault, ProblemCode } from './types';

/** What the client adds to the server's codes. */
export type FailureCode = ProblemCode | 'network';

const CODES: ReadonlySet<string> = new Set<ProblemCode>([
  'wrong_credentials',
  'unauthenticated',
  'forbidden',
  'csrf',
  'not_found',
  'conflict',
  'validation',
  'no_device',
  'offer_over',
  'handling_over',
  'wrong_state',
  'work_in_hand',
  'not_signed_in',
  'unknown_reference',
  'overload',
  'unavailable',
  'rate_limited',
  'locked_out',
  'bad_sdp',
  'too_large',
  'internal',
]);

/** A refused or failed request. `code` is what people are told about; `detail` is for the log of the server's operator. */
export class ApiFailure extends Error {
  constructor(
    readonly code: FailureCode,
    readonly status: number,
    readonly fields: readonly FieldFault[] = [],
    detail = '',
  ) {
    super(detail === '' ? code : `${code}: ${detail}`);
    this.name = 'ApiFailure';
  }
}

/** Reads a problem document (RFC 9457), or makes the best of an answer that is none. */
export function failureOf(status: number, body: unknown): ApiFailure {
  if (typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string') {
    const code = CODES.has(body.code) ? (body.code as ProblemCode) : byStatus(status);
    const fields = 'fields' in body && Array.isArray(body.fields) ? (body.fields as FieldFault[]) : [];
    const detail = 'detail' in body && typeof body.detail === 'string' ? body.detail : '';
    return new ApiFailure(code, status, fields, detail);
  }
  return new ApiFailure(byStatus(status), status);
}

function byStatus(status: number): FailureCode {
  switch (status) {
    case 401:
      return 'unauthenticated';
    case 403:
      return 'forbidden';
    case 404:
      return 'not_found';
    case 409:
      return 'conflict';
    case 413:
      return 'too_large';
    case 422:
      return 'validation';
    case 429:
      return 'rate_limited';
    case 502:
    case 503:
    case 504:
      return 'unavailable';
    default:
      return 'internal';
  }
}

export function failureCode(error: unknown): FailureCode {
  return error instanceof ApiFailure ? error.code : 'network';
}
