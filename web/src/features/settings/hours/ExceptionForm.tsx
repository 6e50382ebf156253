import { Button, Checkbox, Input, Segmented, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { calendars } from '@/api/calendars';
import type { Calendar, CalendarException, CalendarExceptionWanted, ExceptionKind } from '@/api/types';
import { DAY_MINUTES, type Part, WEEKDAYS } from '@/lib/hours';
import { useFaults } from '@/parts/useFaults';
import { Field } from '@/ui/Field';
import { Notice } from '@/ui/Notice';
import styles from './Hours.module.css';
import { Parts } from './Parts';

const KINDS: readonly ExceptionKind[] = ['closure', 'holiday', 'make_up'];
const OWN = -1;

interface Draft {
  readonly kind: ExceptionKind;
  readonly name: string;
  readonly first_day: string;
  readonly last_day: string;
  /** A weekday, or `OWN` for hours of its own. */
  readonly like: number;
  readonly all_day: boolean;
  readonly parts: readonly Part[];
}

const WORKDAY: readonly Part[] = [{ from_minute: 540, to_minute: 1080 }];

function draftOf(date: string, exception: CalendarException | null): Draft {
  if (exception === null)
    return { kind: 'closure', name: '', first_day: date, last_day: date, like: 0, all_day: true, parts: WORKDAY };
  const { kind, name, first_day, last_day, like_weekday, intervals } = exception;
  const all_day = intervals[0]?.from_minute === 0 && intervals[0].to_minute === DAY_MINUTES;
  const like = like_weekday ?? (kind === 'make_up' ? OWN : 0);
  return { kind, name, first_day, last_day, like, all_day, parts: intervals.length === 0 ? WORKDAY : intervals };
}

function wantedOf(draft: Draft, fallback: string): CalendarExceptionWanted {
  const { kind, name, first_day, last_day, like, all_day, parts } = draft;
  const own = kind === 'make_up' ? like === OWN : kind === 'closure' && !all_day;
  return {
    kind,
    name: name.trim() === '' ? fallback : name.trim(),
    first_day,
    last_day,
    like_weekday: kind === 'make_up' && like !== OWN ? like : null,
    intervals: own ? [...parts] : [],
  };
}

interface ExceptionFormProps {
  readonly calendar: Calendar;
  readonly date: string;
  readonly exception: CalendarException | null;
  onDone(): Promise<void>;
  onCancel(): void;
}

/** A closure, a holiday or a make-up workday. Without a name it is called what it is. */
export function ExceptionForm({ calendar, date, exception, onDone, onCancel }: ExceptionFormProps) {
  const { t } = useTranslation();
  const faults = useFaults();
  const [draft, setDraft] = useState(() => draftOf(date, exception));
  const [busy, setBusy] = useState(false);
  const set = (change: Partial<Draft>): void => setDraft((now) => ({ ...now, ...change }));
  const save = async (): Promise<void> => {
    const wanted = wantedOf(draft, t(`hours.exception.kind.${draft.kind}`));
    if (exception === null) await calendars.except(calendar.id, wanted);
    else await calendars.changeException(exception.id, wanted);
    await onDone();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setBusy(true);
    faults.clear();
    save()
      .catch(faults.take)
      .finally(() => setBusy(false));
  };
  return (
    <form className={styles.form} onSubmit={submit} data-testid="exception-form">
      {faults.code === null || faults.code === 'validation' ? null : (
        <Notice tone="alarm" urgent>
          {t(`errors.${faults.code}`)}
        </Notice>
      )}
      <Segmented<ExceptionKind>
        className={styles.kinds ?? ''}
        value={draft.kind}
        options={KINDS.map((kind) => ({ value: kind, label: t(`hours.exception.kind.${kind}`) }))}
        onChange={(kind) => set({ kind })}
      />
      <p className={styles.quiet}>{t(`hours.exception.means.${draft.kind}`)}</p>
      <Field label={t('hours.exception.name')} error={faults.field('name')}>
        <Input
          value={draft.name}
          maxLength={60}
          placeholder={t(`hours.exception.example.${draft.kind}`)}
          onChange={(event) => set({ name: event.target.value })}
          data-testid="exception-name"
        />
      </Field>
      <div className={styles.two}>
        <Field label={t('hours.exception.first')} error={faults.field('first_day')}>
          <Input
            type="date"
            required
            value={draft.first_day}
            onChange={(event) => set({ first_day: event.target.value })}
            data-testid="exception-first"
          />
        </Field>
        <Field label={t('hours.exception.last')} error={faults.field('last_day')}>
          <Input
            type="date"
            required
            value={draft.last_day}
            min={draft.first_day}
            onChange={(event) => set({ last_day: event.target.value })}
            data-testid="exception-last"
          />
        </Field>
      </div>
      <Hours draft={draft} error={faults.field('intervals')} onChange={set} />
      <div className={styles.buttons}>
        <Button type="primary" htmlType="submit" loading={busy} data-testid="exception-save">
          {t('common.save')}
        </Button>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
      </div>
    </form>
  );
}

interface HoursProps {
  readonly draft: Draft;
  readonly error: string | undefined;
  onChange(change: Partial<Draft>): void;
}

function Hours({ draft, error, onChange }: HoursProps) {
  const { t } = useTranslation();
  const parts = (one: boolean) => (
    <Field label={t('hours.exception.hours')} error={error} group>
      <Parts parts={draft.parts} most={one ? 1 : undefined} onChange={(next) => onChange({ parts: next })} />
    </Field>
  );
  switch (draft.kind) {
    case 'holiday':
      return null;
    case 'closure':
      return (
        <>
          <Checkbox checked={draft.all_day} onChange={(event) => onChange({ all_day: event.target.checked })}>
            {t('hours.exception.all_day')}
          </Checkbox>
          {draft.all_day ? null : parts(true)}
        </>
      );
    case 'make_up':
      return (
        <>
          <Field label={t('hours.exception.like_label')} group>
            <Select<number>
              aria-label={t('hours.exception.like_label')}
              value={draft.like}
              options={[
                ...WEEKDAYS.map((day, weekday) => ({
                  value: weekday,
                  label: t('hours.exception.like', { day: t(`hours.weekday.${day}`) }),
                })),
                { value: OWN, label: t('hours.exception.own') },
              ]}
              onChange={(like) => onChange({ like })}
            />
          </Field>
          {draft.like === OWN ? parts(false) : null}
        </>
      );
  }
}
