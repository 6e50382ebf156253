import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ReachCode } from '@/api/types';
import type { Faults } from '@/parts/useFaults';
import { Field } from '@/ui/Field';
import styles from './Settings.module.css';
import { SiteSelect } from './SiteSelect';
import { useSites } from '@/parts/useSites';

const REACHES: readonly ReachCode[] = ['tenant', 'site'];

interface PlaceFieldsProps {
  readonly siteId: string;
  /** None of administrators, who see everything. */
  readonly reach: ReachCode | null;
  readonly readOnly: boolean;
  readonly mayReach: boolean;
  readonly faults: Faults;
  onSite(siteId: string): void;
  onReach(reach: ReachCode): void;
}

/** At which site somebody works, and whether they see the others. */
export function PlaceFields({ siteId, reach, readOnly, mayReach, faults, onSite, onReach }: PlaceFieldsProps) {
  const { t } = useTranslation();
  const many = (useSites().data?.items.length ?? 0) > 1;
  if (!many) return null;
  return (
    <div className={styles.group}>
      <h3>{t('sites.one')}</h3>
      <SiteSelect
        value={siteId}
        hint={t('sites.agent_hint')}
        error={faults.field('site_id')}
        disabled={readOnly}
        onChange={onSite}
      />
      {reach === null ? null : (
        <Field label={t('sites.reach')} hint={t('sites.reach_hint')} error={faults.field('reach')} group>
          <Select<ReachCode>
            aria-label={t('sites.reach')}
            value={reach}
            disabled={readOnly || !mayReach}
            options={REACHES.map((one) => ({ value: one, label: t(`sites.reaches.${one}`) }))}
            onChange={onReach}
            data-testid="agent-reach"
          />
        </Field>
      )}
    </div>
  );
}
