import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '@/ui/Field';
import { useSites } from '../useSites';

/** What the server takes for a customer all sites share. */
const SHARED = '';

interface SiteFieldProps {
  /** None: not chosen yet. */
  readonly value: string | null;
  readonly error: string | undefined;
  onChange(siteId: string): void;
}

/** Whose customer it is; nothing to choose for whoever sees one site, or while there is only one. */
export function SiteField({ value, error, onChange }: SiteFieldProps) {
  const { t } = useTranslation();
  const sites = useSites().data?.items ?? [];
  if (sites.length < 2) return null;
  const shared = { value: SHARED, label: t('customers.site_shared') };
  return (
    <Field label={t('customers.site')} hint={t('customers.site_hint')} error={error} group>
      <Select<string>
        aria-label={t('customers.site')}
        value={value}
        showSearch={{ optionFilterProp: 'label' }}
        options={[shared, ...sites.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={onChange}
        data-testid="customer-site"
      />
    </Field>
  );
}
