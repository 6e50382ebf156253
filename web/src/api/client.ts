import createClient, { type Middleware } from 'openapi-fetch';
import { randomHex } from '@/lib/random';
import type { paths } from './generated/schema';
import { ApiFailure, failureOf } from './problem';

let csrfToken: string | null = null;
let onUnauthenticated: (() => void) | null = null;

/** The token that unsafe requests of a cookie session carry. */
export function setCsrfToken(token: string | null): void {
  csrfToken = token;
}

/** Told when the server no longer knows the session. */
export function setOnUnauthenticated(listener: (() => void) | null): void {
  onUnauthenticated = listener;
}

const headers: Middleware = {
  onRequest: ({ request }) => {
    if (request.method !== 'GET' && csrfToken !== null) request.headers.set('x-csrf-token', csrfToken);
    if (request.method === 'POST') request.headers.set('idempotency-key', randomHex());
    return request;
  },
};

export const client = createClient<paths>({
  baseUrl: typeof location === 'undefined' ? '' : location.origin,
  credentials: 'same-origin',
  // Looked up at each call, so that the mock can stand in.
  fetch: (request) => globalThis.fetch(request),
});
client.use(headers);

interface Answer<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** The body of a good answer; everything else becomes an `ApiFailure`. */
export async function take<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await answer.catch((reason: unknown) => {
    if (reason instanceof DOMException && reason.name === 'AbortError') throw reason;
    throw new ApiFailure('network', 0, [], String(reason));
  });
  if (response.ok) return data as T;
  const failure = failureOf(response.status, error);
  if (failure.code === 'unauthenticated') onUnauthenticated?.();
  throw failure;
}
