import { useTranslation } from 'react-i18next';
import type { SiteRow } from '@/api/sites';
import { Figure } from '@/parts/Figure';
import { Elapsed } from '@/parts/Times';
import { LineGlyph } from './LineGlyph';
import { sitesByNeed } from './lines';
import styles from './TrunkStrip.module.css';

/** The sites in one row: whether their phones can be reached, and how much of their line is in use. Lost ones first. */
export function SiteStrip({ sites }: { readonly sites: readonly SiteRow[] }) {
  const { t } = useTranslation();
  if (sites.length === 0) return null;
  return (
    <ul className={styles.strip} aria-label={t('floor.sites')}>
      {sitesByNeed(sites).map((site) => (
        <Site key={site.id} site={site} />
      ))}
    </ul>
  );
}

function Site({ site }: { readonly site: SiteRow }) {
  const { t } = useTranslation();
  const { link, calls_max: most } = site;
  const full = most !== null && site.calls >= most;
  return (
    <li className={styles.trunk} data-testid="floor-site" data-state={link} data-loud={link === 'down'}>
      <strong title={site.name}>{site.name}</strong>
      <Figure name={t(`floor.site.link.${link}`)} how={t(`floor.site.how.${link}`)} period={t('floor.line.now')}>
        <span className={styles.state}>
          <LineGlyph state={link === 'none' ? 'unknown' : link} />
          {t(`floor.site.link.${link}`)}
          {link === 'down' && site.since_at_us !== null ? <Elapsed sinceUs={site.since_at_us} /> : null}
        </span>
      </Figure>
      <Figure name={t('floor.site.phones.name')} how={t('floor.site.phones.how')} period={t('floor.line.now')}>
        <span className={styles.figure}>
          <span className={styles.label}>{t('floor.site.phones.short')}</span>
          {site.registered}
          <span className={styles.label}>/{site.devices}</span>
        </span>
      </Figure>
      <Figure name={t('floor.site.calls.name')} how={t('floor.site.calls.how')} period={t('floor.line.now')}>
        <span className={styles.figure} data-full={full}>
          <span className={styles.label}>{t('floor.site.calls.short')}</span>
          {site.calls}
          {most === null ? null : <span className={styles.label}>/{most}</span>}
          {full ? <span>{t('floor.line.full')}</span> : null}
        </span>
      </Figure>
    </li>
  );
}
