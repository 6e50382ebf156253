import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'antd';
import type { Customer } from '@/api/types';
import { readableNumber } from '@/lib/phone';
import { Icon } from '@/ui/icons';
import { CallButton } from '../CallButton';
import { Vip } from '../Caller';
import { useMay } from '../session';
import { Moment } from '../Times';
import { Whence } from '../Whence';
import styles from './CustomerCard.module.css';
import { LazyCustomerForm } from './LazyCustomerForm';

interface CustomerCardProps {
  readonly customer: Customer;
  /** The list of numbers says so of the one who calls, whatever the record says. */
  readonly vip?: boolean | undefined;
}

/** Who it is, and everything known, edited in place. */
export function CustomerCard({ customer, vip = false }: CustomerCardProps) {
  const { t } = useTranslation();
  const mayWrite = useMay('customers.write');
  const [editing, setEditing] = useState(false);
  if (editing) {
    return <LazyCustomerForm customer={customer} onDone={() => setEditing(false)} onCancel={() => setEditing(false)} />;
  }
  return (
    <section className={styles.card} aria-label={t('customers.profile')} data-testid="customer-card">
      <header className={styles.head}>
        <h2 className={styles.name} title={customer.name}>
          {customer.name}
        </h2>
        {vip || customer.level === 'vip' ? <Vip /> : null}
        {customer.company == null ? null : (
          <span className={styles.company} title={customer.company}>
            {customer.company}
          </span>
        )}
        {mayWrite ? (
          <Button
            size="small"
            type="text"
            className={styles.edit}
            icon={<Icon name="edit" size={14} />}
            onClick={() => setEditing(true)}
            data-testid="customer-edit"
          >
            {t('common.edit')}
          </Button>
        ) : null}
      </header>
      <ul className={styles.numbers}>
        {customer.numbers.map((one) => (
          <li key={one.e164} title={one.e164}>
            <Icon name="phone" size={14} />
            {readableNumber(one.number)}
            {one.label == null ? null : <span className={styles.meta}>{one.label}</span>}
            <Whence of={one.location} />
            <CallButton number={one.number} />
          </li>
        ))}
        <li className={styles.meta}>
          <Icon name="clock" size={14} />
          <span>
            {t('customers.columns.updated')} <Moment atUs={customer.updated_at_us} />
          </span>
        </li>
      </ul>
      {customer.note == null ? null : <p className={styles.note}>{customer.note}</p>}
    </section>
  );
}
