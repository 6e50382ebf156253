/** The product's mark: a moon and its orbit. */
export function Mark({ size = 28 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <circle cx="14" cy="17" r="7" fill="none" stroke="var(--on-accent)" strokeWidth="2.5" />
      <circle cx="23.5" cy="9.500" r="2.500" fill="var(--on-accent)" />
    </svg>
  );
}
