import styles from './StateGlyph.module.css';

export type GlyphState =
  'signed_out' | 'not_ready' | 'ready' | 'ringing' | 'talking' | 'held' | 'wrap_up' | 'supervising';

const SHAPES: Record<GlyphState, React.ReactNode> = {
  signed_out: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  not_ready: (
    <>
      <circle cx="6" cy="6" r="5" fill="currentColor" />
      <path d="M3.500 6h5" stroke="var(--surface)" strokeWidth="1.800" />
    </>
  ),
  ready: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  ringing: (
    <>
      <circle cx="6" cy="6" r="2.500" fill="currentColor" />
      <circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" strokeWidth="1.500" />
    </>
  ),
  talking: (
    <path
      d="M1.500 7.500v-3M4.500 9.500v-7M7.500 10.500v-9M10.500 8v-4"
      stroke="currentColor"
      strokeWidth="1.800"
      strokeLinecap="round"
    />
  ),
  held: <path d="M3.500 1.500v9M8.500 1.500v9" stroke="currentColor" strokeWidth="2.600" />,
  supervising: (
    <path
      d="M1.500 8.500V6.500a4.500 4.500 0 0 1 9 0v2M1.500 8.500v1.500h1.500v-3h-1.500M10.500 8.500v1.500H9v-3h1.500"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.400"
      strokeLinejoin="round"
    />
  ),
  wrap_up: <path d="M6 .8 11.200 6 6 11.200.8 6z" fill="currentColor" />,
};

/** A state as a shape of its own, so that colour is never the only sign. The word stands beside it. */
export function StateGlyph({ state, size = 12 }: { readonly state: GlyphState; readonly size?: number }) {
  return (
    <svg
      className={state === 'ringing' ? styles.ringing : styles.glyph}
      width={size}
      height={size}
      viewBox="0 0 12 12"
      style={{ color: `var(--${state})` }}
      aria-hidden="true"
      focusable="false"
    >
      {SHAPES[state]}
    </svg>
  );
}
