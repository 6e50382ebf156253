import type { ReactNode } from 'react';
import styles from './Blank.module.css';

interface BlankProps {
  readonly title: string;
  /** The page has no other heading. */
  readonly first?: boolean;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** An empty place: says what will appear here and offers the first step. */
export function Blank({ title, first = false, children, action }: BlankProps) {
  return (
    <div className={styles.blank}>
      {first ? <h1 className={styles.title}>{title}</h1> : <h2 className={styles.title}>{title}</h2>}
      {children === undefined ? null : <p className={styles.body}>{children}</p>}
      {action === undefined ? null : <div className={styles.action}>{action}</div>}
    </div>
  );
}
