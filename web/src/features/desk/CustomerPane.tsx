import { useTranslation } from 'react-i18next';
import { Button } from 'antd';
import type { Brief, MeState } from '@/api/types';
import { can } from '@/live/can';
import { readableNumber } from '@/lib/phone';
import { CustomerCard } from '@/parts/customer/CustomerCard';
import { CustomerForm } from '@/parts/customer/CustomerForm';
import { useCallerRecord } from '@/parts/customer/queries';
import { useMay, useSession } from '@/parts/session';
import { useAction } from '@/parts/useAction';
import { Blank } from '@/ui/Blank';
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
        <CustomerCard key={record.customer.version} customer={record.customer} />
      );
    case 'unknown':
      return (
        <section aria-label={t('desk.pane.new_record')}>
          <h2 className={styles.title}>{number === '' ? t('common.withheld') : readableNumber(number)}</h2>
          <p className={styles.lead}>
            {number === ''
              ? t('desk.pane.withheld_body')
              : t('desk.pane.new_record_body', { number: readableNumber(number) })}
          </p>
          {mayWrite ? (
            <CustomerForm {...(number === '' || number.includes('*') ? {} : { number })} onDone={() => undefined} />
          ) : null}
        </section>
      );
  }
}

function Idle({ me }: { readonly me: MeState }) {
  const { t } = useTranslation();
  const session = useSession();
  const { busy, run } = useAction();
  const { presence } = me.agent;
  return (
    <Blank
      title={t(`desk.idle.${presence}_title`)}
      action={
        can.ready(me) === 'yes' ? (
          <Button type="primary" size="large" loading={busy} onClick={() => run(() => session.goReady())}>
            {presence === 'signed_out' ? t('desk.agent.ready_first') : t('desk.agent.ready')}
          </Button>
        ) : undefined
      }
    >
      {t(`desk.idle.${presence}_body`)}
    </Blank>
  );
}
