import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Brief, MeState } from '@/api/types';
import { can, forcedOf } from '@/live/can';
import { readableNumber } from '@/lib/phone';
import { CallButton } from '@/parts/CallButton';
import { Vip } from '@/parts/Caller';
import { CustomerCard } from '@/parts/customer/CustomerCard';
import { LazyCustomerForm } from '@/parts/customer/LazyCustomerForm';
import { useCallerRecord } from '@/parts/customer/queries';
import { useMay, useSession } from '@/parts/session';
import { useAction } from '@/parts/useAction';
import { Whence } from '@/parts/Whence';
import { paths } from '@/paths';
import { Blank } from '@/ui/Blank';
import { Icon } from '@/ui/icons';
import { Notice } from '@/ui/Notice';
import { Skeleton } from '@/ui/Skeleton';
import styles from './CustomerPane.module.css';
import { EarlierConversations } from './EarlierConversations';
import { LiveStory } from './LiveStory';
import type { Subject } from './useSubject';

interface CustomerPaneProps {
  readonly me: MeState | null;
  readonly subject: Subject | null;
}

export function CustomerPane({ me, subject }: CustomerPaneProps) {
  if (subject === null) return me === null ? <Skeleton rows={6} height={40} /> : <Idle me={me} />;
  return <Subjected key={subject.brief.id} subject={subject} />;
}

function Subjected({ subject }: { readonly subject: Subject }) {
  const { brief, current } = subject;
  const record = useCallerRecord(brief);
  return (
    <div className={styles.pane}>
      <div className={styles.who}>
        <Who brief={brief} record={record} />
      </div>
      <LiveStory conversationId={brief.id} live={current} />
      {record.customer === null ? null : <EarlierConversations customerId={record.customer.id} except={brief.id} />}
    </div>
  );
}

function Who({ brief, record }: { readonly brief: Brief; readonly record: ReturnType<typeof useCallerRecord> }) {
  const { t } = useTranslation();
  const mayWrite = useMay('customers.write');
  const number = brief.from ?? '';
  switch (record.state) {
    case 'loading':
      return <Skeleton rows={2} height={28} />;
    case 'failed':
      return <Notice tone="warn">{t('errors.page')}</Notice>;
    case 'found':
      return record.customer === null ? null : (
        <CustomerCard key={record.customer.id} customer={record.customer} vip={brief.vip} />
      );
    case 'unknown':
      return (
        <section aria-label={t('desk.pane.new_record')}>
          <h2 className={styles.title}>
            {number === '' ? t('common.withheld') : readableNumber(number)}
            <Whence of={brief.location} />
            {brief.vip === true ? <Vip /> : null}
            <CallButton number={number} />
          </h2>
          <p className={styles.lead}>
            {number === ''
              ? t('desk.pane.withheld_body')
              : t('desk.pane.new_record_body', { number: readableNumber(number) })}
          </p>
          {mayWrite ? <NewRecord number={number} /> : null}
        </section>
      );
  }
}

/** Prefilled and open for a number nobody is on record with; one click away for a caller without one. */
function NewRecord({ number }: { readonly number: string }) {
  const { t } = useTranslation();
  const usable = number !== '' && !number.includes('*');
  const [open, setOpen] = useState(usable);
  if (!open) {
    return (
      <Button icon={<Icon name="plus" size={14} />} onClick={() => setOpen(true)}>
        {t('customers.new')}
      </Button>
    );
  }
  return <LazyCustomerForm {...(usable ? { number } : {})} onDone={() => setOpen(false)} />;
}

function Idle({ me }: { readonly me: MeState }) {
  const { t } = useTranslation();
  const session = useSession();
  const { busy, run } = useAction();
  const { presence } = me.agent;
  const forced = forcedOf(me);
  return (
    <Blank
      title={forced === null ? t(`desk.idle.${presence}_title`) : t(`desk.agent.forced.${forced}`)}
      action={
        can.ready(me) === 'yes' ? (
          <Button type="primary" size="large" loading={busy} onClick={() => run(() => session.goReady())}>
            {presence === 'signed_out' ? t('desk.agent.ready_first') : t('desk.agent.ready')}
          </Button>
        ) : session.me.demo && presence === 'ready' ? (
          <a href={paths.visitor} target="_blank" rel="noreferrer">
            {t('desk.idle.visitor')}
          </a>
        ) : undefined
      }
    >
      {t(`desk.idle.${presence}_body`)}
    </Blank>
  );
}
