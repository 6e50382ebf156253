import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, InputNumber } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Site, sites } from '@/api/sites';
import { Beaten } from '@/parts/Beaten';
import { useSession } from '@/parts/session';
import { toast } from '@/parts/toast';
import { useEdited } from '@/parts/useEdited';
import { useFaults } from '@/parts/useFaults';
import { Field } from '@/ui/Field';
import { Notice } from '@/ui/Notice';
import shared from '../Settings.module.css';
import { Bandwidth } from './Bandwidth';
import { CodecOrder } from './CodecOrder';
import { CODECS } from './codecs';
import { Ranges } from './Ranges';
import styles from './Sites.module.css';

type Draft = Pick<Site, 'name' | 'time_zone' | 'address_ranges' | 'calls_max' | 'codecs'>;

/** What can be typed, and nothing else. */
function draftOf(site: Site | null, zone: string): Draft {
  if (site === null) return { name: '', time_zone: zone, address_ranges: [], calls_max: null, codecs: [...CODECS] };
  const { name, time_zone, address_ranges, calls_max, codecs } = site;
  return { name, time_zone, address_ranges, calls_max, codecs };
}

interface SiteFormProps {
  readonly site: Site | null;
  readonly readOnly: boolean;
  onDone(): void;
}

/** Where a site is, from which addresses its phones come, and how much its line carries. */
export function SiteForm({ site, readOnly, onDone }: SiteFormProps) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { me } = useSession();
  const edited = useEdited(site, (kept) => draftOf(kept, me.tenant.time_zone));
  const faults = useFaults(edited);
  const { draft, set } = edited;
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    const body = {
      name: draft.name.trim(),
      time_zone: draft.time_zone.trim(),
      address_ranges: draft.address_ranges.map((one) => one.trim()).filter((one) => one !== ''),
      calls_max: draft.calls_max,
      codecs: draft.codecs,
    };
    if (site === null) await sites.create(body);
    else await sites.change(site.id, { ...body, version: edited.version });
    await cache.invalidateQueries({ queryKey: ['sites'] });
    toast.good(site === null ? t('settings.created') : t('settings.saved'));
    onDone();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (edited.beaten) return;
    // Rows that were left empty go first, so that the server's faults name the rows that are seen.
    set({ address_ranges: draft.address_ranges.filter((one) => one.trim() !== '') });
    setBusy(true);
    faults.clear();
    save()
      .catch(faults.orBeaten(() => cache.invalidateQueries({ queryKey: ['sites'] })))
      .finally(() => setBusy(false));
  };
  return (
    <div className={styles.columns}>
      <form className={shared.form} onSubmit={submit} data-testid="site-form" autoComplete="off">
        {faults.code === null ? null : (
          <Notice tone="alarm" urgent>
            {t(`errors.${faults.code}`)}
          </Notice>
        )}
        <div className={shared.group}>
          <h3>{t('sites.group_place')}</h3>
          <Field label={t('sites.name')} hint={t('sites.name_hint')} error={faults.field('name')}>
            <Input
              value={draft.name}
              required
              maxLength={60}
              disabled={readOnly}
              onChange={(event) => set({ name: event.target.value })}
              data-testid="site-name"
            />
          </Field>
          <Field label={t('sites.zone')} error={faults.field('time_zone')}>
            <Input
              value={draft.time_zone}
              required
              maxLength={60}
              list="site-time-zones"
              disabled={readOnly}
              onChange={(event) => set({ time_zone: event.target.value })}
            />
          </Field>
          <datalist id="site-time-zones">
            {Intl.supportedValuesOf('timeZone').map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
        </div>
        <div className={shared.group}>
          <h3>{t('sites.group_network')}</h3>
          <div className={shared.wide}>
            <Ranges
              ranges={draft.address_ranges}
              readOnly={readOnly}
              faults={faults}
              onChange={(address_ranges) => set({ address_ranges })}
            />
          </div>
        </div>
        <div className={shared.group}>
          <h3>{t('sites.group_line')}</h3>
          <Field label={t('sites.calls_max')} hint={t('sites.calls_max_hint')} error={faults.field('calls_max')} group>
            <InputNumber<number>
              aria-label={t('sites.calls_max')}
              value={draft.calls_max}
              min={1}
              max={10_000}
              precision={0}
              placeholder={t('sites.unlimited')}
              disabled={readOnly}
              style={{ width: '100%' }}
              onChange={(calls_max) => set({ calls_max })}
              data-testid="site-calls-max"
            />
          </Field>
          <CodecOrder
            codecs={draft.codecs}
            readOnly={readOnly}
            error={faults.field('codecs')}
            onChange={(codecs) => set({ codecs })}
          />
        </div>
        <Beaten edited={edited} busy={busy} />
        {readOnly ? null : (
          <div className={shared.buttons}>
            <Button type="primary" htmlType="submit" loading={busy} disabled={edited.beaten} data-testid="site-save">
              {t('common.save')}
            </Button>
            <Button onClick={onDone}>{t('common.cancel')}</Button>
          </div>
        )}
      </form>
      <Bandwidth limit={draft.calls_max} onTake={readOnly ? null : (calls_max) => set({ calls_max })} />
    </div>
  );
}
