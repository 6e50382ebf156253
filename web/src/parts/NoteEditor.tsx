import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type Ref, useCallback, useEffect, useId, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { conversations } from '@/api/conversations';
import styles from './NoteEditor.module.css';

const SAVE_AFTER_MS = 800;

export interface NoteHandle {
  /** Saves what is typed, now. */
  flush(): Promise<void>;
}

interface NoteEditorProps {
  readonly conversationId: string;
  readonly ref?: Ref<NoteHandle>;
}

type Saving = 'clean' | 'dirty' | 'saving' | 'saved' | 'failed';

/** A note that saves itself; what was typed is never thrown away. */
export function NoteEditor({ conversationId, ref }: NoteEditorProps) {
  const { t } = useTranslation();
  const id = useId();
  const cache = useQueryClient();
  const { data } = useQuery({
    queryKey: ['conversation', conversationId],
    queryFn: () => conversations.detail(conversationId),
  });
  const [text, setText] = useState<string | null>(null);
  const [saving, setSaving] = useState<Saving>('clean');
  const latest = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const save = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current);
    const value = latest.current;
    if (value === null) return;
    setSaving('saving');
    try {
      await conversations.saveNote(conversationId, value);
      if (latest.current === value) {
        latest.current = null;
        setSaving('saved');
      }
      await cache.invalidateQueries({ queryKey: ['conversation', conversationId] });
    } catch {
      setSaving('failed');
    }
  }, [conversationId, cache]);

  useImperativeHandle(ref, () => ({ flush: save }), [save]);
  // Leaving the page or the conversation saves what is still waiting.
  useEffect(() => () => void save(), [save]);

  const type = (value: string): void => {
    setText(value);
    latest.current = value;
    setSaving('dirty');
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void save(), SAVE_AFTER_MS);
  };

  return (
    <div className={styles.note}>
      <label className={styles.label} htmlFor={id}>
        {t('desk.wrap_up.note')}
        <span className={styles.state} data-state={saving} role="status">
          {saving === 'saving' ? t('desk.wrap_up.note_saving') : null}
          {saving === 'saved' ? t('desk.wrap_up.note_saved') : null}
        </span>
      </label>
      <Input.TextArea
        id={id}
        data-testid="note"
        value={text ?? data?.note?.text ?? ''}
        maxLength={4000}
        placeholder={t('desk.wrap_up.note_placeholder')}
        autoSize={{ minRows: 4, maxRows: 12 }}
        onChange={(event) => type(event.target.value)}
        onBlur={() => void save()}
      />
      {saving === 'failed' ? (
        <span className={styles.failed} role="alert">
          {t('desk.wrap_up.note_failed')}
          <Button size="small" onClick={() => void save()}>
            {t('common.retry')}
          </Button>
        </span>
      ) : null}
    </div>
  );
}
