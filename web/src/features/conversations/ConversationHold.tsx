import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { recordings } from '@/api/recordings';
import type { ConversationDetail } from '@/api/types';
import { Hint } from '@/parts/Hint';
import { PopoverControl } from '@/parts/PopoverControl';
import { useMay } from '@/parts/session';
import { Moment } from '@/parts/Times';
import { toast } from '@/parts/toast';
import { useAction } from '@/parts/useAction';
import { Icon } from '@/ui/icons';
import styles from './ConversationHold.module.css';
import { ReasonPanel } from './ReasonPanel';

interface ConversationHoldProps {
  readonly detail: ConversationDetail;
}

/** Holds a conversation with all its recordings; what is held is let go beside who holds it. */
export function HoldConversation({ detail }: ConversationHoldProps) {
  const told = useMay('recordings.download');
  return detail.recordings_hold == null && told ? <Control id={detail.id} verb="hold_whole" /> : null;
}

/** Who holds a conversation, since when and why. Whoever may not know is not told. */
export function HeldConversation({ detail: { id, recordings_hold: hold } }: ConversationHoldProps) {
  const { t } = useTranslation();
  if (hold == null) return null;
  return (
    <div id={AFTER.hold_whole} className={styles.held} tabIndex={-1} data-testid="conversation-held">
      <Icon name="lock" size={16} />
      <p className={styles.said}>
        <strong>{t('conversations.keep.held_whole')}</strong>
        <span className={styles.by}>
          {t('conversations.keep.held_by', { name: hold.by.name })} · <Moment atUs={hold.at_us} />
        </span>
        <span className={styles.reason}>{hold.reason}</span>
      </p>
      <Control id={id} verb="lift_whole" />
    </div>
  );
}

interface ControlProps {
  readonly id: string;
  readonly verb: 'hold_whole' | 'lift_whole';
}

/** What has the focus afterwards, since the button that was pressed goes. */
const AFTER = { hold_whole: 'conversation-held', lift_whole: 'conversation-hold' } as const;

const OPEN = { hold_whole: 'hold', lift_whole: 'lift' } as const;

function Control({ id, verb }: ControlProps) {
  const { t } = useTranslation();
  const may = useMay('recordings.hold');
  const word = verb === 'lift_whole' ? t('conversations.keep.lift.open') : t('conversations.keep.hold_whole.do');
  if (!may) {
    return (
      <Hint text={t('conversations.keep.not_yours')}>
        <Button size="small" disabled data-testid={`conversation-${OPEN[verb]}`}>
          {word}
        </Button>
      </Hint>
    );
  }
  return (
    <PopoverControl
      key={verb}
      size="small"
      narrow="sheet"
      id={`conversation-${OPEN[verb]}`}
      data-testid={`conversation-${OPEN[verb]}`}
      content={(close) => <Panel id={id} verb={verb} onDone={close} />}
    >
      {word}
    </PopoverControl>
  );
}

/** Whoever went on to something else meanwhile stays there. */
function focusAfter(verb: ControlProps['verb']): void {
  if (document.activeElement !== document.body) return;
  document.getElementById(AFTER[verb])?.focus();
}

function Panel({ id, verb, onDone }: ControlProps & { onDone(): void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { busy, run } = useAction();
  const hold = verb === 'hold_whole';
  const read = async (): Promise<void> => {
    await cache.invalidateQueries({ queryKey: ['recordings'] });
    await cache.invalidateQueries({ queryKey: ['conversation', id] });
  };
  const send = async (reason: string): Promise<void> => {
    try {
      await (hold ? recordings.holdConversation(id, reason) : recordings.liftConversationHold(id, reason));
    } catch (error) {
      // A refusal too may mean that it is not what is shown.
      await read();
      throw error;
    }
    toast.good(t(`conversations.keep.${verb}.done`));
    // Closed before what it opened from goes.
    onDone();
    await read();
    // What was read is rendered first.
    setTimeout(() => focusAfter(verb));
  };
  return (
    <ReasonPanel
      title={t(`conversations.keep.${verb}.${hold ? 'title' : 'do'}`)}
      body={hold ? t('conversations.keep.hold_whole.body') : t('conversations.keep.lift_whole.rest')}
      example={t(`conversations.keep.${OPEN[verb]}.example`)}
      button={t(`conversations.keep.${verb}.do`)}
      busy={busy}
      testId={`conversation-${OPEN[verb]}`}
      onReason={(reason) => run(() => send(reason))}
    />
  );
}
