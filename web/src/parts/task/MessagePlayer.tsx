import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clock } from '@/lib/duration';
import { IconButton } from '@/ui/IconButton';
import { KEYS } from '../shortcuts';
import { useShortcut } from '../useShortcut';
import styles from './Task.module.css';

interface MessagePlayerProps {
  readonly taskId: string;
  /** Known from the ledger before the sound is fetched. */
  readonly lengthMs: number;
}

/** Plays the message of a task where it stands; the sound is fetched with the first press. */
export function MessagePlayer({ taskId, lengthMs }: MessagePlayerProps) {
  const { t } = useTranslation();
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [atMs, setAtMs] = useState(0);
  const [totalMs, setTotalMs] = useState(lengthMs);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const element = audio.current;
    return () => element?.pause();
  }, []);

  const toggle = (): void => {
    const element = audio.current;
    if (element === null) return;
    if (!element.paused) element.pause();
    else element.play().catch(() => setFailed(true));
  };
  const retry = (): void => {
    setFailed(false);
    audio.current?.load();
    toggle();
  };
  const seek = (ms: number): void => {
    if (audio.current !== null) audio.current.currentTime = ms / 1000;
    setAtMs(ms);
  };
  useShortcut(KEYS.play, failed ? null : toggle);

  return (
    <div className={styles.player} role="group" aria-label={t('tasks.player', { length: clock(totalMs) })}>
      <audio
        ref={audio}
        src={`/api/v1/tasks/${taskId}/audio`}
        preload="none"
        data-testid="task-audio"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setPlaying(false)}
        onTimeUpdate={(event) => setAtMs(event.currentTarget.currentTime * 1000)}
        onDurationChange={(event) => {
          const { duration } = event.currentTarget;
          if (Number.isFinite(duration)) setTotalMs(duration * 1000);
        }}
        onError={() => setFailed(true)}
      >
        <track kind="captions" />
      </audio>
      {failed ? (
        <span className={styles.failed} role="alert">
          {t('tasks.no_audio')}
          <Button size="small" onClick={retry}>
            {t('tasks.retry_audio')}
          </Button>
        </span>
      ) : (
        <>
          <IconButton
            icon={playing ? 'hold' : 'resume'}
            label={playing ? t('tasks.pause') : t('tasks.listen')}
            className={styles.play}
            onClick={toggle}
            data-testid="task-play"
          />
          <input
            type="range"
            className={styles.position}
            aria-label={t('tasks.position')}
            aria-valuetext={clock(atMs)}
            min={0}
            max={Math.max(totalMs, 1)}
            step={100}
            value={Math.min(atMs, totalMs)}
            onChange={(event) => seek(Number(event.target.value))}
          />
          <span className={styles.time}>
            {clock(atMs)} / {clock(totalMs)}
          </span>
        </>
      )}
    </div>
  );
}
