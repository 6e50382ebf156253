import { useTranslation } from 'react-i18next';
import { useFormat } from '@/parts/format';
import styles from './SoundStrip.module.css';
import { type Bar, barsOf, type LegSound } from './strips';

interface SoundStripProps {
  /** Whose legs these are, as the lane says. */
  readonly name: string;
  readonly legs: readonly LegSound[];
  readonly startUs: number;
  readonly endUs: number;
  at(us: number): string;
}

/** How legs sounded, below their lane: a bar for every ten seconds, as high as its score. */
export function SoundStrip({ name, legs, startUs, endUs, at }: SoundStripProps) {
  const words = useBarWords();
  const { t } = useTranslation();
  const shown = legs.filter((leg) => leg.samples.length > 0);
  if (shown.length === 0) return null;
  const rated = shown.filter((leg) => leg.mean != null);
  const mean = rated.reduce((sum, leg) => sum + (leg.mean ?? 0), 0) / rated.length;
  const worst = Math.min(...rated.map((leg) => leg.worst ?? Infinity));
  const label =
    rated.length === 0
      ? t('sound.strip_none', { name })
      : t('sound.strip', { name, mean: mean.toFixed(1), worst: worst.toFixed(1) });
  return (
    <div className={styles.row}>
      <span />
      <div className={styles.strip} role="img" aria-label={label} data-testid="sound-strip">
        {shown.flatMap((leg) =>
          barsOf(leg, { startUs, endUs }).map((bar) => (
            <span
              key={`${leg.leg_id} ${bar.fromUs}`}
              className={styles.bar}
              data-grade={bar.grade ?? 'none'}
              data-mos={bar.sample.mos ?? undefined}
              style={{
                left: at(bar.fromUs),
                width: `${((bar.toUs - bar.fromUs) / (endUs - startUs)) * 100}%`,
                height: `${bar.height * 100}%`,
              }}
              title={words(bar)}
            />
          )),
        )}
      </div>
    </div>
  );
}

function useBarWords(): (bar: Bar) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ sample, grade, fromUs, toUs }) => {
    const [from, to] = [format.exact(fromUs), format.exact(toUs)];
    const ms = (value: number): string => String(Math.round(value));
    const said = [
      grade === null || sample.mos == null
        ? t('sound.unrated', { from, to })
        : t('sound.rated', { grade: t(`sound.grade.${grade}`), mos: sample.mos.toFixed(1), from, to }),
      sample.loss_in == null ? null : t('sound.loss_in', { loss: format.percent(sample.loss_in) }),
      sample.loss_out == null ? null : t('sound.loss_out', { loss: format.percent(sample.loss_out) }),
      sample.jitter_ms == null ? null : t('sound.jitter_in', { ms: ms(sample.jitter_ms) }),
      sample.jitter_out_ms == null ? null : t('sound.jitter_out', { ms: ms(sample.jitter_out_ms) }),
      sample.round_trip_ms == null ? null : t('sound.round_trip', { ms: ms(sample.round_trip_ms) }),
    ];
    return said.filter((one) => one !== null).join('\n');
  };
}
