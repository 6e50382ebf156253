import { useTranslation } from 'react-i18next';
import { useMatch } from 'react-router';
import { focusOf } from '@/live/can';
import { useConnection, useMeState } from '@/parts/live';
import { paths } from '@/paths';
import { AgentStateControl } from './AgentStateControl';
import styles from './CallBar.module.css';
import { CallKeys } from './CallKeys';
import { BarOffer } from './BarOffer';
import { BarCall } from './BarCall';
import { BarSupervision } from './BarSupervision';
import { DialControl } from './DialControl';
import { KeypadControl } from './KeypadControl';
import { ParkedControl } from './ParkedControl';
import { PhoneLamp } from './PhoneLamp';

/** On every page: the agent's state, the work in hand, the phone. */
export function CallBar() {
  const { t } = useTranslation();
  const me = useMeState();
  const onDesk = useMatch(paths.desk) !== null;
  const focus = focusOf(me);
  const supervision = me?.supervision ?? null;
  const talk = focus.kind === 'handling' && focus.handling.state !== 'wrap_up' ? focus.handling : null;
  const stale = useConnection().kind === 'waiting';
  return (
    <section className={styles.bar} aria-label={t('desk.call.bar')} data-stale={stale}>
      <AgentStateControl me={me} />
      <div className={styles.work} data-busy={focus.kind !== 'none' || supervision !== null}>
        {focus.kind === 'offer' ? <BarOffer offer={focus.offer} withButtons={!onDesk} /> : null}
        {focus.kind === 'handling' ? <BarCall handling={focus.handling} onDesk={onDesk} /> : null}
        {focus.kind === 'none' && supervision !== null ? <BarSupervision supervision={supervision} /> : null}
        {focus.kind === 'none' && supervision === null ? (
          <span className={styles.none} data-testid="call-state" data-state="none">
            {t('desk.call.no_call')}
          </span>
        ) : null}
      </div>
      <span className={styles.side}>
        <ParkedControl me={me} />
        {talk === null ? <DialControl me={me} /> : <KeypadControl key={talk.id} handling={talk} />}
        <PhoneLamp />
      </span>
      <CallKeys me={me} />
    </section>
  );
}
