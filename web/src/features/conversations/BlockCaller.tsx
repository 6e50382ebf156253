import { Button, Input, Segmented } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lists } from '@/api/lists';
import { ApiFailure } from '@/api/problem';
import type { ConversationDetail } from '@/api/types';
import { readableNumber } from '@/lib/phone';
import { PopoverControl } from '@/parts/PopoverControl';
import { useMay } from '@/parts/session';
import { toast } from '@/parts/toast';
import { useAction } from '@/parts/useAction';
import { Field } from '@/ui/Field';
import styles from './BlockCaller.module.css';

const DAYS = { day: 1, week: 7, month: 30, ever: null } as const;
type Days = keyof typeof DAYS;
const CHOICES: readonly Days[] = ['day', 'week', 'month', 'ever'];

/** Puts the caller of a conversation on the block list; nobody needs to see the number for it. */
export function BlockCaller({ detail }: { readonly detail: ConversationDetail }) {
  const { t } = useTranslation();
  const may = useMay('floor.supervise');
  if (!may || detail.direction !== 'inbound' || detail.from == null || detail.from === '') return null;
  return (
    <PopoverControl
      size="small"
      narrow="sheet"
      data-testid="block-caller"
      content={(close) => <Panel id={detail.id} number={detail.from ?? ''} onDone={close} />}
    >
      {t('conversations.block.open')}
    </PopoverControl>
  );
}

function Panel({ id, number, onDone }: { readonly id: string; readonly number: string; onDone(): void }) {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  const [days, setDays] = useState<Days>('month');
  const { busy, run } = useAction();
  const title = t('conversations.block.title', { number: readableNumber(number) });
  const words = {
    bad_number: t('conversations.block.no_number'),
    wrong_state: t('conversations.block.no_number'),
    conflict: t('conversations.block.already'),
  };
  const block = async (): Promise<void> => {
    try {
      await lists.blockCaller(id, note.trim(), DAYS[days]);
    } catch (error) {
      const fault = error instanceof ApiFailure ? error.fields.find(({ field }) => field === 'value')?.code : undefined;
      if (fault === undefined) throw error;
      toast.bad(fault === 'taken' ? words.conflict : t('conversations.block.own'));
      return;
    }
    toast.good(t('conversations.block.done'));
    onDone();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    run(block, words);
  };
  return (
    <div role="dialog" aria-label={title} data-testid="block-panel">
      <form className={styles.panel} onSubmit={submit}>
        <p className={styles.title}>{title}</p>
        <Field label={t('conversations.block.note')}>
          <Input
            value={note}
            data-first
            maxLength={2000}
            placeholder={t('conversations.block.note_example')}
            onChange={(event) => setNote(event.target.value)}
            data-testid="block-note"
          />
        </Field>
        <Field label={t('conversations.block.for')} group>
          <Segmented<Days>
            block
            aria-label={t('conversations.block.for')}
            value={days}
            options={CHOICES.map((one) => ({ value: one, label: t(`conversations.block.days.${one}`) }))}
            onChange={setDays}
          />
        </Field>
        <Button type="primary" danger htmlType="submit" loading={busy} data-testid="block-do">
          {t('conversations.block.do')}
        </Button>
      </form>
    </div>
  );
}
