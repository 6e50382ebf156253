import type { FieldFault, ProblemCode } from './types';

/** What the client adds to the server's codes. */
export type FailureCode = ProblemCode | 'network';

// A record, so that a code the server has and this list lacks does not compile.
const CODES: Readonly<Record<ProblemCode, true>> = {
  wrong_credentials: true,
  unauthenticated: true,
  forbidden: true,
  csrf: true,
  not_found: true,
  conflict: true,
  validation: true,
  in_use: true,
  no_device: true,
  offer_over: true,
  handling_over: true,
  wrong_state: true,
  work_in_hand: true,
  at_phone: true,
  bad_number: true,
  number_not_allowed: true,
  limit_reached: true,
  calls_stopped: true,
  lines_busy: true,
  site_full: true,
  recording_ruled: true,
  consent_missing: true,
  consent_refused: true,
  callee_unavailable: true,
  queue_full: true,
  queue_unserved: true,
  not_signed_in: true,
  unknown_reference: true,
  overload: true,
  unavailable: true,
  rate_limited: true,
  locked_out: true,
  bad_sdp: true,
  recording_erased: true,
  on_hold: true,
  recording_truncated: true,
  recording_altered: true,
  range_not_satisfiable: true,
  too_large: true,
  internal: true,
};

/** A refused or failed request. `code` is what people are told about; `detail` is for the log of the server's operator. */
export class ApiFailure extends Error {
  constructor(
    readonly code: FailureCode,
    readonly status: number,
    readonly fields: readonly FieldFault[] = [],
    detail = '',
    /** When a limit that was reached ends. */
    readonly untilUs: number | null = null,
  ) {
    super(detail === '' ? code : `${code}: ${detail}`);
    this.name = 'ApiFailure';
  }
}

/** Reads a problem document (RFC 9457), or makes the best of an answer that is none. */
export function failureOf(status: number, body: unknown): ApiFailure {
  if (typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string') {
    const code = Object.hasOwn(CODES, body.code) ? (body.code as ProblemCode) : byStatus(status);
    const fields = 'fields' in body && Array.isArray(body.fields) ? (body.fields as FieldFault[]) : [];
    const detail = 'detail' in body && typeof body.detail === 'string' ? body.detail : '';
    const until = 'until_us' in body && typeof body.until_us === 'number' ? body.until_us : null;
    return new ApiFailure(code, status, fields, detail, until);
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
