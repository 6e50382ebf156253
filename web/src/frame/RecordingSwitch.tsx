import { Button, Popover } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Handling, PauseReason } from '@/api/types';
import { useWork } from '@/parts/useWork';
import styles from './RecordingSwitch.module.css';

const REASONS: readonly PauseReason[] = ['card_data', 'personal_data', 'other'];

/** Whether the talk is recorded, always in sight; pausing asks why, going on does not. */
export function RecordingSwitch({ handling }: { readonly handling: Handling }) {
  const { t } = useTranslation();
  const work = useWork();
  const [open, setOpen] = useState(false);
  const { recording } = handling;
  if (recording == null || (recording.state !== 'on' && recording.state !== 'paused')) {
    return (
      <span className={styles.off} title={t('desk.recording.off_hint')} data-testid="call-recording" data-state="off">
        {t('desk.recording.off')}
      </span>
    );
  }
  const { paused } = recording;
  if (paused != null) {
    return (
      <Button
        className={styles.paused}
        icon={<Bars />}
        title={t('desk.recording.resume_hint', { reason: t(`desk.recording.reason.${paused}`) })}
        onClick={() => work.resumeRecording(handling)}
        data-testid="call-recording"
        data-state="paused"
      >
        {t('desk.recording.paused')}
      </Button>
    );
  }
  const pause = (reason: PauseReason): void => {
    setOpen(false);
    work.pauseRecording(handling, reason);
  };
  return (
    <Popover
      trigger="click"
      arrow={false}
      open={open}
      onOpenChange={setOpen}
      content={
        <div className={styles.reasons} role="group" aria-label={t('desk.recording.pause')}>
          <p>{t('desk.recording.why')}</p>
          {REASONS.map((reason) => (
            <Button key={reason} onClick={() => pause(reason)} data-testid={`recording-pause-${reason}`}>
              {t(`desk.recording.reason.${reason}`)}
            </Button>
          ))}
        </div>
      }
    >
      <Button
        icon={<Dot />}
        title={t('desk.recording.pause')}
        aria-haspopup="dialog"
        aria-expanded={open}
        data-testid="call-recording"
        data-state="on"
      >
        {t('desk.recording.on')}
      </Button>
    </Popover>
  );
}

function Dot() {
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
      <circle cx="5" cy="5" r="4.5" fill="var(--alarm)" />
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
