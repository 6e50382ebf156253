import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '@/ui/Field';
import { useSites } from '@/parts/useSites';

interface SiteSelectProps {
  readonly value: string;
  readonly hint: string;
  readonly error: string | undefined;
  readonly disabled: boolean;
  onChange(siteId: string): void;
}

/** At which site something or somebody is; nothing to choose while there is only one. */
export function SiteSelect({ value, hint, error, disabled, onChange }: SiteSelectProps) {
  const { t } = useTranslation();
  const sites = useSites().data?.items ?? [];
  if (sites.length < 2) return null;
  const known = sites.some(({ id }) => id === value);
  return (
    <Field label={t('sites.one')} hint={hint} error={error} group>
      <Select<string>
        aria-label={t('sites.one')}
        value={known ? value : null}
        disabled={disabled}
        showSearch={{ optionFilterProp: 'label' }}
        options={sites.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={onChange}
        data-testid="site-select"
      />
    </Field>
  );
}
