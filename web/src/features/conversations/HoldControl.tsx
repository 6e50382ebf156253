import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureCode } from '@/api/problem';
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

function Panel({ recording: { id, conversation_id }, verb, onDone }: PanelProps) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { busy, run } = useAction();
  // A recording held with its conversation is let go with it only, which takes one more word.
  const [whole, setWhole] = useState(false);
  const words = whole ? 'lift_whole' : verb;
  const send = async (reason: string): Promise<boolean> => {
    if (whole) await recordings.liftConversationHold(conversation_id, reason);
    else if (verb === 'hold') await recordings.hold(id, reason);
    else {
      try {
        await recordings.liftHold(id, reason);
      } catch (error) {
        if (failureCode(error) !== 'on_hold') throw error;
        setWhole(true);
        return false;
      }
    }
    return true;
  };
  return (
    <ReasonPanel
      title={t(`conversations.keep.${words}.title`)}
      body={t(`conversations.keep.${words}.body`)}
      example={t(`conversations.keep.${verb}.example`)}
      button={t(`conversations.keep.${words}.do`)}
      busy={busy}
      testId={`recording-${verb}`}
      onReason={(reason) =>
        run(async () => {
          if (!(await send(reason))) return;
          await cache.invalidateQueries({ queryKey: ['recordings'] });
          if (whole) await cache.invalidateQueries({ queryKey: ['conversation', conversation_id] });
          toast.good(t(`conversations.keep.${words}.done`));
          onDone();
        })
      }
    />
  );
}
