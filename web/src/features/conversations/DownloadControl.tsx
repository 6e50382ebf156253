import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DownloadFormat, recordings } from '@/api/recordings';
import type { Recording } from '@/api/types';
import { PopoverControl } from '@/parts/PopoverControl';
import { toast } from '@/parts/toast';
import { useAction } from '@/parts/useAction';
import { Field } from '@/ui/Field';
import { ReasonPanel } from './ReasonPanel';
import { saveFile } from './saveFile';

const FORMATS: readonly { value: DownloadFormat; label: string }[] = [
  { value: 'wav', label: 'WAV' },
  { value: 'opus', label: 'Opus' },
];

/** Takes a recording out of the system, for a reason that is written down. */
interface DownloadControlProps {
  readonly recording: Recording;
  /** Whether a supervisor's voice is taken too, as it is played. */
  readonly supervisor: boolean;
}

export function DownloadControl({ recording, supervisor }: DownloadControlProps) {
  const { t } = useTranslation();
  return (
    <PopoverControl
      size="small"
      narrow="sheet"
      data-testid="recording-download"
      content={(close) => <Panel id={recording.id} supervisor={supervisor} onDone={close} />}
    >
      {t('conversations.keep.download.open')}
    </PopoverControl>
  );
}

interface PanelProps {
  readonly id: string;
  readonly supervisor: boolean;
  onDone(): void;
}

function Panel({ id, supervisor, onDone }: PanelProps) {
  const { t } = useTranslation();
  const { busy, run } = useAction();
  const [format, setFormat] = useState<DownloadFormat>('wav');
  return (
    <ReasonPanel
      title={t('conversations.keep.download.title')}
      body={t('conversations.keep.download.body')}
      example={t('conversations.keep.download.example')}
      button={t('conversations.keep.download.do')}
      busy={busy}
      testId="download"
      onReason={(reason) =>
        run(async () => {
          const { blob, name } = await recordings.download(id, format, reason, supervisor);
          saveFile(blob, name);
          toast.good(t('conversations.keep.download.done', { name }));
          onDone();
        })
      }
    >
      <Field
        label={t('conversations.keep.download.format')}
        hint={t(`conversations.keep.download.format_hint.${format}`)}
        group
      >
        <Segmented<DownloadFormat>
          block
          aria-label={t('conversations.keep.download.format')}
          value={format}
          options={[...FORMATS]}
          onChange={setFormat}
        />
      </Field>
    </ReasonPanel>
  );
}
