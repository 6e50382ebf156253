import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveEvent } from '@/api/types';
import { clock } from '@/lib/duration';
import { useFormat } from '../format';
import { type Line, tell } from './sentences';
import styles from './Story.module.css';
import { toneOf } from './tone';
import { useSentenceText } from './useSentenceText';

interface StoryProps {
  readonly events: readonly LiveEvent[];
}

/** What happened, in sentences, each with its exact instant on hover. */
export function Story({ events }: StoryProps) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  const lines = useMemo(() => tell(events, language), [events, language]);
  const startUs = events[0]?.at_us ?? 0;
  if (lines.length === 0) return <p className={styles.empty}>{t('story.empty')}</p>;
  return (
    <ol className={styles.story}>
      {lines.map((line) => (
        <StoryRow key={line.event.seq} line={line} startUs={startUs} />
      ))}
    </ol>
  );
}

function StoryRow({ line, startUs }: { readonly line: Line; readonly startUs: number }) {
  const format = useFormat();
  const sentence = useSentenceText(line.sentence);
  const { event } = line;
  return (
    <li className={styles.row} data-testid="timeline-row" data-kind={event.kind} data-seq={event.seq}>
      <time
        className={styles.time}
        title={format.exact(event.at_us)}
        dateTime={new Date(event.at_us / 1000).toISOString()}
      >
        {format.time(event.at_us)}
      </time>
      <span className={styles.dot} style={{ background: `var(--${toneOf(event)})` }} aria-hidden="true" />
      <span className={styles.text}>
        {sentence.text}
        {sentence.detail === null ? null : <span className={styles.detail}>{sentence.detail}</span>}
      </span>
      <span className={styles.offset}>+{clock((event.at_us - startUs) / 1000)}</span>
    </li>
  );
}
