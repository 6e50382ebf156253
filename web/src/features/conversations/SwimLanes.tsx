import { Fragment, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveEvent } from '@/api/types';
import { clock } from '@/lib/duration';
import { useFormat } from '@/parts/format';
import { type Lane, layLanes, type Span, ticks } from './lanes';
import { SoundStrip } from './SoundStrip';
import { legsOf, type LegSound } from './strips';
import styles from './SwimLanes.module.css';

interface SwimLanesProps {
  readonly events: readonly LiveEvent[];
  /** How the legs sounded; none while it is not known. */
  readonly sound: readonly LegSound[];
  readonly nowUs: number;
  /** Where the recording is being played. */
  readonly playedUs: number | null;
  onPick(atUs: number): void;
}

/** Who was where, when: one row for the caller, the flow, the queue and each agent. */
export function SwimLanes({ events, sound, nowUs, playedUs, onPick }: SwimLanesProps) {
  const { t } = useTranslation();
  const { startUs, endUs, lanes } = useMemo(() => layLanes(events, nowUs), [events, nowUs]);
  const length = endUs - startUs;
  const at = (us: number): string => `${((us - startUs) / length) * 100}%`;
  return (
    <figure
      className={styles.chart}
      aria-label={t('conversations.lanes.chart')}
      title={t('conversations.lanes.pick')}
      onClick={(event) => {
        const track = event.currentTarget.querySelector('[data-track]')?.getBoundingClientRect();
        if (track === undefined || event.clientX < track.left || event.clientX > track.right) return;
        onPick(startUs + ((event.clientX - track.left) / track.width) * length);
      }}
      data-testid="lanes"
    >
      {lanes.map((lane, n) => (
        <Fragment key={lane.id}>
          <Row lane={lane} at={at} length={length} playedUs={playedUs} />
          <SoundStrip
            name={lane.name === '' ? t(lane.kind === 'outside' ? 'sound.outside' : 'sound.caller') : lane.name}
            legs={legsOf(lane, sound, n === lanes.length - 1)}
            startUs={startUs}
            endUs={endUs}
            at={at}
          />
        </Fragment>
      ))}
      <SoundStrip
        name={t('sound.other')}
        legs={sound.filter((leg) => !lanes.some((lane, n) => legsOf(lane, [leg], n === lanes.length - 1).length > 0))}
        startUs={startUs}
        endUs={endUs}
        at={at}
      />
      <div className={styles.axis} aria-hidden="true">
        <span />
        <div className={styles.track}>
          {ticks(length / 1000).map((ms) => (
            <span key={ms} className={styles.tick} style={{ left: at(startUs + ms * 1000) }}>
              {clock(ms)}
            </span>
          ))}
        </div>
      </div>
    </figure>
  );
}

interface RowProps {
  readonly lane: Lane;
  readonly length: number;
  readonly playedUs: number | null;
  at(us: number): string;
}

function Row({ lane, length, at, playedUs }: RowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const kind = lane.kind === 'agent' ? null : t(`conversations.lanes.${lane.kind}`);
  const name = lane.name === '' ? kind : lane.name;
  const wordOf = (span: Span): string => span.label ?? t(`conversations.span.${span.kind}`);
  return (
    <div className={styles.row}>
      <span className={styles.name} title={lane.kind === 'outside' ? `${kind} ${lane.name}` : (name ?? '')}>
        {name}
      </span>
      <div className={styles.track} data-track>
        {playedUs === null ? null : <span className={styles.played} style={{ left: at(playedUs) }} />}
        {lane.spans.map((span, index) => {
          const title = t('conversations.span_title', {
            name: wordOf(span),
            from: format.exact(span.fromUs),
            to: format.exact(span.toUs),
            duration: format.duration((span.toUs - span.fromUs) / 1000),
          });
          return (
            <span
              key={index}
              className={styles.span}
              data-kind={span.kind}
              style={{ left: at(span.fromUs), width: `${((span.toUs - span.fromUs) / length) * 100}%` }}
              title={title}
              role="img"
              aria-label={title}
            >
              <span>{wordOf(span)}</span>
            </span>
          );
        })}
        {lane.marks.map((mark, index) => {
          const title = `${t(`conversations.mark.${mark.kind}`, { label: mark.label })} · ${format.exact(mark.atUs)}`;
          return (
            <span
              key={index}
              className={styles.mark}
              style={{ left: at(mark.atUs) }}
              title={title}
              role="img"
              aria-label={title}
            />
          );
        })}
      </div>
    </div>
  );
}
