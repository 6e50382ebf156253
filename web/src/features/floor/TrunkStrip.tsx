import { useTranslation } from 'react-i18next';
import type { TrunkRow } from '@/api/types';
import { Figure } from '@/parts/Figure';
import { Elapsed } from '@/parts/Times';
import { LineGlyph } from './LineGlyph';
import { lineOf } from './lines';
import styles from './TrunkStrip.module.css';

/** The lines to carriers in one row: whether each works, and how much of it is in use. */
export function TrunkStrip({ trunks }: { readonly trunks: readonly TrunkRow[] }) {
  const { t } = useTranslation();
  if (trunks.length === 0) return null;
  return (
    <ul className={styles.strip} aria-label={t('floor.trunks')}>
      {trunks.map((trunk) => (
        <Trunk key={trunk.id} trunk={trunk} />
      ))}
    </ul>
  );
}

function Trunk({ trunk }: { readonly trunk: TrunkRow }) {
  const { t } = useTranslation();
  const { state, sinceUs, figures } = lineOf(trunk);
  return (
    <li className={styles.trunk} data-testid="floor-trunk" data-state={state}>
      <strong title={trunk.name}>{trunk.name}</strong>
      <Figure name={t(`floor.line.${state}`)} how={t(`floor.line.how.${state}`)} period={t('floor.line.now')}>
        <span className={styles.state}>
          <LineGlyph state={state} />
          {t(`floor.line.${state}`)}
          {sinceUs === null ? null : <Elapsed sinceUs={sinceUs} />}
        </span>
      </Figure>
      {figures.map(({ name, used, cap, full }) => (
        <Figure
          key={name}
          name={t(`floor.line.figure.${name}.name`)}
          how={t(`floor.line.figure.${name}.how`)}
          period={t('floor.line.now')}
        >
          <span className={styles.figure} data-full={full}>
            <span className={styles.label}>{t(`floor.line.figure.${name}.short`)}</span>
            {used}
            {cap === null ? null : <span className={styles.label}>/{cap}</span>}
            {full ? <span>{t('floor.line.full')}</span> : null}
          </span>
        </Figure>
      ))}
    </li>
  );
}
