import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, Segmented, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lists, type NumberList, type NumberListEntry, type NumberListKind } from '@/api/lists';
import { useFormat } from '@/parts/format';
import { useSession } from '@/parts/session';
import { toast } from '@/parts/toast';
import { useFaults } from '@/parts/useFaults';
import { Field } from '@/ui/Field';
import { Notice } from '@/ui/Notice';
import { AreaSelect } from './AreaSelect';
import styles from './Lists.module.css';
import { named } from './named';
import { endOf, UNTIL, type Until } from './until';

const LISTS: readonly NumberList[] = ['block', 'allow', 'vip'];
const KINDS: readonly NumberListKind[] = ['number', 'prefix', 'area'];

interface EntryFormProps {
  readonly list: NumberList;
  /** What is changed; none is put in anew. */
  readonly entry: NumberListEntry | null;
  onDone(): void;
}

/** A number, how numbers begin, or an area, why it is on the list, and until when. The number of an entry stays what it is. */
export function EntryForm({ list, entry, onDone }: EntryFormProps) {
  const { t, i18n } = useTranslation();
  const cache = useQueryClient();
  const format = useFormat();
  const { clock } = useSession();
  const faults = useFaults();
  const [kind, setKind] = useState<NumberListKind>('number');
  const [value, setValue] = useState('');
  const [note, setNote] = useState(entry?.note ?? '');
  const [target, setTarget] = useState<NumberList>(list);
  const [until, setUntil] = useState<Until | 'kept'>(entry === null ? (list === 'block' ? 'month' : 'ever') : 'kept');
  const [date, setDate] = useState('');
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    const said = note.trim() === '' ? null : note.trim();
    const ends = until === 'kept' ? {} : { expires_at_us: endOf(until, date, clock.nowUs() / 1000) };
    if (entry === null) await lists.add({ list, kind, value: value.trim(), note: said, expires_at_us: null, ...ends });
    else await lists.change(entry.id, { note: said, ...ends, ...(target === entry.list ? {} : { list: target }) });
    await cache.invalidateQueries({ queryKey: ['number-list'] });
    toast.good(t('settings.saved'));
    onDone();
  };
  const choose = (next: NumberListKind): void => {
    // Digits are no area, and an area is no digits.
    if (kind === 'area' || next === 'area') setValue('');
    faults.clear();
    setKind(next);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setBusy(true);
    faults.clear();
    save()
      .catch(faults.take)
      .finally(() => setBusy(false));
  };
  const kept =
    entry === null
      ? []
      : [
          {
            value: 'kept' as const,
            label:
              entry.expires_at_us === null
                ? t('lists.until.kept_ever')
                : t('lists.until.kept', { at: format.dateTime(entry.expires_at_us) }),
          },
        ];
  return (
    <form className={styles.form} onSubmit={submit} data-testid="entry-form">
      {faults.code === null || faults.code === 'validation' ? null : (
        <Notice tone="alarm" urgent>
          {t(`errors.${faults.code}`)}
        </Notice>
      )}
      {entry === null ? null : (
        <p>
          <strong>{named(entry, i18n.language)}</strong>
          {entry.kind === 'number' ? null : <span className={styles.kind}>{t(`lists.kind.${entry.kind}_mark`)}</span>}
        </p>
      )}
      <div className={styles.fields}>
        {entry === null ? (
          <Field
            label={t('lists.form.value')}
            hint={t(`lists.form.value_hint_${kind}`)}
            error={faults.field('value')}
            group
          >
            <span className={styles.pair}>
              <Segmented<NumberListKind>
                aria-label={t('lists.form.kind')}
                value={kind}
                options={KINDS.map((one) => ({ value: one, label: t(`lists.kind.${one}`) }))}
                onChange={choose}
              />
              {kind === 'area' ? (
                <AreaSelect value={value} onChange={setValue} />
              ) : (
                <Input
                  aria-label={t('lists.form.value')}
                  value={value}
                  type="tel"
                  required
                  autoFocus
                  maxLength={40}
                  onChange={(event) => setValue(event.target.value)}
                  data-testid="entry-value"
                />
              )}
            </span>
          </Field>
        ) : (
          <Field label={t('lists.form.list')} error={faults.field('list') ?? faults.field('value')} group>
            <Select<NumberList>
              aria-label={t('lists.form.list')}
              value={target}
              options={LISTS.map((one) => ({ value: one, label: t(`lists.of.${one}`) }))}
              onChange={setTarget}
            />
          </Field>
        )}
        <Field label={t('lists.form.note')} error={faults.field('note')}>
          <Input
            value={note}
            autoFocus={entry !== null}
            maxLength={2000}
            placeholder={t(`lists.form.note_example.${target}`)}
            onChange={(event) => setNote(event.target.value)}
            data-testid="entry-note"
          />
        </Field>
        <Field label={t('lists.form.until')} error={faults.field('expires_at_us')} group>
          <span className={styles.pair}>
            <Select<Until | 'kept'>
              aria-label={t('lists.form.until')}
              value={until}
              style={{ flex: 1 }}
              options={[...kept, ...UNTIL.map((one) => ({ value: one, label: t(`lists.until.${one}`) }))]}
              onChange={setUntil}
              data-testid="entry-until"
            />
            {until === 'date' ? (
              <Input
                type="date"
                aria-label={t('lists.until.date')}
                value={date}
                required
                style={{ flex: 1 }}
                onChange={(event) => setDate(event.target.value)}
              />
            ) : null}
          </span>
        </Field>
      </div>
      <div className={styles.buttons}>
        <Button type="primary" htmlType="submit" loading={busy} data-testid="entry-save">
          {entry === null ? t('lists.form.add', { list: t(`lists.in.${list}`) }) : t('common.save')}
        </Button>
        <Button onClick={onDone}>{t('common.cancel')}</Button>
      </div>
    </form>
  );
}
