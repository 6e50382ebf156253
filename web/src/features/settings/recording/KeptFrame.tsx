import { Button } from 'antd';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Beaten } from '@/parts/Beaten';
import { Notice } from '@/ui/Notice';
import styles from './Recording.module.css';
import type { Kept } from './useKept';

interface KeptFrameProps {
  readonly title: string;
  readonly kept: Pick<Kept<{ version: number }>, 'dirty' | 'busy' | 'faults' | 'discard' | 'edited'>;
  readonly readOnly: boolean;
  readonly testId: string;
  readonly children: ReactNode;
  /** Asked before anything is saved; the buttons go meanwhile. */
  readonly question?: ReactNode;
  onSubmit(): void;
}

/** A panel that is saved as one: what it asks, what stands in its way, its buttons. */
export function KeptFrame({ title, kept, readOnly, testId, children, question, onSubmit }: KeptFrameProps) {
  const { t } = useTranslation();
  const { dirty, busy, faults, edited } = kept;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form className={styles.panel} onSubmit={submit} data-testid={testId}>
      <h3>{title}</h3>
      {faults.code === null || faults.code === 'validation' ? null : (
        <Notice tone="alarm" urgent>
          {t(`errors.${faults.code}`)}
        </Notice>
      )}
      {children}
      {question}
      <Beaten edited={edited} busy={busy} />
      {readOnly || question != null || edited.beaten ? null : (
        <div className={styles.buttons}>
          <Button type="primary" htmlType="submit" disabled={!dirty} loading={busy} data-testid={`${testId}-save`}>
            {t('common.save')}
          </Button>
          {dirty ? (
            <Button disabled={busy} onClick={kept.discard}>
              {t('recording.discard')}
            </Button>
          ) : null}
        </div>
      )}
    </form>
  );
}
