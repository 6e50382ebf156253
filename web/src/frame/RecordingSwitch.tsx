import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Handling, PauseReason } from '@/api/types';
import { recordingOf, type TalkRecording } from '@/live/recording';
import { Hint } from '@/parts/Hint';
import { PopoverControl } from '@/parts/PopoverControl';
import { KEYS } from '@/parts/shortcuts';
import { Countdown } from '@/parts/Times';
import { useShortcut } from '@/parts/useShortcut';
import { useWork } from '@/parts/useWork';
import styles from './RecordingSwitch.module.css';

const REASONS: readonly PauseReason[] = ['card_data', 'personal_data', 'other'];

interface SwitchProps {
  readonly handling: Handling;
  readonly recording: TalkRecording;
}

/** Whether the talk is recorded, always in sight; pausing asks why, going on does not. */
export function RecordingSwitch({ handling }: { readonly handling: Handling }) {
  const { t } = useTranslation();
  const recording = recordingOf(handling);
  const { state } = recording;
  if (state === 'on') return <On handling={handling} recording={recording} />;
  if (state === 'waiting_for_consent') return <Waiting handling={handling} recording={recording} />;
  if (state === 'paused' || recording.mayStart) return <Still handling={handling} recording={recording} />;
  return (
    <span
      className={styles.off}
      title={t(`desk.recording.${state}_hint`)}
      data-testid="call-recording"
      data-state={state}
    >
      {t(`desk.recording.${state}`)}
    </span>
  );
}

/** Nothing is kept for the moment; one press and it is. */
function Still({ handling, recording: { state, reason, endsAtUs } }: SwitchProps) {
  const { t } = useTranslation();
  const work = useWork();
  const paused = state === 'paused';
  const go = (): void => (paused ? work.resumeRecording(handling) : work.startRecording(handling));
  useShortcut(KEYS.record, go);
  const why = t(`desk.recording.reason.${reason ?? 'other'}`);
  const ends = endsAtUs === null ? 'talk' : 'time';
  return (
    <Hint
      text={paused ? t(`desk.recording.resume_hint.${ends}`, { reason: why }) : t('desk.recording.start_hint')}
      combo={KEYS.record}
    >
      <Button
        className={paused ? styles.paused : ''}
        icon={paused ? <Bars /> : <Dot hollow />}
        onClick={go}
        data-testid="call-recording"
        data-state={state}
      >
        <span className={endsAtUs === null ? '' : styles.word}>
          {paused ? t('desk.recording.paused') : t('desk.recording.start')}
        </span>
        {endsAtUs === null ? null : <Countdown untilUs={endsAtUs} />}
      </Button>
    </Hint>
  );
}

function On({ handling, recording: { mayStop } }: SwitchProps) {
  const { t } = useTranslation();
  const work = useWork();
  return (
    <PopoverControl
      icon={<Dot />}
      hint={t('desk.recording.pause')}
      combo={KEYS.record}
      data-testid="call-recording"
      data-state="on"
      content={(close) => (
        <div className={styles.choices} role="dialog" aria-label={t('desk.recording.pause')}>
          <p>{t('desk.recording.why')}</p>
          {REASONS.map((reason, n) => (
            <Button
              key={reason}
              {...(n === 0 ? { 'data-first': true } : {})}
              onClick={() => {
                close();
                work.pauseRecording(handling, reason);
              }}
              data-testid={`recording-pause-${reason}`}
            >
              {t(`desk.recording.reason.${reason}`)}
            </Button>
          ))}
          {mayStop ? (
            <>
              <p className={styles.more}>{t('desk.recording.stop_hint')}</p>
              <Button
                onClick={() => {
                  close();
                  work.stopRecording(handling);
                }}
                data-testid="recording-stop"
              >
                {t('desk.recording.stop')}
              </Button>
            </>
          ) : null}
        </div>
      )}
    >
      {t('desk.recording.on')}
    </PopoverControl>
  );
}

/** The customer has not said yet whether they may be recorded. */
function Waiting({ handling }: SwitchProps) {
  const { t } = useTranslation();
  const work = useWork();
  return (
    <PopoverControl
      className={styles.waiting ?? ''}
      icon={<Dot hollow />}
      hint={t('desk.recording.consent_hint')}
      combo={KEYS.record}
      data-testid="call-recording"
      data-state="waiting_for_consent"
      content={(close) => (
        <div className={styles.choices} role="dialog" aria-label={t('desk.recording.consent')}>
          <p>{t('desk.recording.consent')}</p>
          {([true, false] as const).map((given) => (
            <Button
              key={String(given)}
              {...(given ? { 'data-first': true } : {})}
              onClick={() => {
                close();
                work.noteConsent(handling, given);
              }}
              data-testid={given ? 'consent-given' : 'consent-refused'}
            >
              {t(given ? 'desk.recording.given' : 'desk.recording.not_given')}
            </Button>
          ))}
          <p>{t('desk.recording.refused_hint')}</p>
        </div>
      )}
    >
      {t('desk.recording.waiting_for_consent')}
    </PopoverControl>
  );
}

function Dot({ hollow = false }: { readonly hollow?: boolean }) {
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
      {hollow ? (
        <circle cx="5" cy="5" r="3.75" fill="none" stroke="currentColor" strokeWidth="1.500" />
      ) : (
        <circle cx="5" cy="5" r="4.5" fill="var(--alarm)" />
      )}
    </svg>
  );
}

function Bars() {
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
      <path d="M1.500 0.500h2.500v9h-2.500zM6 0.500h2.500v9h-2.500z" fill="currentColor" />
    </svg>
  );
}
