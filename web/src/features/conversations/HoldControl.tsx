import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { recordings } from '@/api/recordings';
import type { Recording } from '@/api/types';
import { PopoverControl } from '@/parts/PopoverControl';
import { toast } from '@/parts/toast';
import { useAction } from '@/parts/useAction';
import { ReasonPanel } from './ReasonPanel';

/** Keeps a recording from being erased, or lets it go again. */
export function HoldControl({ recording }: { readonly recording: Recording }) {
  const { t } = useTranslation();
  const verb = recording.hold == null ? 'hold' : 'lift';
  return (
    <PopoverControl
      key={verb}
      size="small"
      narrow="sheet"
      data-testid={`recording-${verb}`}
      content={(close) => <Panel recording={recording} verb={verb} onDone={close} />}
    >
      {t(`conversations.keep.${verb}.open`)}
    </PopoverControl>
  );
}

interface PanelProps {
  readonly recording: Recording;
  readonly verb: 'hold' | 'lift';
  onDone(): void;
}

function Panel({ recording: { id }, verb, onDone }: PanelProps) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { busy, run } = useAction();
  return (
    <ReasonPanel
      title={t(`conversations.keep.${verb}.title`)}
      body={t(`conversations.keep.${verb}.body`)}
      example={t(`conversations.keep.${verb}.example`)}
      button={t(`conversations.keep.${verb}.do`)}
      busy={busy}
      testId={`recording-${verb}`}
      onReason={(reason) =>
        run(async () => {
          await (verb === 'hold' ? recordings.hold(id, reason) : recordings.liftHold(id, reason));
          await cache.invalidateQueries({ queryKey: ['recordings'] });
          toast.good(t(`conversations.keep.${verb}.done`));
          onDone();
        })
      }
    />
  );
}
