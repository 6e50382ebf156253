import { useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { calendars } from '@/api/calendars';
import { ApiFailure } from '@/api/problem';
import type { Calendar, WeeklyInterval } from '@/api/types';
import { Beaten } from '@/parts/Beaten';
import { useSession } from '@/parts/session';
import { Sure } from '@/parts/Sure';
import { toast } from '@/parts/toast';
import { useEdited } from '@/parts/useEdited';
import { useFaults } from '@/parts/useFaults';
import { paths } from '@/paths';
import { Field } from '@/ui/Field';
import { Notice } from '@/ui/Notice';
import settingsStyles from '../Settings.module.css';
import { WeekEditor } from './WeekEditor';

const WORKWEEK: readonly WeeklyInterval[] = [0, 1, 2, 3, 4].map((weekday) => ({
  weekday,
  from_minute: 540,
  to_minute: 1080,
}));

interface Draft {
  readonly name: string;
  readonly zone: string;
  readonly weekly: readonly WeeklyInterval[];
}

/** What can be typed, and nothing else: exceptions have the month. */
const draftOf = (calendar: Calendar | null, zone: string): Draft => ({
  name: calendar?.name ?? '',
  zone: calendar?.time_zone ?? zone,
  weekly: calendar?.weekly ?? WORKWEEK,
});

interface CalendarFormProps {
  readonly calendar: Calendar | null;
  readonly readOnly: boolean;
}

/** Name, time zone and the weekly pattern of a calendar. */
export function CalendarForm({ calendar, readOnly }: CalendarFormProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const { me } = useSession();
  const edited = useEdited(calendar, (kept) => draftOf(kept, me.tenant.time_zone));
  const faults = useFaults(edited);
  const { set } = edited;
  const { name, zone, weekly } = edited.draft;
  const [busy, setBusy] = useState(false);
  const reload = async (): Promise<void> => {
    await cache.invalidateQueries({ queryKey: ['calendars'] });
    await cache.invalidateQueries({ queryKey: ['calendar-month'] });
  };
  const save = async (): Promise<void> => {
    const body = { name: name.trim(), time_zone: zone.trim(), weekly: [...weekly] };
    if (calendar === null) {
      const made = await calendars.create(body);
      await reload();
      toast.good(t('settings.created'));
      void navigate(paths.settingsCalendar(made.id));
      return;
    }
    edited.settle(await calendars.change(calendar.id, { ...body, version: edited.version }));
    await reload();
    toast.good(t('settings.saved'));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (edited.beaten) return;
    setBusy(true);
    faults.clear();
    save()
      .catch(faults.orBeaten(reload))
      .finally(() => setBusy(false));
  };
  return (
    <form className={settingsStyles.form} onSubmit={submit} data-testid="calendar-form">
      {faults.code === null ? null : (
        <Notice tone="alarm" urgent>
          {t(`errors.${faults.code}`)}
        </Notice>
      )}
      <div className={settingsStyles.group}>
        <h3>{t('hours.week')}</h3>
        <div className={settingsStyles.wide}>
          <Field label={t('hours.week')} unseen hint={t('hours.week_hint')} error={faults.field('weekly')} group>
            <WeekEditor weekly={weekly} readOnly={readOnly} onChange={(days) => set({ weekly: days })} />
          </Field>
        </div>
      </div>
      <div className={settingsStyles.group}>
        <h3>{t('hours.basics')}</h3>
        <Field label={t('hours.name')} error={faults.field('name')}>
          <Input
            value={name}
            required
            maxLength={60}
            disabled={readOnly}
            onChange={(event) => set({ name: event.target.value })}
            data-testid="calendar-name"
          />
        </Field>
        <Field label={t('hours.zone')} hint={t('hours.zone_hint')} error={faults.field('time_zone')}>
          <Input
            value={zone}
            required
            maxLength={60}
            list="time-zones"
            disabled={readOnly}
            onChange={(event) => set({ zone: event.target.value })}
            data-testid="calendar-zone"
          />
        </Field>
        <datalist id="time-zones">
          {Intl.supportedValuesOf('timeZone').map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      </div>
      <Beaten edited={edited} busy={busy} />
      {readOnly ? null : (
        <div className={settingsStyles.buttons}>
          <Button type="primary" htmlType="submit" loading={busy} disabled={edited.beaten} data-testid="calendar-save">
            {t('common.save')}
          </Button>
          {calendar === null ? (
            <Button onClick={() => void navigate(paths.settingsHours)}>{t('common.cancel')}</Button>
          ) : (
            <Remove calendar={calendar} onGone={reload} />
          )}
        </div>
      )}
    </form>
  );
}

function Remove({ calendar, onGone }: { readonly calendar: Calendar; onGone(): Promise<void> }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const remove = async (): Promise<void> => {
    try {
      await calendars.remove(calendar.id);
    } catch (error) {
      const isUsed = error instanceof ApiFailure && error.code === 'conflict';
      toast.bad(isUsed ? t('hours.in_use') : t('errors.internal'));
      return;
    }
    toast.good(t('hours.removed'));
    void navigate(paths.settingsHours);
    await onGone();
  };
  return (
    <Sure title={t('hours.remove_sure')} okText={t('hours.remove')} onConfirm={() => void remove()}>
      <Button danger data-testid="calendar-remove">
        {t('hours.remove')}
      </Button>
    </Sure>
  );
}
