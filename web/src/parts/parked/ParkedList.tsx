import { Button } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeState, Parked } from '@/api/types';
import { countdown } from '@/lib/duration';
import { can } from '@/live/can';
import { useFormat } from '../format';
import { Hint } from '../Hint';
import { useTicking } from '../live';
import { useSession } from '../session';
import { KEYS } from '../shortcuts';
import { Elapsed } from '../Times';
import { useWork } from '../useWork';
import styles from './Parked.module.css';

/** Less than this is left when the time is marked. */
const SOON_US = 30_000_000;

/** Every parked customer, longest first, and why they cannot be picked up when they cannot. */
export function ParkedList({ me }: { readonly me: MeState }) {
  const { t } = useTranslation();
  const verdicts = me.parked.map((one) => can.pickUp(me, one));
  const first = me.parked[verdicts.indexOf('yes')];
  const refused = verdicts.find((verdict) => verdict !== 'yes');
  return (
    <>
      {refused === undefined ? null : <p className={styles.why}>{t(`desk.agent.verdict.${refused}`)}</p>}
      <ul className={styles.list}>
        {me.parked.map((one) => (
          <li key={one.conversation_id}>
            <Row me={me} parked={one} isFirst={one === first} />
          </li>
        ))}
      </ul>
    </>
  );
}

interface RowProps {
  readonly me: MeState;
  readonly parked: Parked;
  /** The one whom the key picks up. */
  readonly isFirst: boolean;
}

function Row({ me, parked, isFirst }: RowProps) {
  const { t } = useTranslation();
  const work = useWork();
  const own = useSession().me.user.agent_id;
  const { customer_label: label, by, reason } = parked;
  const who = label === '' ? t('common.withheld') : label;
  const verdict = can.pickUp(me, parked);
  const isMine = by.id === own;
  const from = isMine ? t('desk.parked.by_you') : t('desk.parked.by', { name: by.name });
  const told = [from, ...(reason == null ? [] : [t(`desk.transfer.reason.${reason}`)])].join(' · ');
  return (
    <div className={styles.row} data-testid="parked-row" data-conversation={parked.conversation_id} data-mine={isMine}>
      <strong className={styles.who} title={who}>
        {who}
      </strong>
      <span className={styles.from} data-mine={isMine} title={told}>
        {told}
      </span>
      <span className={styles.times}>
        <Elapsed sinceUs={parked.since_at_us} />
        <Left untilUs={parked.until_at_us} />
      </span>
      <span className={styles.button}>
        <Hint
          text={verdict === 'yes' ? t('desk.parked.pick_up_of', { name: who }) : t(`desk.agent.verdict.${verdict}`)}
          {...(isFirst ? { combo: KEYS.pickUp } : {})}
        >
          <Button
            size="small"
            type={isFirst ? 'primary' : 'default'}
            disabled={verdict !== 'yes' || work.busy}
            aria-label={t('desk.parked.pick_up_of', { name: who })}
            onClick={() => work.pickUp(parked)}
            data-testid="parked-pick-up"
          >
            {t('desk.parked.pick_up')}
          </Button>
        </Hint>
      </span>
    </div>
  );
}

/** When the customer goes back to whoever parked them. */
function Left({ untilUs }: { readonly untilUs: number }) {
  const { t } = useTranslation();
  const { exact } = useFormat();
  const time = useTicking(useCallback((nowUs) => countdown((untilUs - nowUs) / 1000), [untilUs]));
  const soon = useTicking(useCallback((nowUs) => String(untilUs - nowUs < SOON_US), [untilUs]));
  return (
    <time className={styles.left} data-soon={soon} title={exact(untilUs)}>
      {t('desk.parked.left', { time })}
    </time>
  );
}
