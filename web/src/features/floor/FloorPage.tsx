import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { quality } from '@/api/quality';
import { useConnection, useFloor, useTopic } from '@/parts/live';
import { useFormat } from '@/parts/format';
import { Blank } from '@/ui/Blank';
import { Notice } from '@/ui/Notice';
import { Page } from '@/ui/Page';
import { Skeleton } from '@/ui/Skeleton';
import { AgentTile } from './AgentTile';
import { AwayList } from './AwayList';
import styles from './Floor.module.css';
import { QueueTable } from './QueueTable';
import { SiteStrip } from './SiteStrip';
import { StopList } from './StopList';
import { byAttention, byNeed } from './sort';
import { TrunkStrip } from './TrunkStrip';
import { WaitingList } from './WaitingList';

/** A leg is rated every ten seconds. */
const RATED_EVERY_MS = 10_000;

/** The supervisor's page: queues on the left, agents on the right, what needs a look first. */
export function FloorPage() {
  const { t } = useTranslation();
  const format = useFormat();
  useTopic('floor');
  const slot = useFloor();
  const scores = useQuery({
    queryKey: ['floor-quality'],
    queryFn: quality.ofFloor,
    refetchInterval: RATED_EVERY_MS,
    enabled: slot?.state.agents.some((agent) => agent.state === 'talking' || agent.state === 'held') ?? false,
  });
  const stale = useConnection().kind !== 'open';
  if (slot === null) {
    return (
      <Page title={t('floor.title')}>
        <Skeleton rows={8} height={40} />
      </Page>
    );
  }
  const { state } = slot;
  const working = byAttention(state.agents.filter((agent) => agent.state !== 'signed_out'));
  const away = state.agents.length - working.length;
  const unserved = state.queues.filter(
    (queue) => queue.waiting > 0 && queue.agents_ready === 0 && queue.agents_busy === 0,
  );
  return (
    <Page
      title={t('floor.title')}
      after={
        <span className={styles.meta}>
          {stale
            ? t('frame.connection.stale', { time: format.time(slot.atUs) })
            : t('floor.in_flow', { count: state.flow })}
          {!stale && state.forwarded > 0 ? ` · ${t('floor.forwarded', { count: state.forwarded })}` : null}
        </span>
      }
    >
      <div className={styles.floor} data-stale={stale}>
        {unserved.map((queue) => (
          <div key={queue.id} className={styles.alarm}>
            <Notice tone="alarm">
              <strong>{queue.name}</strong> {t('floor.alarm_waiting', { count: queue.waiting })}
            </Notice>
          </div>
        ))}
        <StopList stops={state.outbound_stops} />
        <TrunkStrip trunks={state.trunks} />
        <SiteStrip sites={state.sites} />
        <section className={styles.queues} aria-label={t('floor.queues')}>
          <h2 className={styles.heading}>{t('floor.queues')}</h2>
          {state.queues.length === 0 ? (
            <Blank title={t('floor.no_queues_title')}>{t('floor.no_queues_body')}</Blank>
          ) : (
            <QueueTable queues={byNeed(state.queues)} />
          )}
          <WaitingList rows={state.waiting} queues={state.queues} agents={state.agents} />
          <AwayList forwarded={state.forwarded_list} parked={state.parked} />
        </section>
        <section className={styles.agents} aria-label={t('floor.agents')}>
          <h2 className={styles.heading}>
            {t('floor.agents')}
            {away > 0 ? <span className={styles.meta}>{t('floor.signed_out', { count: away })}</span> : null}
          </h2>
          {working.length === 0 ? <p className={styles.meta}>{t('floor.no_agents')}</p> : null}
          <div className={styles.tiles}>
            {working.map((agent) => (
              <AgentTile
                key={agent.id}
                agent={agent}
                queues={state.queues}
                quality={scores.data?.agents.find((one) => one.agent_id === agent.id)}
              />
            ))}
          </div>
        </section>
      </div>
    </Page>
  );
}
