import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recordings } from '@/api/recordings';
import { PopoverControl } from '@/parts/PopoverControl';
import { toast } from '@/parts/toast';
import { useFailureWords } from '@/parts/useFailureWords';

const REASON_MAX = 500;

/** Asks why before a recording leaves the house. */
export function DownloadButton({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  return (
    <PopoverControl data-testid="recording-download" content={(close) => <Order id={id} onDone={close} />}>
      {t('conversations.recording.download')}
    </PopoverControl>
  );
}

function Order({ id, onDone }: { readonly id: string; onDone(): void }) {
  const { t } = useTranslation();
  const words = useFailureWords();
  const [reason, setReason] = useState('');
  const order = useMutation({
    mutationFn: () => recordings.download(id, 'wav', reason),
    onSuccess: onDone,
    onError: (error) => toast.bad(words(error)),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') order.mutate();
      }}
    >
      <Input
        data-first
        aria-label={t('conversations.recording.download_reason')}
        placeholder={t('conversations.recording.download_reason')}
        maxLength={REASON_MAX}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        data-testid="download-reason"
      />
      <Button htmlType="submit" type="primary" loading={order.isPending} data-testid="download-go">
        {t('conversations.recording.download')}
      </Button>
    </form>
  );
}
