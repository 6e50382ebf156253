import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { settings } from '@/api/settings';
import type { OutboundRule } from '@/api/types';
import { readableNumber } from '@/lib/phone';
import { QueryView } from '@/parts/QueryView';
import { useMay } from '@/parts/session';
import { toast } from '@/parts/toast';
import { useFaults } from '@/parts/useFaults';
import { Field } from '@/ui/Field';
import { Notice } from '@/ui/Notice';
import devices from './Devices.module.css';
import { Section } from './Section';
import styles from './Settings.module.css';

/** Which numbers may be called from the desk. */
export function OutboundPage() {
  const { t } = useTranslation();
  const mayWrite = useMay('settings.write');
  const query = useQuery({ queryKey: ['outbound'], queryFn: () => settings.outbound() });
  return (
    <Section title={t('settings.sections.outbound')} readOnly={!mayWrite}>
      <p className={devices.lead}>{t('outbound.lead')}</p>
      <QueryView query={query} rows={3} rowHeight={48}>
        {(rule) => <OutboundForm key={rule.version} rule={rule} readOnly={!mayWrite} />}
      </QueryView>
    </Section>
  );
}

function OutboundForm({ rule, readOnly }: { readonly rule: OutboundRule; readonly readOnly: boolean }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const faults = useFaults();
  const numbers = useQuery({ queryKey: ['numbers'], queryFn: () => settings.numbers() }).data?.items ?? [];
  const [prefixes, setPrefixes] = useState<string[]>([...rule.prefixes]);
  const [trunk, setTrunk] = useState(rule.trunk_id ?? '');
  const [number, setNumber] = useState(rule.number_id ?? '');
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    const after = await settings.changeOutbound({
      version: rule.version,
      prefixes,
      trunk_id: trunk,
      number_id: number,
    });
    cache.setQueryData(['outbound'], after);
    toast.good(t('settings.saved'));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setBusy(true);
    faults.clear();
    save()
      .catch(faults.take)
      .finally(() => setBusy(false));
  };
  return (
    <form className={styles.form} onSubmit={submit} data-testid="outbound-form">
      {faults.code === null ? null : (
        <Notice tone="alarm" urgent>
          {t(`errors.${faults.code}`)}
        </Notice>
      )}
      {prefixes.length === 0 || trunk === '' ? <Notice tone="quiet">{t('outbound.nothing')}</Notice> : null}
      <div className={styles.group}>
        <Field label={t('outbound.trunk')} error={faults.field('trunk_id')} group>
          <Select<string>
            aria-label={t('outbound.trunk')}
            value={trunk}
            disabled={readOnly}
            options={[
              { value: '', label: t('outbound.no_trunk') },
              ...rule.trunks.map((one) => ({ value: one.id, label: one.name })),
            ]}
            onChange={setTrunk}
          />
        </Field>
        <Field label={t('outbound.number')} error={faults.field('number_id')} group>
          <Select<string>
            aria-label={t('outbound.number')}
            value={number}
            disabled={readOnly}
            options={[
              { value: '', label: t('outbound.first_number') },
              ...numbers.map((one) => ({ value: one.id, label: `${readableNumber(one.number)} ${one.name}` })),
            ]}
            onChange={setNumber}
          />
        </Field>
        <div className={styles.wide}>
          <Field
            label={t('outbound.prefixes')}
            hint={t('outbound.prefixes_hint')}
            error={faults.field('prefixes')}
            group
          >
            <Select<string[]>
              mode="tags"
              aria-label={t('outbound.prefixes')}
              value={prefixes}
              disabled={readOnly}
              open={false}
              tokenSeparators={[' ', ',', '，', '、']}
              style={{ width: '100%' }}
              onChange={setPrefixes}
            />
          </Field>
        </div>
      </div>
      {readOnly ? null : (
        <div className={styles.buttons}>
          <Button type="primary" htmlType="submit" loading={busy} data-testid="outbound-save">
            {t('common.save')}
          </Button>
        </div>
      )}
    </form>
  );
}
