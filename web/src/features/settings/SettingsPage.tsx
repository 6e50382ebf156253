import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, useLocation } from 'react-router';
import { useSession } from '@/parts/session';
import { sectionsFor } from '@/parts/settingsSections';
import styles from './Settings.module.css';

export function SettingsPage() {
  const { t } = useTranslation();
  const { permissions } = useSession().me;
  const nav = useRef<HTMLElement>(null);
  const section = useRef<HTMLDivElement>(null);
  const { pathname } = useLocation();
  // On a phone the sections are one line that scrolls.
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
    section.current?.scrollTo(0, 0);
  }, [pathname]);
  return (
    <div className={styles.settings}>
      <nav ref={nav} className={styles.sections} aria-label={t('settings.title')}>
        <h1 className={styles.title}>{t('settings.title')}</h1>
        {sectionsFor(permissions).map(({ name, path }) => (
          <NavLink key={name} to={path}>
            {t(`settings.sections.${name}`)}
          </NavLink>
        ))}
      </nav>
      <div ref={section} className={styles.section}>
        <Outlet />
      </div>
    </div>
  );
}
