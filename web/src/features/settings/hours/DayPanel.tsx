import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { calendars } from '@/api/calendars';
import type { Calendar, CalendarException } from '@/api/types';
import { rangeOf, WEEKDAYS } from '@/lib/hours';
import { toast } from '@/parts/toast';
import { useAction } from '@/parts/useAction';
import { Icon } from '@/ui/icons';
import { ExceptionForm } from './ExceptionForm';
import styles from './Hours.module.css';

interface DayPanelProps {
  readonly calendar: Calendar;
  readonly date: string;
  readonly readOnly: boolean;
}

/** What was arranged for one date, and the way to arrange something. */
export function DayPanel({ calendar, date, readOnly }: DayPanelProps) {
  const { t, i18n } = useTranslation();
  const [edited, setEdited] = useState<CalendarException | 'new' | null>(null);
  const cache = useQueryClient();
  const reload = async (): Promise<void> => {
    await cache.invalidateQueries({ queryKey: ['calendars'] });
    await cache.invalidateQueries({ queryKey: ['calendar-month', calendar.id] });
  };
  const here = calendar.exceptions.filter((one) => one.first_day <= date && date <= one.last_day);
  const title = new Intl.DateTimeFormat(i18n.language === 'zh' ? 'zh-CN' : 'en-GB', {
    dateStyle: 'full',
    timeZone: 'UTC',
  }).format(Date.parse(`${date}T00:00:00Z`));
  const done = async (): Promise<void> => {
    await reload();
    setEdited(null);
    toast.good(t('settings.saved'));
  };
  return (
    <aside className={styles.panel} aria-label={title} data-testid="day-panel">
      <h3 data-testid="day-title">{title}</h3>
      {here.length === 0 ? <p className={styles.quiet}>{t('hours.day_plain')}</p> : null}
      <ul className={styles.exceptions}>
        {here.map((one) => (
          <Arranged key={one.id} exception={one} readOnly={readOnly} onEdit={() => setEdited(one)} onGone={reload} />
        ))}
      </ul>
      {readOnly ? null : edited === null ? (
        <Button icon={<Icon name="plus" size={16} />} onClick={() => setEdited('new')} data-testid="exception-new">
          {t('hours.exception.add')}
        </Button>
      ) : (
        <ExceptionForm
          key={edited === 'new' ? 'new' : edited.id}
          calendar={calendar}
          date={date}
          exception={edited === 'new' ? null : edited}
          onDone={done}
          onCancel={() => setEdited(null)}
        />
      )}
    </aside>
  );
}

interface ArrangedProps {
  readonly exception: CalendarException;
  readonly readOnly: boolean;
  onEdit(): void;
  onGone(): Promise<void>;
}

function Arranged({ exception, readOnly, onEdit, onGone }: ArrangedProps) {
  const { t } = useTranslation();
  const action = useAction();
  const { kind, name, first_day, last_day, like_weekday, intervals } = exception;
  const isAllDay = kind === 'closure' && intervals[0]?.from_minute === 0 && intervals[0].to_minute === 1440;
  const hours =
    like_weekday == null
      ? isAllDay || kind === 'holiday'
        ? t('hours.exception.all_day')
        : intervals.map(rangeOf).join(t('common.list.separator'))
      : t('hours.exception.like', { day: t(`hours.weekday.${WEEKDAYS[like_weekday] ?? 'monday'}`) });
  const remove = async (): Promise<void> => {
    await calendars.removeException(exception.id);
    await onGone();
    toast.good(t('hours.exception.removed'));
  };
  return (
    <li className={styles.exception} data-state={kind} data-testid="exception">
      <strong>{name}</strong>
      <span className={styles.quiet}>
        {t(`hours.exception.kind.${kind}`)} · {hours}
        {first_day === last_day ? '' : ` · ${first_day} – ${last_day}`}
      </span>
      {readOnly ? null : (
        <span className={styles.buttons}>
          <Button size="small" onClick={onEdit} data-testid="exception-edit">
            {t('common.edit')}
          </Button>
          <Button
            size="small"
            danger
            loading={action.busy}
            onClick={() => action.run(remove)}
            data-testid="exception-remove"
          >
            {t('hours.exception.remove')}
          </Button>
        </span>
      )}
    </li>
  );
}
