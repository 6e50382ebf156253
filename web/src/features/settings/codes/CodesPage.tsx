import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { dispositions, reasons } from '@/api/codes';
import { settings } from '@/api/settings';
import { useMay } from '@/parts/session';
import { Section } from '../Section';
import { CodeTable } from './CodeTable';

const DISPOSITIONS = ['dispositions'] as const;
const REASONS = ['not-ready-reasons'] as const;

/** What agents choose from: how a call came out, and why they are not ready. */
export function CodesPage() {
  const { t } = useTranslation();
  const mayWrite = useMay('settings.write');
  const outcomeList = useQuery({ queryKey: DISPOSITIONS, queryFn: settings.dispositions });
  const reasonList = useQuery({ queryKey: REASONS, queryFn: settings.notReadyReasons });
  return (
    <Section title={t('settings.sections.codes')} readOnly={!mayWrite}>
      <CodeTable
        kind="dispositions"
        queryKey={DISPOSITIONS}
        query={outcomeList}
        readOnly={!mayWrite}
        create={dispositions.create}
        change={dispositions.change}
      />
      <CodeTable
        kind="reasons"
        queryKey={REASONS}
        query={reasonList}
        readOnly={!mayWrite}
        create={reasons.create}
        change={reasons.change}
      />
    </Section>
  );
}
