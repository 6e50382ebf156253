import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationDetail } from '@/api/types';
import { clock } from '@/lib/duration';
import { useDispositionName } from '@/parts/ConversationRow';
import { Elapsed, Moment } from '@/parts/Times';
import styles from './ConversationPage.module.css';

/** The facts of a conversation in one line; absent ones are left out. */
export function FactStrip({ detail }: { readonly detail: ConversationDetail }) {
  const { t } = useTranslation();
  const outcome = useDispositionName(detail.disposition_id);
  const ended = detail.ended_at_us;
  const facts: [label: string, value: ReactNode][] = [
    [t('conversations.facts.started'), <Moment key="s" atUs={detail.started_at_us} />],
    [
      t('conversations.facts.lasted'),
      ended == null ? <Elapsed key="e" sinceUs={detail.started_at_us} /> : clock((ended - detail.started_at_us) / 1000),
    ],
    [
      t('conversations.facts.dialled'),
      detail.number == null ? null : <span title={detail.number.number}>{detail.number.name}</span>,
    ],
    [t('conversations.facts.queue'), detail.queue?.name],
    [t('conversations.facts.agent'), detail.agent?.name],
    [t('conversations.facts.wait'), time(detail.wait_ms)],
    [t('conversations.facts.talk'), time(detail.talk_ms)],
    [t('conversations.facts.hold'), detail.hold_ms === 0 ? null : time(detail.hold_ms)],
    [t('conversations.facts.wrap_up'), time(detail.wrap_up_ms)],
    [t('conversations.facts.result'), outcome],
    [
      t('conversations.facts.end'),
      detail.end == null
        ? null
        : t('conversations.end', { by: t(`common.by.${detail.end.by}`), reason: t(`common.end.${detail.end.reason}`) }),
    ],
  ];
  return (
    <dl className={styles.facts}>
      {facts
        .filter(([, value]) => value != null)
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

const time = (ms: number | null | undefined): string | null => (ms == null ? null : clock(ms));
