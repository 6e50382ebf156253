import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { recordingPolicy } from '@/api/recording-policy';
import { QueryView } from '@/parts/QueryView';
import { useMay } from '@/parts/session';
import { paths } from '@/paths';
import { Section } from '../Section';
import { PolicyForm } from './PolicyForm';
import { QueueRules } from './QueueRules';
import styles from './Recording.module.css';
import { RetentionForm } from './RetentionForm';
import { useRetention } from './useRetention';

/** What is recorded, whether the customer is asked, and for how long it is kept. */
export function RecordingPage() {
  const { t } = useTranslation();
  const readOnly = !useMay('settings.write');
  const policy = useQuery({ queryKey: ['recording-policy'], queryFn: () => recordingPolicy.recording() });
  const retention = useRetention();
  return (
    <Section
      title={t('settings.sections.recording')}
      action={<Link to={paths.recordings}>{t('recording.look')}</Link>}
      readOnly={readOnly}
    >
      <div className={styles.page}>
        <div className={styles.main}>
          <QueryView query={policy} rows={5} rowHeight={48}>
            {(kept) => <PolicyForm kept={kept} readOnly={readOnly} />}
          </QueryView>
          <QueryView query={retention} rows={2} rowHeight={48}>
            {(kept) => <RetentionForm kept={kept} readOnly={readOnly} />}
          </QueryView>
        </div>
        <QueueRules tenantDays={retention.data?.recordings_days} />
      </div>
    </Section>
  );
}
