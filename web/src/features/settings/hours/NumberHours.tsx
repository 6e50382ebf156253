import { useQueryClient } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { calendars } from '@/api/calendars';
import type { PhoneNumber } from '@/api/types';
import { useCalendars } from '@/parts/settings';
import { toast } from '@/parts/toast';
import { useAction } from '@/parts/useAction';
import { paths } from '@/paths';

/** No id begins so. */
const ALWAYS = 'always';

interface NumberHoursProps {
  readonly number: PhoneNumber;
  readonly readOnly: boolean;
}

/** Which opening hours a number follows; without any it is always open. */
export function NumberHours({ number, readOnly }: NumberHoursProps) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const action = useAction();
  const known = useCalendars().data?.items ?? [];
  const own = known.find((one) => one.id === number.calendar_id);
  if (readOnly) {
    if (own === undefined) return <>{t('hours.always')}</>;
    return <Link to={paths.settingsCalendar(own.id)}>{own.name}</Link>;
  }
  const give = async (id: string): Promise<void> => {
    await calendars.giveNumber(number.id, id === ALWAYS ? null : id);
    await cache.invalidateQueries({ queryKey: ['numbers'] });
    toast.good(t('settings.saved'));
  };
  return (
    <Select<string>
      size="small"
      variant="filled"
      aria-label={t('hours.of_number')}
      loading={action.busy}
      value={number.calendar_id ?? ALWAYS}
      options={[
        { value: ALWAYS, label: t('hours.always') },
        ...known.map((one) => ({ value: one.id, label: one.name })),
      ]}
      style={{ width: '100%' }}
      onChange={(id) => action.run(() => give(id))}
      data-testid="number-hours"
    />
  );
}
