import type { ReactNode } from 'react';
import { CallButton } from './CallButton';
import styles from './RowCall.module.css';

interface RowCallProps {
  readonly number: string | null | undefined;
  readonly taskId?: string | undefined;
  /** In the corner of a row of two lines; else where it stands. */
  readonly corner?: boolean;
}

/** Calls the number of a row. Lists stay calm: it is seen in the row that is pointed at or focused, and where nothing points. */
export function RowCall({ number, taskId, corner = false }: RowCallProps) {
  return (
    <span className={`${styles.call} ${corner ? styles.corner : ''}`}>
      <CallButton testId="row-call" number={number ?? ''} {...(taskId === undefined ? {} : { taskId })} />
    </span>
  );
}

/** The cell of a table with a number in it. */
export function CallCell({
  number,
  children,
}: {
  readonly number: string | null | undefined;
  readonly children: ReactNode;
}) {
  return (
    <span className={styles.cell}>
      <span>{children}</span>
      <RowCall number={number} />
    </span>
  );
}
