import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/parts/format';
import { useSession } from '@/parts/session';
import { Notice } from '@/ui/Notice';
import styles from './Recording.module.css';
import { erasedBeforeUs } from './retention';

export interface Loss {
  readonly what: 'recordings' | 'messages' | 'queue';
  readonly days: number;
}

interface EraseQuestionProps {
  readonly losses: readonly Loss[];
  readonly busy: boolean;
  onYes(): void;
  onNo(): void;
}

/** Says what is erased for ever when things are kept for fewer days, and asks whether it may. */
export function EraseQuestion({ losses, busy, onYes, onNo }: EraseQuestionProps) {
  const { t } = useTranslation();
  const { clock } = useSession();
  const format = useFormat();
  const own = useRef<HTMLDivElement>(null);
  useEffect(() => own.current?.scrollIntoView({ block: 'nearest' }), []);
  const nowUs = clock.nowUs();
  return (
    <div ref={own} data-testid="erase-question">
      <Notice tone="alarm" urgent>
        <strong>{t('recording.erase.title')}</strong>
        <ul className={styles.losses}>
          {losses.map(({ what, days }) => (
            <li key={what}>
              {t(`recording.erase.${what}`, { before: format.exact(erasedBeforeUs(nowUs, days)).slice(0, 10) })}
            </li>
          ))}
        </ul>
        <p>{t('recording.erase.body')}</p>
        <div className={styles.answers}>
          <Button type="primary" danger loading={busy} onClick={onYes} data-testid="erase-yes">
            {t('recording.erase.yes')}
          </Button>
          <Button disabled={busy} autoFocus onClick={onNo} data-testid="erase-no">
            {t('common.cancel')}
          </Button>
        </div>
      </Notice>
    </div>
  );
}
