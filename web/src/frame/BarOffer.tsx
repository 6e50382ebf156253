import { Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Offer } from '@/api/types';
import { Caller, isVip } from '@/parts/Caller';
import { Hint } from '@/parts/Hint';
import { useMeState } from '@/parts/live';
import { KEYS } from '@/parts/shortcuts';
import { Countdown } from '@/parts/Times';
import { useFocusForOffer } from '@/parts/useFocusForOffer';
import { useHandOver } from '@/parts/useHandOver';
import { useWork } from '@/parts/useWork';
import { StateGlyph } from '@/ui/StateGlyph';
import styles from './CallBar.module.css';

interface BarOfferProps {
  readonly offer: Offer;
  /** On the desk the offer card has the buttons. */
  readonly withButtons: boolean;
}

export function BarOffer({ offer, withButtons }: BarOfferProps) {
  const { t } = useTranslation();
  const work = useWork();
  const answer = useRef<HTMLButtonElement>(null);
  const handOver = useHandOver(offer);
  const vip = isVip(offer.conversation);
  const byKey = useMeState()?.agent.telephone?.kind === 'mobile';
  useFocusForOffer(answer, offer.id);
  return (
    <>
      <span
        className={styles.state}
        style={{ background: 'var(--ringing-soft)', color: 'var(--ringing)' }}
        data-testid="call-state"
        data-state="ringing"
      >
        <StateGlyph state="ringing" />
        <span className="unseen">{t('common.state.ringing')}</span>
        <Countdown untilUs={offer.ring_until_us} />
      </span>
      <span className={styles.who}>
        <Caller who={{ ...offer.conversation, vip }} />
      </span>
      {handOver === null || !withButtons ? null : (
        <span className={styles.origin} title={handOver}>
          {handOver}
        </span>
      )}
      {withButtons ? (
        <span className={styles.buttons}>
          <Hint text={t(byKey ? 'desk.agent.verdict.by_key' : 'desk.offer.accept')} combo={KEYS.answer}>
            <Button
              ref={answer}
              type="primary"
              loading={work.busy}
              disabled={byKey}
              onClick={() => work.accept(offer)}
              data-testid="offer-accept"
            >
              {t('desk.offer.accept')}
            </Button>
          </Hint>
          <Hint text={t('desk.offer.decline')} combo={KEYS.decline}>
            <Button disabled={work.busy} onClick={() => work.decline(offer)} data-testid="offer-decline">
              {t('desk.offer.decline')}
            </Button>
          </Hint>
        </span>
      ) : null}
    </>
  );
}
