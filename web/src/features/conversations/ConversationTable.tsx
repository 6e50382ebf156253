import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ConversationSummary } from '@/api/types';
import { clock } from '@/lib/duration';
import { Caller } from '@/parts/Caller';
import { ConversationRow, useDispositionName } from '@/parts/ConversationRow';
import { CallCell } from '@/parts/RowCall';
import { Elapsed, Moment } from '@/parts/Times';
import { paths } from '@/paths';
import { StateGlyph } from '@/ui/StateGlyph';
import table from '@/ui/table.module.css';
import styles from './Conversations.module.css';

export function ConversationTable({ items }: { readonly items: readonly ConversationSummary[] }) {
  const { t } = useTranslation();
  return (
    <>
      <div className={`${table.scroll} ${styles.wide}`}>
        <table className={table.table}>
          <colgroup>
            <col style={{ width: 132 }} />
            <col style={{ width: '24%' }} />
            <col style={{ width: '12%' }} />
            <col style={{ width: '17%' }} />
            <col style={{ width: '11%' }} />
            <col style={{ width: 76 }} />
            <col style={{ width: 84 }} />
            <col />
          </colgroup>
          <thead>
            <tr>
              <th>{t('conversations.columns.started')}</th>
              <th>{t('conversations.columns.customer')}</th>
              <th>{t('conversations.columns.number')}</th>
              <th>{t('conversations.columns.queue')}</th>
              <th>{t('conversations.columns.agent')}</th>
              <th className={table.number}>{t('conversations.columns.wait')}</th>
              <th className={table.number}>{t('conversations.columns.talk')}</th>
              <th>{t('conversations.columns.result')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <Row key={one.id} one={one} />
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles.narrow}>
        {items.map((one) => (
          <ConversationRow key={one.id} conversation={one} showWho />
        ))}
      </div>
    </>
  );
}

function Row({ one }: { readonly one: ConversationSummary }) {
  const { t } = useTranslation();
  const outcome = useDispositionName(one.disposition_id);
  const ended =
    one.end == null
      ? null
      : t('conversations.end', { by: t(`common.by.${one.end.by}`), reason: t(`common.end.${one.end.reason}`) });
  return (
    <tr data-testid="conversation-row">
      <td>
        <Link className={table.cover} to={paths.conversation(one.id)}>
          <Moment atUs={one.started_at_us} />
        </Link>
      </td>
      <td>
        <CallCell number={one.from}>
          <Caller who={one} />
        </CallCell>
      </td>
      <td className={table.quiet} title={one.number?.number}>
        {one.number?.name}
      </td>
      <td title={one.queue?.name}>{one.queue?.name}</td>
      <td title={one.agent?.name}>{one.agent?.name}</td>
      <td className={table.number}>{one.wait_ms == null ? null : clock(one.wait_ms)}</td>
      <td className={table.number}>{one.talk_ms == null ? null : clock(one.talk_ms)}</td>
      <td title={ended ?? undefined}>
        {one.state === 'live' ? (
          <span className={styles.live}>
            <StateGlyph state="talking" size={11} />
            {t('common.conversation_state.live')} <Elapsed sinceUs={one.started_at_us} />
          </span>
        ) : (
          (outcome ?? <span className={table.quiet}>{one.end == null ? null : t(`common.end.${one.end.reason}`)}</span>)
        )}
      </td>
    </tr>
  );
}
