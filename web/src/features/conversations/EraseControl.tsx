import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recordings } from '@/api/recordings';
import type { Recording } from '@/api/types';
import { PopoverControl } from '@/parts/PopoverControl';
import { toast } from '@/parts/toast';
import { useAction } from '@/parts/useAction';
import { Notice } from '@/ui/Notice';
import styles from './Keeping.module.css';
import { ReasonPanel } from './ReasonPanel';

/** Erases a recording for ever: asks why, then once more. */
export function EraseControl({ recording }: { readonly recording: Recording }) {
  const { t } = useTranslation();
  return (
    <PopoverControl
      size="small"
      narrow="sheet"
      danger
      data-testid="recording-erase"
      content={(close) => <Panel id={recording.id} onDone={close} />}
    >
      {t('conversations.keep.erase.open')}
    </PopoverControl>
  );
}

function Panel({ id, onDone }: { readonly id: string; onDone(): void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { busy, run } = useAction();
  const [reason, setReason] = useState<string | null>(null);
  if (reason === null) {
    return (
      <ReasonPanel
        title={t('conversations.keep.erase.title')}
        body={t('conversations.keep.erase.body')}
        example={t('conversations.keep.erase.example')}
        button={t('conversations.keep.erase.next')}
        danger
        busy={false}
        testId="recording-erase"
        onReason={setReason}
      />
    );
  }
  const erase = (): void =>
    run(async () => {
      try {
        await recordings.erase(id, reason);
      } finally {
        // A refusal too may mean that it is not what is shown.
        await cache.invalidateQueries({ queryKey: ['recordings'] });
      }
      toast.good(t('conversations.keep.erase.done'));
      onDone();
    });
  return (
    <div
      className={styles.ask}
      role="alertdialog"
      aria-label={t('conversations.keep.erase.sure')}
      data-testid="erase-sure"
    >
      <Notice tone="alarm">
        <strong>{t('conversations.keep.erase.sure')}</strong>
        <p>{t('conversations.keep.erase.sure_body')}</p>
      </Notice>
      <p className={styles.quiet}>{t('conversations.keep.because', { reason })}</p>
      <div className={styles.buttons}>
        <Button type="primary" danger loading={busy} onClick={erase} data-testid="erase-for-ever">
          {t('conversations.keep.erase.do')}
        </Button>
        <Button disabled={busy} autoFocus onClick={onDone}>
          {t('common.cancel')}
        </Button>
      </div>
    </div>
  );
}
