import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useAgents } from '@/parts/settings';
import styles from './Audit.module.css';

const SUBJECTS = [
  'access',
  'sign_in',
  'agent',
  'user',
  'api_token',
  'site',
  'device',
  'queue',
  'number',
  'number_list',
  'screening_policy',
  'recording_policy',
  'retention_policy',
  'recording',
  'conversation',
  'supervision_policy',
  'outbound_plan',
  'calendar',
  'calendar_exception',
  'flow',
  'customer',
  'task',
  'session',
] as const;

/** What of the trail is shown: whose doing, of which kind, to what, when. */
export function AuditFilters() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const agents = useAgents().data?.items ?? [];
  const set = (name: string, value: string | undefined): void =>
    setParams(
      (now) => {
        const next = new URLSearchParams(now);
        if (value === undefined || value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  const local = (name: string): string => params.get(name) ?? '';
  return (
    <div className={styles.filters} role="search" aria-label={t('audit.filter')}>
      <Select<string>
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('audit.columns.actor')}
        placeholder={t('audit.columns.actor')}
        value={params.get('actor')}
        options={agents.map((agent) => ({ value: `usr${agent.id.slice(3)}`, label: agent.name }))}
        onChange={(value: string | undefined) => set('actor', value)}
      />
      <Select<string>
        allowClear
        aria-label={t('audit.columns.action')}
        placeholder={t('audit.columns.action')}
        value={params.get('action')}
        options={SUBJECTS.map((subject) => ({ value: `${subject}.`, label: t(`audit.subject.${subject}`) }))}
        onChange={(value: string | undefined) => set('action', value)}
        data-testid="audit-action"
      />
      <Input
        allowClear
        aria-label={t('audit.object')}
        placeholder={t('audit.object')}
        defaultValue={local('object')}
        onChange={(event) => set('object', event.target.value.trim())}
      />
      <label className={styles.when}>
        <span>{t('audit.from')}</span>
        <Input type="datetime-local" value={local('from')} onChange={(event) => set('from', event.target.value)} />
      </label>
      <label className={styles.when}>
        <span>{t('audit.until')}</span>
        <Input type="datetime-local" value={local('until')} onChange={(event) => set('until', event.target.value)} />
      </label>
    </div>
  );
}
