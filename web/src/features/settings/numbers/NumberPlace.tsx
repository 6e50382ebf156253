import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCalendars } from '@/parts/settings';
import { Field } from '@/ui/Field';
import { SiteSelect } from '../SiteSelect';

interface NumberPlaceProps {
  readonly site: string;
  readonly calendar: string;
  field(name: string): string | undefined;
  onChange(changed: { site: string } | { calendar: string }): void;
}

/** Opening hours and site of a new number. */
export function NumberPlace({ site, calendar, field, onChange }: NumberPlaceProps) {
  const { t } = useTranslation();
  const calendars = useCalendars().data?.items ?? [];
  return (
    <>
      <Field label={t('hours.of_number')} error={field('calendar_id')} group>
        <Select<string>
          aria-label={t('hours.of_number')}
          value={calendar}
          options={[
            { value: '', label: t('hours.always') },
            ...calendars.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(chosen) => onChange({ calendar: chosen })}
          data-testid="number-calendar"
        />
      </Field>
      <SiteSelect
        value={site}
        hint={t('sites.number_hint')}
        error={field('site_id')}
        disabled={false}
        onChange={(chosen) => onChange({ site: chosen })}
      />
    </>
  );
}
