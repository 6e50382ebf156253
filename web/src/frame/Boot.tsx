import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FailureCode } from '@/api/problem';
import { Blank } from '@/ui/Blank';
import styles from './Frame.module.css';

interface BootProps {
  readonly failed: FailureCode | null;
  onRetry(): void;
}

/** The empty frame while the session is looked up; nothing jumps when it is found. */
export function Boot({ failed, onRetry }: BootProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.frame}>
      <div className={styles.rail} />
      <div className={styles.call} />
      <div className={styles.tools} />
      <main className={styles.main}>
        {failed === null ? null : (
          <Blank
            title={t(`errors.${failed}`)}
            action={
              <Button type="primary" onClick={onRetry}>
                {t('common.retry')}
              </Button>
            }
          />
        )}
      </main>
    </div>
  );
}
