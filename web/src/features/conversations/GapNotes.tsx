import { useTranslation } from 'react-i18next';
import type { Recording, Waveform } from '@/api/types';
import { clock } from '@/lib/duration';
import { useFormat } from '@/parts/format';
import styles from './RecordingPanel.module.css';

interface GapNotesProps {
  readonly recording: Recording;
  readonly wave: Waveform;
  onSeek(ms: number): void;
}

/** What cannot be heard, and why. */
export function GapNotes({ recording, wave, onSeek }: GapNotesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { gaps } = wave;
  if (gaps.length === 0 && !recording.recovered && recording.state !== 'live') return null;
  return (
    <ul className={styles.notes}>
      {recording.state === 'live' ? <li>{t('conversations.recording.live')}</li> : null}
      {recording.recovered ? <li>{t('conversations.recording.recovered')}</li> : null}
      {gaps.map((gap, n) => (
        <li key={n} data-testid="recording-gap">
          <button type="button" onClick={() => onSeek(gap.from_ms)}>
            {clock(gap.from_ms)}
          </button>
          {gap.cause == null
            ? t('conversations.recording.was_paused', { length: format.duration(gap.length_ms) })
            : t(`story.recording_gap.${gap.cause}`, { length: format.duration(gap.length_ms) })}
        </li>
      ))}
    </ul>
  );
}
