import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { lists } from '@/api/lists';

interface AreaSelectProps {
  readonly value: string;
  onChange(value: string): void;
}

/** An area out of those the data on numbers knows; found by a part of its name in either language. */
export function AreaSelect({ value, onChange }: AreaSelectProps) {
  const { t, i18n } = useTranslation();
  const query = useQuery({ queryKey: ['number-areas'], queryFn: lists.areas, staleTime: Infinity });
  const options = (query.data?.items ?? []).map(({ value: path, name: { zh, en } }) => ({
    value: path,
    label: i18n.language === 'zh' ? zh : en,
    found: `${zh} ${en}`,
  }));
  return (
    <Select<string>
      aria-label={t('lists.form.value')}
      value={value === '' ? null : value}
      loading={query.isPending}
      showSearch={{ optionFilterProp: 'found' }}
      style={{ flex: 1 }}
      placeholder={t('lists.form.area_placeholder')}
      notFoundContent={query.isError ? t('lists.form.areas_failed') : undefined}
      options={options}
      onChange={onChange}
      data-testid="entry-area"
    />
  );
}
