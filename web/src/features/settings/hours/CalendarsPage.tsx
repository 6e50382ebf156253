import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { settings } from '@/api/settings';
import { readableNumber } from '@/lib/phone';
import { QueryView } from '@/parts/QueryView';
import { useMay } from '@/parts/session';
import { useCalendars } from '@/parts/settings';
import { paths } from '@/paths';
import { Blank } from '@/ui/Blank';
import { Icon } from '@/ui/icons';
import table from '@/ui/table.module.css';
import { Section } from '../Section';
import styles from '../Settings.module.css';
import { StandingText } from './Standing';

/** Every calendar in one line: what it says at this moment, and which numbers follow it. */
export function CalendarsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayWrite = useMay('settings.write');
  const query = useCalendars();
  const numbers = useQuery({ queryKey: ['numbers'], queryFn: () => settings.numbers() }).data?.items ?? [];
  const create = mayWrite ? (
    <Button
      type="primary"
      icon={<Icon name="plus" size={16} />}
      onClick={() => void navigate(paths.settingsCalendar('new'))}
      data-testid="calendar-new"
    >
      {t('hours.new')}
    </Button>
  ) : null;
  return (
    <Section title={t('settings.sections.hours')} action={create} readOnly={!mayWrite}>
      <QueryView query={query} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <Blank title={t('hours.empty_title')} action={create}>
              {t('hours.empty_body')}
            </Blank>
          ) : (
            <div className={table.scroll}>
              <table className={table.table}>
                <thead>
                  <tr>
                    <th style={{ width: '30%' }}>{t('hours.columns.name')}</th>
                    <th>{t('hours.columns.standing')}</th>
                    <th className={styles.optional}>{t('hours.columns.numbers')}</th>
                    <th className={styles.optional}>{t('hours.columns.zone')}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((calendar) => (
                    <tr key={calendar.id} data-testid="calendar-row">
                      <td title={calendar.name}>
                        <Link className={table.cover} to={paths.settingsCalendar(calendar.id)}>
                          <strong>{calendar.name}</strong>
                        </Link>
                      </td>
                      <td>
                        <StandingText calendar={calendar} />
                      </td>
                      <td className={styles.optional}>
                        {numbers
                          .filter((number) => number.calendar_id === calendar.id)
                          .map((number) => readableNumber(number.number))
                          .join(t('common.list.separator'))}
                      </td>
                      <td className={styles.optional}>{calendar.time_zone}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </QueryView>
    </Section>
  );
}
