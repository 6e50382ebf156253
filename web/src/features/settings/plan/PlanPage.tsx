import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { outbound } from '@/api/outbound';
import { QueryView } from '@/parts/QueryView';
import { useMay } from '@/parts/session';
import { Section } from '../Section';
import { PlanEditor } from './PlanEditor';

/** What may be called outside, by whom, through which trunk, and how often. */
export function PlanPage() {
  const { t } = useTranslation();
  const mayWrite = useMay('settings.write');
  const query = useQuery({ queryKey: ['outbound-plan'], queryFn: () => outbound.plan() });
  return (
    <Section title={t('settings.sections.outbound')} readOnly={!mayWrite}>
      <QueryView query={query} rows={5} rowHeight={64}>
        {(plan) => <PlanEditor kept={plan} readOnly={!mayWrite} />}
      </QueryView>
    </Section>
  );
}
