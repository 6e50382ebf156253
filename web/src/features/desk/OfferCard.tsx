import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { conversations } from '@/api/conversations';
import type { Offer } from '@/api/types';
import { can } from '@/live/can';
import { readableNumber } from '@/lib/phone';
import { isVip, Vip } from '@/parts/Caller';
import { useFormat } from '@/parts/format';
import { Hint } from '@/parts/Hint';
import { useMeState, usePhone, useTicking } from '@/parts/live';
import { useSession } from '@/parts/session';
import { KEYS } from '@/parts/shortcuts';
import { Countdown, Elapsed, Moment } from '@/parts/Times';
import { useFocusForOffer } from '@/parts/useFocusForOffer';
import { useHandOver } from '@/parts/useHandOver';
import { useWork } from '@/parts/useWork';
import { Whence } from '@/parts/Whence';
import { Facts } from '@/ui/Facts';
import { Icon } from '@/ui/icons';
import { StateGlyph } from '@/ui/StateGlyph';
import styles from './OfferCard.module.css';

/** What the agent should know before answering, and the two buttons. */
export function OfferCard({ offer }: { readonly offer: Offer }) {
  const { t } = useTranslation();
  const work = useWork();
  const phone = usePhone();
  const { clock } = useSession();
  const { conversation } = offer;
  const answer = useRef<HTMLButtonElement>(null);
  const handOver = useHandOver(offer);
  const vip = isVip(conversation);
  const agent = useMeState()?.agent;
  const telephone = agent?.telephone == null ? null : { on: agent.phone, ...agent.telephone };
  const verdict = can.accept(offer, phone, clock.nowUs(), telephone);

  useFocusForOffer(answer, `${offer.id} ${verdict}`);

  const number =
    conversation.from == null || conversation.from === '' ? t('common.withheld') : readableNumber(conversation.from);
  return (
    <article className={styles.card} data-testid="offer-card" data-offer={offer.id} aria-label={t('desk.offer.title')}>
      <header className={styles.head}>
        <StateGlyph state="ringing" size={14} />
        <strong>{t('desk.offer.title')}</strong>
        {offer.queue == null ? null : (
          <span className={styles.queue} title={t('desk.offer.queue')}>
            {offer.queue.name}
          </span>
        )}
        <span className={styles.left}>
          <Countdown untilUs={offer.ring_until_us} />
        </span>
      </header>
      <RingBar fromUs={offer.offered_at_us} untilUs={offer.ring_until_us} />
      {handOver === null ? null : (
        <p className={styles.origin} data-testid="offer-transfer">
          <Icon name="transfer" size={16} />
          <span>{handOver}</span>
        </p>
      )}
      <div className={styles.who}>
        <span className={styles.name} title={conversation.customer?.name}>
          {conversation.customer?.name ?? t('common.unknown_caller')}
        </span>
        {vip ? <Vip /> : null}
      </div>
      <p className={styles.number}>
        {number} <Whence of={conversation.location} />
      </p>
      <OfferFacts offer={offer} />
      {telephone === null ? null : (
        <p className={styles.pick_up}>
          <Icon name="phone" size={16} />
          {t(telephone.kind === 'mobile' ? 'desk.phone.press_key' : 'desk.phone.pick_up')}
        </p>
      )}
      <div className={styles.buttons}>
        <Hint
          text={verdict === 'yes' ? t('desk.offer.accept') : t(`desk.agent.verdict.${verdict}`)}
          combo={KEYS.answer}
        >
          <Button
            ref={answer}
            type="primary"
            size="large"
            loading={work.busy}
            disabled={verdict !== 'yes'}
            onClick={() => work.accept(offer)}
            data-testid="offer-accept"
          >
            {t('desk.offer.accept')}
          </Button>
        </Hint>
        <Hint text={t('desk.offer.decline')} combo={KEYS.decline}>
          <Button size="large" disabled={work.busy} onClick={() => work.decline(offer)} data-testid="offer-decline">
            {t('desk.offer.decline')}
          </Button>
        </Hint>
      </div>
      <OfferNote conversationId={conversation.id} />
    </article>
  );
}

/** What the colleague who had the customer wrote: read before the answer, and not theirs to change. */
function OfferNote({ conversationId }: { readonly conversationId: string }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['conversation', conversationId],
    queryFn: () => conversations.detail(conversationId),
  });
  const note = data?.note?.text ?? '';
  if (note === '') return null;
  return (
    <div className={styles.note} role="note" aria-label={t('desk.wrap_up.note')} tabIndex={0} data-testid="offer-note">
      <Icon name="note" size={16} />
      <p>{note}</p>
    </div>
  );
}

function OfferFacts({ offer }: { readonly offer: Offer }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { conversation, reason } = offer;
  const pressed = conversation.path.flatMap((step) => (step.choice_label == null ? [] : [step.choice_label]));
  const items: (readonly [string, ReactNode])[] = [
    [t('desk.offer.pressed'), pressed.length === 0 ? t('desk.offer.pressed_nothing') : pressed.join(' › ')],
    [
      t('desk.offer.waited'),
      conversation.queued_at_us != null ? (
        <Elapsed key="waited" sinceUs={conversation.queued_at_us} />
      ) : (
        format.duration(conversation.waited_ms ?? 0)
      ),
    ],
    [
      t('desk.offer.last_contact'),
      conversation.last_contact_at_us == null ? (
        t('desk.offer.first_contact')
      ) : (
        <Moment key="last" atUs={conversation.last_contact_at_us} form="ago" />
      ),
    ],
  ];
  // The line above says why a customer who is handed over comes to this agent.
  if (reason === 'only_eligible' || reason === 'longest_idle') {
    const why = t(`desk.offer.reason.${reason}`, { count: offer.eligible, idle: format.duration(offer.idle_ms) });
    items.push([t('desk.offer.why'), why]);
  }
  items.push([t('desk.offer.language'), t(`common.language.${conversation.language}`)]);
  return <Facts items={items} />;
}

function RingBar({ fromUs, untilUs }: { readonly fromUs: number; readonly untilUs: number }) {
  const share = useTicking(
    useCallback(
      (nowUs) => Math.min(1, Math.max(0, (untilUs - nowUs) / Math.max(1, untilUs - fromUs))).toFixed(3),
      [fromUs, untilUs],
    ),
  );
  return (
    <div className={styles.bar} aria-hidden="true">
      <span style={{ transform: `scaleX(${share})` }} />
    </div>
  );
}
