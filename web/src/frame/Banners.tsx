import { Button } from 'antd';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { audioInstead, type AudioRole, chosenAudio, seeInstead } from '@/live/audio-devices';
import { useFormat } from '@/parts/format';
import { useConnection, useFloor, useMeState, usePhone, useStore, useTicking } from '@/parts/live';
import { useMay, useSession } from '@/parts/session';
import { useAction } from '@/parts/useAction';
import { Notice } from '@/ui/Notice';
import { InsecureBanner } from './InsecureBanner';
import { StopsBanner } from './StopsBanner';
import styles from './Banners.module.css';

/** A break shorter than this mends itself before anybody reads about it. */
const LOST_SHOWN_AFTER_MS = 1_500;

export function Banners() {
  const desk = useMay('desk.use');
  const supervises = useMay('floor.supervise');
  return (
    <>
      <ConnectionBanner />
      <LedgerBanner />
      <DrainBanner />
      <RecordingsBanner />
      {supervises ? <StopsBanner /> : null}
      {desk ? <InsecureBanner /> : null}
      {desk ? <PhoneBanner /> : null}
      {desk ? <InsteadBanner role="microphone" /> : null}
      {desk ? <InsteadBanner role="speaker" /> : null}
    </>
  );
}

function ConnectionBanner() {
  const { t } = useTranslation();
  const { connection } = useSession();
  const status = useConnection();
  const format = useFormat();
  const lostAtMs = status.kind === 'waiting' || status.kind === 'connecting' ? status.lostAtMs : null;
  const shown = useTicking(
    useCallback(() => (lostAtMs !== null && Date.now() - lostAtMs > LOST_SHOWN_AFTER_MS ? 'shown' : ''), [lostAtMs]),
  );
  if (lostAtMs === null || shown === '') return null;
  return (
    <div className={styles.banner}>
      <Notice
        tone="warn"
        urgent
        action={
          <Button size="small" onClick={() => connection.retryNow()}>
            {t('frame.connection.retry')}
          </Button>
        }
      >
        {t('frame.connection.lost', { time: format.time(lostAtMs * 1000) })}
      </Notice>
    </div>
  );
}

function LedgerBanner() {
  const { t } = useTranslation();
  const floor = useFloor();
  if (floor === null || floor.state.ledger_ok) return null;
  return (
    <div className={styles.banner}>
      <Notice tone="alarm" urgent>
        {t('frame.ledger')}
      </Notice>
    </div>
  );
}

function DrainBanner() {
  const { t } = useTranslation();
  const me = useMeState();
  const floor = useFloor();
  if (me?.draining !== true && floor?.state.draining !== true) return null;
  return (
    <div className={styles.banner}>
      <Notice tone="warn" urgent>
        {t('frame.draining')}
      </Notice>
    </div>
  );
}

/** Recordings that are not written harm nobody who talks, but somebody has to know at once. */
function RecordingsBanner() {
  const { t } = useTranslation();
  const floor = useFloor();
  if (floor === null || floor.state.recordings_ok) return null;
  return (
    <div className={styles.banner}>
      <Notice tone="alarm">{t('frame.recordings')}</Notice>
    </div>
  );
}

/** A device was pulled out, and the talk goes on with another. */
function InsteadBanner({ role }: { readonly role: AudioRole }) {
  const { t } = useTranslation();
  const instead = useStore(audioInstead)[role];
  const chosen = useStore(chosenAudio)[role];
  const { kind } = usePhone();
  if (instead === null || instead.seen || kind === 'off' || kind === 'failed') return null;
  return (
    <div className={styles.banner} data-testid="audio-instead">
      <Notice
        tone="warn"
        icon="mic"
        urgent
        action={
          <Button size="small" onClick={() => seeInstead(role)}>
            {t('desk.phone.instead.seen')}
          </Button>
        }
      >
        {t(`desk.phone.instead.${role}`, { device: instead.label })}
        {/* The system's default cannot be known again when it is plugged in. */}
        {chosen !== '' ? t('desk.phone.instead.back') : null}
      </Notice>
    </div>
  );
}

function PhoneBanner() {
  const { t } = useTranslation();
  const { phone } = useSession();
  const state = usePhone();
  const { busy, run } = useAction();
  const use = (): void => run(() => phone.connect());
  if (state.kind === 'elsewhere') {
    return (
      <div className={styles.banner}>
        <Notice
          tone="quiet"
          icon="phone"
          action={
            <Button size="small" type="primary" loading={busy} onClick={use} data-testid="phone-take-over">
              {t('desk.phone.take_over')}
            </Button>
          }
        >
          <strong className={styles.title}>{t('desk.phone.elsewhere_title')}</strong>
          <span>{t('desk.phone.elsewhere_body')}</span>
        </Notice>
      </div>
    );
  }
  if (state.kind === 'connecting' || state.kind === 'reattaching') {
    return (
      <AfterAWhile key={state.kind}>
        <div className={styles.banner}>
          <Notice tone={state.kind === 'connecting' ? 'quiet' : 'warn'} icon="phone">
            {t('desk.phone.title')}
            {t('frame.colon')}
            {t(`desk.phone.${state.kind}`)}
          </Notice>
        </div>
      </AfterAWhile>
    );
  }
  // A page without a microphone has its own banner, from the start.
  if (state.kind !== 'failed' || state.why === 'insecure') return null;
  return (
    <div className={styles.banner}>
      <Notice
        tone="alarm"
        icon="mic_off"
        urgent
        action={
          <Button size="small" loading={busy} onClick={use}>
            {t('common.retry')}
          </Button>
        }
      >
        {t(`desk.phone.fault.${state.why}`)}
      </Notice>
    </div>
  );
}

/** What usually passes in a moment is not worth a word until it does not. */
function AfterAWhile({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), LOST_SHOWN_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return shown ? children : null;
}
