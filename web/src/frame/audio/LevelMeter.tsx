import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './AudioPanel.module.css';

const BLOCK_PERCENT = 4;

interface LevelMeterProps {
  /** Begins to tell the level, 0 to 1; gives back what ends it. */
  watch(onLevel: (level: number) => void): () => void;
}

/** A bar that is drawn by hand: it moves many times a second, and React need not know. */
export function LevelMeter({ watch }: LevelMeterProps) {
  const { t } = useTranslation();
  const own = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const show = (level: number): void => {
      own.current?.style.setProperty(
        '--level',
        `${String(BLOCK_PERCENT * Math.round((level * 100) / BLOCK_PERCENT))}%`,
      );
      own.current?.setAttribute('aria-valuenow', String(Math.round(level * 100)));
    };
    const stop = watch(show);
    return () => {
      stop();
      show(0);
    };
  }, [watch]);
  return (
    <div
      ref={own}
      className={styles.meter}
      role="meter"
      aria-label={t('audio.level')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
      data-testid="audio-level"
    />
  );
}
