import type { Line } from './lines';

/** A shape for each state, so that colour is not the only sign. */
export function LineGlyph({ state }: { readonly state: Line['state'] }) {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      {state === 'up' ? <circle cx="6" cy="6" r="4.500" fill="currentColor" /> : null}
      {state === 'down' ? <path d="m2.500 2.500 7 7M9.500 2.500l-7 7" stroke="currentColor" strokeWidth="2" /> : null}
      {state === 'unregistered' ? (
        <path d="M6 1.500 11 10.500H1zM6 5v2.500" fill="none" stroke="currentColor" strokeWidth="1.500" />
      ) : null}
      {state === 'unknown' ? (
        <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.500" strokeDasharray="2 1.600" />
      ) : null}
    </svg>
  );
}
