import { ConfigProvider } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '@/parts/live';
import { themeStore } from '@/parts/preferences';
import { themeOf } from '@/ui/theme';
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
      {readOnly ? <Readable>{children}</Readable> : children}
    </>
  );
}

/** What may only be read is as easy to read as what may be changed. */
function Readable({ children }: { readonly children: ReactNode }) {
  const colour = themeOf(useStore(themeStore)).token?.colorTextSecondary ?? '';
  return <ConfigProvider theme={{ token: { colorTextDisabled: colour } }}>{children}</ConfigProvider>;
}
