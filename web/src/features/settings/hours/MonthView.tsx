import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { calendars } from '@/api/calendars';
import type { Calendar } from '@/api/types';
import { addMonths, dateIn, type Month, monthOf, monthText } from '@/lib/hours';
import { QueryView } from '@/parts/QueryView';
import { useSession } from '@/parts/session';
import { Icon } from '@/ui/icons';
import { IconButton } from '@/ui/IconButton';
import { DayPanel } from './DayPanel';
import styles from './Hours.module.css';
import month from './Month.module.css';
import { MonthGrid } from './MonthGrid';

interface MonthViewProps {
  readonly calendar: Calendar;
  readonly readOnly: boolean;
}

/** A month of a calendar, and beside it the day that was picked. The month and the day stand in the address. */
export function MonthView({ calendar, readOnly }: MonthViewProps) {
  const { t, i18n } = useTranslation();
  const { clock } = useSession();
  const [params, setParams] = useSearchParams();
  const [today] = useState(() => dateIn(calendar.time_zone, clock.nowUs()));
  const picked = params.get('day') ?? today;
  const shown: Month = monthOf(params.get('month')) ?? monthOf(picked) ?? { year: 2026, month: 1 };
  const query = useQuery({
    queryKey: ['calendar-month', calendar.id, shown.year, shown.month],
    queryFn: () => calendars.month(calendar.id, shown.year, shown.month),
    placeholderData: (before) => before,
  });
  const pick = (day: string): void =>
    setParams({ month: day.slice(0, 7), day }, { replace: true, preventScrollReset: true });
  const turn = (month: Month): void =>
    setParams({ month: monthText(month), day: picked }, { replace: true, preventScrollReset: true });
  const title = new Intl.DateTimeFormat(i18n.language === 'zh' ? 'zh-CN' : 'en-GB', {
    year: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(Date.UTC(shown.year, shown.month - 1, 1));
  return (
    <div className={styles.split}>
      <section className={month.month} aria-label={title}>
        <header className={month.monthHead}>
          <h3 aria-live="polite" data-testid="month-title">
            {title}
          </h3>
          <Button size="small" onClick={() => pick(today)}>
            {t('hours.today')}
          </Button>
          <IconButton label={t('hours.previous_month')} onClick={() => turn(addMonths(shown, -1))}>
            <Icon name="left" size={16} />
          </IconButton>
          <IconButton label={t('hours.next_month')} onClick={() => turn(addMonths(shown, 1))}>
            <Icon name="right" size={16} />
          </IconButton>
        </header>
        <QueryView query={query} rows={6} rowHeight={72}>
          {({ days, today: date }) => (
            <MonthGrid
              days={days}
              today={date}
              picked={picked}
              exceptions={calendar.exceptions}
              onPick={pick}
              onTurn={(by) => turn(addMonths(shown, by))}
            />
          )}
        </QueryView>
        <Legend />
      </section>
      <DayPanel key={picked} calendar={calendar} date={picked} readOnly={readOnly} />
    </div>
  );
}

const STATES = ['open', 'closed', 'holiday', 'make_up', 'closure'] as const;

function Legend() {
  const { t } = useTranslation();
  return (
    <ul className={month.legend}>
      {STATES.map((state) => (
        <li key={state}>
          <i className={month.swatch} data-state={state} aria-hidden="true" />
          {t(`hours.state.${state}`)}
        </li>
      ))}
    </ul>
  );
}
