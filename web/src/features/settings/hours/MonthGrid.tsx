import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalendarDay, CalendarException } from '@/api/types';
import { addDays, rangeOf, WEEKDAYS } from '@/lib/hours';
import styles from './Month.module.css';

interface MonthGridProps {
  readonly days: readonly CalendarDay[];
  readonly today: string;
  readonly picked: string;
  readonly exceptions: readonly CalendarException[];
  onPick(date: string): void;
  onTurn(months: number): void;
}

/** The dates of a month, Monday first. Arrows walk from date to date, Page Up and Page Down from month to month. */
export function MonthGrid({ days, today, picked, exceptions, onPick, onTurn }: MonthGridProps) {
  const { t } = useTranslation();
  const grid = useRef<HTMLDivElement>(null);
  const follow = useRef(false);
  const first = days[0];
  useEffect(() => {
    // A date of another month is there when its month has come.
    const button = grid.current?.querySelector<HTMLButtonElement>(`[data-date="${picked}"]`);
    if (!follow.current || !button) return;
    follow.current = false;
    button.focus();
  });
  const weekday = days.find((day) => day.date === picked)?.weekday ?? 0;
  const keys: Record<string, () => void> = {
    ArrowLeft: () => onPick(addDays(picked, -1)),
    ArrowRight: () => onPick(addDays(picked, 1)),
    ArrowUp: () => onPick(addDays(picked, -7)),
    ArrowDown: () => onPick(addDays(picked, 7)),
    Home: () => onPick(addDays(picked, -weekday)),
    End: () => onPick(addDays(picked, 6 - weekday)),
    PageUp: () => onTurn(-1),
    PageDown: () => onTurn(1),
  };
  const press = (event: KeyboardEvent): void => {
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    follow.current = true;
    act();
  };
  const isShown = days.some((day) => day.date === picked);
  return (
    <div
      ref={grid}
      className={styles.grid}
      onKeyDown={press}
      onPointerDown={() => (follow.current = false)}
      data-testid="month-grid"
    >
      {WEEKDAYS.map((day) => (
        <span key={day} className={styles.weekday}>
          {t(`hours.weekday_short.${day}`)}
        </span>
      ))}
      {days.map((day, n) => (
        <button
          key={day.date}
          type="button"
          className={styles.day}
          style={n === 0 ? { gridColumnStart: (first?.weekday ?? 0) + 1 } : undefined}
          data-date={day.date}
          data-state={day.state}
          data-testid="month-day"
          aria-pressed={day.date === picked}
          aria-current={day.date === today ? 'date' : undefined}
          tabIndex={day.date === picked || (!isShown && n === 0) ? 0 : -1}
          onClick={() => onPick(day.date)}
        >
          <DayFace day={day} exceptions={exceptions} />
        </button>
      ))}
    </div>
  );
}

function DayFace({
  day,
  exceptions,
}: {
  readonly day: CalendarDay;
  readonly exceptions: readonly CalendarException[];
}) {
  const { t } = useTranslation();
  const names = day.exception_ids.map((id) => exceptions.find((one) => one.id === id)?.name).filter(Boolean);
  return (
    <>
      <span className={styles.dayHead}>
        <span className={styles.number}>{Number(day.date.slice(8))}</span>
        <span className={styles.state}>{t(`hours.state_short.${day.state}`)}</span>
      </span>
      {names.length === 0 ? null : (
        <span className={styles.name} title={names.join(t('common.list.separator'))}>
          {names.join(t('common.list.separator'))}
        </span>
      )}
      {day.intervals.map((part) => (
        <span key={part.from_minute} className={styles.part}>
          {rangeOf(part)}
        </span>
      ))}
      {day.clock_shift_ms == null ? null : (
        <span className={styles.shift}>{t(day.clock_shift_ms > 0 ? 'hours.clocks_forward' : 'hours.clocks_back')}</span>
      )}
    </>
  );
}
