import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PlanTrunk } from '@/api/outbound';
import { Field } from '@/ui/Field';
import { useSites } from '@/parts/useSites';
import fields from './Fields.module.css';

interface TrunkSiteProps {
  readonly trunk: PlanTrunk;
  readonly readOnly: boolean;
  fault(name: string): string | undefined;
  onChange(change: Partial<PlanTrunk>): void;
}

/** The site whose own line a trunk is; nothing to choose where there is one site. */
export function TrunkSite({ trunk, readOnly, fault, onChange }: TrunkSiteProps) {
  const { t } = useTranslation();
  const sites = useSites().data?.items ?? [];
  if (sites.length < 2 && trunk.site_id == null) return null;
  return (
    <div className={fields.one}>
      <Field label={t('plan.trunk.site_label')} hint={t('plan.trunk.site_hint')} error={fault('site_id')} group>
        <Select<string>
          aria-label={t('plan.trunk.site_label')}
          value={trunk.site_id ?? ''}
          disabled={readOnly}
          options={[
            { value: '', label: t('plan.trunk.no_site') },
            ...sites.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(id) => onChange({ site_id: id === '' ? null : id })}
          data-testid="trunk-site"
        />
      </Field>
    </div>
  );
}
