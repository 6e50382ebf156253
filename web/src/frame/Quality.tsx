import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PeerCounters } from '@/live/peer';
import { voiceQuality, type VoiceQuality } from '@/live/quality';
import { Hint } from '@/parts/Hint';
import { usePhone } from '@/parts/live';
import { useSession } from '@/parts/session';
import styles from './CallBar.module.css';

const READ_EVERY_MS = 2_000;

/** Four bars and the score of what the browser heard in the last two seconds. */
export function Quality() {
  const { t } = useTranslation();
  const { phone } = useSession();
  const { kind } = usePhone();
  const [quality, setQuality] = useState<VoiceQuality | null>(null);
  useEffect(() => {
    let before: PeerCounters | null = null;
    const read = async (): Promise<void> => {
      const after = await phone.counters().catch(() => null);
      if (before !== null && after !== null) setQuality(voiceQuality(before, after));
      before = after;
    };
    const timer = setInterval(() => void read(), READ_EVERY_MS);
    return () => clearInterval(timer);
  }, [phone]);
  // Its place is kept, so that the name beside it does not jump when there is something to show.
  if (quality === null) return kind === 'connected' ? <span className={styles.unrated} /> : null;
  const text = t('desk.phone.quality', {
    mos: quality.mos.toFixed(1),
    loss: (quality.loss * 100).toFixed(1),
    jitter: Math.round(quality.jitterMs),
    rtt: Math.round(quality.roundTripMs),
  });
  const bars = Math.min(4, Math.max(1, Math.round((quality.mos - 1) * (4 / 3.4))));
  return (
    <Hint text={text}>
      <span
        className={styles.quality}
        role="img"
        aria-label={text}
        data-testid="voice-quality"
        data-tone={bars < 3 ? 'bad' : 'good'}
      >
        <svg width="18" height="14" viewBox="0 0 18 14" aria-hidden="true">
          {[0, 1, 2, 3].map((bar) => (
            <rect
              key={bar}
              x={bar * 5}
              y={9 - bar * 3}
              width="3"
              height={5 + bar * 3}
              rx="1"
              fill={bar < bars ? (bars < 3 ? 'var(--alarm)' : 'var(--ready)') : 'var(--line-strong)'}
            />
          ))}
        </svg>
        <span className={styles.mos}>{quality.mos.toFixed(1)}</span>
      </span>
    </Hint>
  );
}
