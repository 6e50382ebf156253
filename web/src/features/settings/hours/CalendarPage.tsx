import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { BackLink } from '@/parts/BackLink';
import { QueryView } from '@/parts/QueryView';
import { useMay } from '@/parts/session';
import { useCalendars } from '@/parts/settings';
import { paths } from '@/paths';
import { Blank } from '@/ui/Blank';
import { Section } from '../Section';
import { CalendarForm } from './CalendarForm';
import styles from './Hours.module.css';
import { MonthView } from './MonthView';
import { StandingText } from './Standing';

/** One calendar: what it says at this moment, its month, its week. */
export function CalendarPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const mayWrite = useMay('settings.write');
  const query = useCalendars();
  const back = (
    <BackLink to={paths.settingsHours} label={t('settings.back_to', { section: t('settings.sections.hours') })} />
  );
  if (id === 'new') {
    return (
      <Section title={t('hours.new')} before={back}>
        <CalendarForm calendar={null} readOnly={!mayWrite} />
      </Section>
    );
  }
  return (
    <QueryView query={query} rows={6} rowHeight={64}>
      {({ items }) => {
        const calendar = items.find((one) => one.id === id);
        if (calendar === undefined) return <Blank title={t('errors.not_found')} action={back} />;
        return (
          <Section title={calendar.name} before={back} readOnly={!mayWrite}>
            <div className={styles.page}>
              <StandingText calendar={calendar} />
              <MonthView calendar={calendar} readOnly={!mayWrite} />
              <CalendarForm key={calendar.id} calendar={calendar} readOnly={!mayWrite} />
            </div>
          </Section>
        );
      }}
    </QueryView>
  );
}
