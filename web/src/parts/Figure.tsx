import { Popover } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import styles from './Figure.module.css';

interface FigureProps {
  readonly name: string;
  /** The definition, in words. */
  readonly how: string;
  /** What is counted; none for what is reckoned. */
  readonly period?: string;
  /** Where the conversations behind the figure are listed. */
  readonly to?: string;
  readonly children: ReactNode;
}

/** A figure that explains itself on hover and on focus. */
export function Figure({ name, how, period, to, children }: FigureProps) {
  const { t } = useTranslation();
  return (
    <Popover
      trigger={['hover', 'focus']}
      mouseEnterDelay={0.3}
      destroyOnHidden
      content={
        <div className={styles.card} role="dialog" aria-label={name}>
          <strong>{name}</strong>
          <p>{how}</p>
          {period === undefined ? null : <p className={styles.quiet}>{t('common.figure.period', { period })}</p>}
          {to === undefined ? null : <Link to={to}>{t('common.figure.link')}</Link>}
        </div>
      }
    >
      {/* Focusable, so that the explanation is there for the keyboard too. */}
      <span className={styles.figure} tabIndex={0} role="note" aria-label={name}>
        {children}
      </span>
    </Popover>
  );
}
