import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Settings.module.css';

interface SectionProps {
  readonly title: string;
  readonly before?: ReactNode;
  readonly action?: ReactNode;
  readonly readOnly?: boolean;
  readonly children: ReactNode;
}

/** One part of the settings: its head, then a list or a form. */
export function Section({ title, before, action, readOnly = false, children }: SectionProps) {
  const { t } = useTranslation();
  return (
    <>
      <header className={styles.head}>
        {before}
        <h2 className={styles.heading} title={title}>
          {title}
        </h2>
        {readOnly ? <span className={styles.badge}>{t('settings.read_only')}</span> : null}
        {action}
      </header>
      {children}
    </>
  );
}
