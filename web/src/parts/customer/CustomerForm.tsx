import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, Segmented } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { customers } from '@/api/customers';
import type { Customer, CustomerLevel } from '@/api/types';
import { Field } from '@/ui/Field';
import { IconButton } from '@/ui/IconButton';
import { Icon } from '@/ui/icons';
import { Notice } from '@/ui/Notice';
import { Beaten } from '../Beaten';
import { useEdited } from '../useEdited';
import { useFaults } from '../useFaults';
import styles from './CustomerForm.module.css';
import { SiteField } from './SiteField';
import { toast } from '../toast';

interface Draft {
  readonly name: string;
  readonly level: CustomerLevel;
  readonly company: string;
  readonly note: string;
  readonly numbers: readonly { readonly number: string; readonly label: string }[];
  /** None until one is chosen: the server puts a new customer where their maker works. */
  readonly siteId: string | null;
}

interface CustomerFormProps {
  /** The record to change; none for a new one. */
  readonly customer?: Customer;
  /** What a new record starts with. */
  readonly number?: string;
  onDone(saved: Customer): void;
  onCancel?(): void;
}

function draftOf(customer: Customer | null, number: string | undefined): Draft {
  return {
    name: customer?.name ?? '',
    level: customer?.level ?? 'standard',
    company: customer?.company ?? '',
    note: customer?.note ?? '',
    numbers:
      customer?.numbers.map((one) => ({ number: one.number, label: one.label ?? '' })) ??
      (number === undefined ? [] : [{ number, label: '' }]),
    siteId: customer === null ? null : (customer.site_id ?? ''),
  };
}

export function CustomerForm({ customer, number, onDone, onCancel }: CustomerFormProps) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const edited = useEdited(customer ?? null, (kept) => draftOf(kept, number));
  const faults = useFaults(edited);
  const { draft, set } = edited;
  const [busy, setBusy] = useState(false);

  const save = async (): Promise<void> => {
    const keptSite = customer === undefined ? null : (customer.site_id ?? '');
    const body = {
      name: draft.name.trim(),
      level: draft.level,
      company: draft.company.trim(),
      note: draft.note.trim(),
      numbers: draft.numbers
        .filter((one) => one.number.trim() !== '')
        .map((one) => ({ number: one.number.trim(), ...(one.label.trim() === '' ? {} : { label: one.label.trim() }) })),
      ...(draft.siteId === null || draft.siteId === keptSite ? {} : { site_id: draft.siteId }),
    };
    const saved =
      customer === undefined
        ? await customers.create(body)
        : await customers.change(customer.id, { ...body, version: edited.version });
    cache.setQueryData(['customer', saved.id], saved);
    await cache.invalidateQueries({ queryKey: ['customers'] });
    toast.good(customer === undefined ? t('customers.created') : t('customers.changed'));
    onDone(saved);
  };

  const newest = async (): Promise<void> => {
    await cache.invalidateQueries({ queryKey: ['customer', customer?.id] });
    await cache.invalidateQueries({ queryKey: ['customers'] });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (edited.beaten) return;
    setBusy(true);
    faults.clear();
    save()
      .catch(faults.orBeaten(newest))
      .finally(() => setBusy(false));
  };

  return (
    <form className={styles.form} onSubmit={submit} data-testid="customer-form">
      {faults.code === null ? null : (
        <div className={styles.wide}>
          <Notice tone="alarm" urgent>
            {t(`errors.${faults.code}`)}
          </Notice>
        </div>
      )}
      <Field label={t('customers.name')} error={faults.field('name')}>
        <Input
          value={draft.name}
          required
          maxLength={100}
          onChange={(event) => set({ name: event.target.value })}
          data-testid="customer-name"
        />
      </Field>
      <Field label={t('customers.level')} group>
        <Segmented<CustomerLevel>
          block
          value={draft.level}
          options={[
            { value: 'standard', label: t('common.standard') },
            { value: 'vip', label: t('common.vip') },
          ]}
          onChange={(level) => set({ level })}
        />
      </Field>
      <Field label={t('customers.company')} error={faults.field('company')}>
        <Input value={draft.company} maxLength={100} onChange={(event) => set({ company: event.target.value })} />
      </Field>
      <NumbersField numbers={draft.numbers} error={faults.field('numbers')} onChange={(numbers) => set({ numbers })} />
      <div className={styles.wide}>
        <Field label={t('customers.note')} error={faults.field('note')}>
          <Input.TextArea
            value={draft.note}
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={4000}
            onChange={(event) => set({ note: event.target.value })}
          />
        </Field>
      </div>
      <SiteField value={draft.siteId} error={faults.field('site_id')} onChange={(siteId) => set({ siteId })} />
      <Beaten edited={edited} busy={busy} />
      <div className={styles.buttons}>
        <Button type="primary" htmlType="submit" loading={busy} disabled={edited.beaten} data-testid="customer-save">
          {t('common.save')}
        </Button>
        {onCancel === undefined ? null : <Button onClick={onCancel}>{t('common.cancel')}</Button>}
      </div>
    </form>
  );
}

interface NumbersFieldProps {
  readonly numbers: Draft['numbers'];
  readonly error: string | undefined;
  onChange(numbers: Draft['numbers']): void;
}

function NumbersField({ numbers, error, onChange }: NumbersFieldProps) {
  const { t } = useTranslation();
  const change = (at: number, part: Partial<Draft['numbers'][number]>): void =>
    onChange(numbers.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <Field label={t('customers.numbers')} error={error} group>
      {numbers.map((one, index) => (
        <div key={index} className={styles.number}>
          <Input
            aria-label={t('customers.number')}
            inputMode="tel"
            value={one.number}
            maxLength={40}
            onChange={(event) => change(index, { number: event.target.value })}
          />
          <Input
            aria-label={t('customers.number_label')}
            className={styles.label}
            placeholder={t('customers.number_label')}
            title={t('customers.number_label_hint')}
            value={one.label}
            maxLength={40}
            onChange={(event) => change(index, { label: event.target.value })}
          />
          <IconButton
            icon="close"
            label={t('customers.remove_number', { number: one.number })}
            onClick={() => onChange(numbers.filter((_, other) => other !== index))}
          />
        </div>
      ))}
      <Button
        type="dashed"
        icon={<Icon name="plus" size={14} />}
        onClick={() => onChange([...numbers, { number: '', label: '' }])}
      >
        {t('customers.add_number')}
      </Button>
    </Field>
  );
}
