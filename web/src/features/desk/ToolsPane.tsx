import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { conversations } from '@/api/conversations';
import type { Handling } from '@/api/types';
import { can, type Focus } from '@/live/can';
import { Hint } from '@/parts/Hint';
import { NoteEditor, type NoteHandle } from '@/parts/NoteEditor';
import { KEYS } from '@/parts/shortcuts';
import { Countdown } from '@/parts/Times';
import { useShortcut } from '@/parts/useShortcut';
import { useWork } from '@/parts/useWork';
import { StateGlyph } from '@/ui/StateGlyph';
import { useRef } from 'react';
import { Dispositions } from './Dispositions';
import styles from './ToolsPane.module.css';
import type { Subject } from './useSubject';

interface ToolsPaneProps {
  readonly focus: Focus;
  readonly subject: Subject | null;
}

export function ToolsPane({ focus, subject }: ToolsPaneProps) {
  const { t } = useTranslation();
  const handling = focus.kind === 'handling' ? focus.handling : null;
  if (handling?.consult?.asked === false) return <Asked conversationId={handling.conversation.id} />;
  if (handling !== null) return <WrapUp key={handling.id} handling={handling} />;
  return (
    <div className={styles.pane}>
      <h2 className={styles.title}>{t('desk.wrap_up.title')}</h2>
      {subject === null || subject.current ? (
        <p className={styles.hint}>{t('desk.wrap_up.empty')}</p>
      ) : (
        // The last conversation's note stays within reach.
        <NoteEditor key={subject.brief.id} conversationId={subject.brief.id} />
      )}
    </div>
  );
}

/** Disposition and note, open from the first second of the talk; after it with a deadline. */
function WrapUp({ handling }: { readonly handling: Handling }) {
  const { t } = useTranslation();
  const work = useWork();
  const note = useRef<NoteHandle>(null);
  const wrapping = handling.state === 'wrap_up';
  const verdict = can.finishWrapUp(handling);
  const finish = (): void => {
    void note.current?.flush();
    work.finish(handling);
  };
  useShortcut(KEYS.finish, wrapping ? finish : null);
  return (
    <div className={styles.pane} data-testid="wrap-up" data-wrapping={wrapping}>
      <header className={styles.head} data-wrapping={wrapping}>
        {wrapping ? <StateGlyph state="wrap_up" /> : null}
        <h2 className={styles.title}>{t('desk.wrap_up.title')}</h2>
        {wrapping && handling.wrap_up_until_us != null ? (
          <span className={styles.left}>
            <Countdown untilUs={handling.wrap_up_until_us} />
          </span>
        ) : null}
      </header>
      {wrapping ? null : <p className={styles.hint}>{t('desk.wrap_up.during_talk')}</p>}
      <Dispositions
        chosen={handling.disposition_id ?? null}
        keys={wrapping}
        onChoose={(id) => work.dispose(handling, id)}
      />
      <NoteEditor ref={note} conversationId={handling.conversation.id} />
      {wrapping ? (
        <Hint
          text={verdict === 'yes' ? t('desk.wrap_up.finish_hint') : t(`desk.agent.verdict.${verdict}`)}
          combo={KEYS.finish}
        >
          <Button type="primary" size="large" block onClick={finish} data-testid="wrap-up-finish">
            {t('desk.wrap_up.finish')}
          </Button>
        </Hint>
      ) : null}
    </div>
  );
}

/** What a colleague who is asked sees of the note: the customer is not theirs yet, so it is not theirs to write. */
function Asked({ conversationId }: { readonly conversationId: string }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['conversation', conversationId],
    queryFn: () => conversations.detail(conversationId),
  });
  const note = data?.note?.text ?? '';
  return (
    <div className={styles.pane}>
      <h2 className={styles.title}>{t('desk.wrap_up.note')}</h2>
      <p className={note === '' ? styles.hint : styles.note} data-testid="note-read">
        {note === '' ? t('desk.wrap_up.no_note') : note}
      </p>
      <p className={styles.hint}>{t('desk.wrap_up.asked')}</p>
    </div>
  );
}
