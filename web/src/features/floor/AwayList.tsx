import { Button } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { desk } from '@/api/desk';
import type { ForwardedRow, Parked } from '@/api/types';
import { useMay } from '@/parts/session';
import { Sure } from '@/parts/Sure';
import { Elapsed } from '@/parts/Times';
import { useAction } from '@/parts/useAction';
import { paths } from '@/paths';
import styles from './WaitingList.module.css';

interface AwayListProps {
  readonly forwarded: readonly ForwardedRow[];
  readonly parked: readonly Parked[];
}

/** Customers no agent is with: with a number outside, or parked. A supervisor ends their calls, which nobody else can. */
export function AwayList({ forwarded, parked }: AwayListProps) {
  const { t } = useTranslation();
  return (
    <>
      <Section title={t('floor.away.forwarded')} count={forwarded.length}>
        {forwarded.map((row) => (
          <Row
            key={row.conversation_id}
            row={row}
            kind="forwarded"
            where={t('floor.away.forwarded_where', { to: row.to_label || t('common.withheld'), name: row.by.name })}
          />
        ))}
      </Section>
      <Section title={t('desk.parked.title')} count={parked.length}>
        {parked.map((row) => (
          <Row key={row.conversation_id} row={row} kind="parked" where={t('desk.parked.by', { name: row.by.name })} />
        ))}
      </Section>
    </>
  );
}

interface SectionProps {
  readonly title: string;
  readonly count: number;
  readonly children: ReactNode;
}

function Section({ title, count, children }: SectionProps) {
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <>
      <h2 className={styles.heading}>
        {title}
        <span className={styles.meta}>{t('common.people', { count })}</span>
      </h2>
      <ul className={styles.waiting}>{children}</ul>
    </>
  );
}

interface RowProps {
  readonly row: Pick<Parked, 'conversation_id' | 'customer_label' | 'since_at_us'>;
  readonly kind: 'forwarded' | 'parked';
  readonly where: string;
}

function Row({ row, kind, where }: RowProps) {
  const { t } = useTranslation();
  const may = useMay('floor.supervise');
  const { busy, run } = useAction();
  const name = row.customer_label === '' ? t('common.withheld') : row.customer_label;
  const end = (): void =>
    run(() => desk.endConversation(row.conversation_id), {
      wrong_state: t('floor.away.gone'),
      not_found: t('floor.away.gone'),
    });
  return (
    <li data-testid="floor-away-row" data-kind={kind} data-conversation={row.conversation_id}>
      <Link to={paths.conversation(row.conversation_id)}>
        <span className={styles.label} title={name}>
          {name}
        </span>
        <span className={styles.queue} title={where}>
          {where}
        </span>
        <Elapsed sinceUs={row.since_at_us} />
      </Link>
      {may ? (
        <Sure
          title={t('floor.away.sure', { name })}
          description={t(`floor.away.sure_${kind}`)}
          okText={t('supervise.release')}
          okButtonProps={{ danger: true }}
          onConfirm={end}
        >
          <Button
            size="small"
            danger
            loading={busy}
            aria-label={t('floor.away.end_of', { name })}
            data-testid="away-end"
          >
            {t('supervise.release')}
          </Button>
        </Sure>
      ) : null}
    </li>
  );
}
