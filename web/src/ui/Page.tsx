import type { ReactNode } from 'react';
import styles from './Page.module.css';

interface PageProps {
  readonly title: string;
  readonly before?: ReactNode;
  readonly after?: ReactNode;
  readonly children: ReactNode;
}

/** A page's head in one line, its content below. */
export function Page({ title, before, after, children }: PageProps) {
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        {before}
        <h1 className={styles.title}>{title}</h1>
        {after}
      </header>
      {children}
    </div>
  );
}
