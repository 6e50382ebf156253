import type { ReactNode } from 'react';
import styles from './Facts.module.css';

interface FactsProps {
  readonly items: readonly (readonly [label: string, value: ReactNode])[];
}

/** Short names on the left, what is known on the right. */
export function Facts({ items }: FactsProps) {
  return (
    <dl className={styles.facts}>
      {items.map(([label, value]) => (
        <div key={label} className={styles.fact}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
