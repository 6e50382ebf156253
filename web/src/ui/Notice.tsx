import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons';
import styles from './Notice.module.css';

interface NoticeProps {
  readonly tone: 'quiet' | 'warn' | 'alarm';
  readonly icon?: IconName;
  readonly children: ReactNode;
  readonly action?: ReactNode;
  /** Read out at once when it appears. */
  readonly urgent?: boolean;
}

/** One line (or few) that says what happened, what was kept and what to do. */
export function Notice({ tone, icon, children, action, urgent = false }: NoticeProps) {
  return (
    <div className={`${styles.notice} ${styles[tone]}`} role={urgent ? 'alert' : 'status'}>
      <span className={styles.icon}>
        <Icon name={icon ?? (tone === 'quiet' ? 'info' : 'alert')} size={16} />
      </span>
      <div className={styles.body}>{children}</div>
      {action === undefined ? null : <div className={styles.action}>{action}</div>}
    </div>
  );
}
