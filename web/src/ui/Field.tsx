import type { ReactNode } from 'react';
import styles from './Field.module.css';

interface FieldProps {
  readonly label: string;
  readonly error?: string | undefined;
  readonly hint?: string | undefined;
  /** For controls that are no single input: groups the label and the control without tying a click to it. */
  readonly group?: boolean;
  /** The label is read out only: a heading above says the same. */
  readonly unseen?: boolean;
  readonly children: ReactNode;
}

/** A label above its control; a fault stands below it in words. */
export function Field({ label, error, hint, group = false, unseen = false, children }: FieldProps) {
  const inner = (
    <>
      <span className={unseen ? 'unseen' : styles.label}>{label}</span>
      {children}
      {error === undefined ? null : (
        <span className={styles.error} role="alert">
          {error}
        </span>
      )}
      {error === undefined && hint !== undefined ? <span className={styles.hint}>{hint}</span> : null}
    </>
  );
  return group ? (
    <div className={styles.field} role="group" aria-label={label}>
      {inner}
    </div>
  ) : (
    <label className={styles.field}>{inner}</label>
  );
}
