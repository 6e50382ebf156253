import { useQueryClient } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Site, sites } from '@/api/sites';
import type { PhoneNumber } from '@/api/types';
import { toast } from '@/parts/toast';
import { useAction } from '@/parts/useAction';

interface NumberSiteProps {
  readonly number: PhoneNumber;
  readonly all: readonly Site[];
  readonly readOnly: boolean;
}

/** Of which site a number is: its conversations are seen there. */
export function NumberSite({ number, all, readOnly }: NumberSiteProps) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const action = useAction();
  const own = all.find(({ id }) => id === number.site_id);
  if (readOnly) return <>{own?.name}</>;
  const give = async (site: string): Promise<void> => {
    await sites.giveNumber(number.id, site);
    await cache.invalidateQueries({ queryKey: ['numbers'] });
    await cache.invalidateQueries({ queryKey: ['sites'] });
    toast.good(t('settings.saved'));
  };
  return (
    <Select<string>
      size="small"
      variant="filled"
      aria-label={t('sites.one')}
      title={own?.name}
      loading={action.busy}
      value={own?.id ?? null}
      showSearch={{ optionFilterProp: 'label' }}
      options={all.map(({ id, name }) => ({ value: id, label: name }))}
      style={{ width: '100%' }}
      onChange={(site) => action.run(() => give(site))}
      data-testid="number-site"
    />
  );
}
