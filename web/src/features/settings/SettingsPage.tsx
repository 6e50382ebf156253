import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, useLocation } from 'react-router';
import { useSession } from '@/parts/session';
import { paths } from '@/paths';
import styles from './Settings.module.css';

const SECTIONS = [
  ['queues', paths.settingsQueues, 'settings.read'],
  ['agents', paths.settingsAgents, 'settings.read'],
  ['devices', paths.settingsDevices, 'settings.read'],
  ['sites', paths.settingsSites, 'settings.read'],
  ['outbound', paths.settingsOutbound, 'floor.read'],
  ['numbers', paths.settingsNumbers, 'settings.read'],
  ['lists', paths.settingsLists, 'floor.read'],
  ['recording', paths.settingsRecording, 'settings.read'],
  ['codes', paths.settingsCodes, 'settings.read'],
  ['hours', paths.settingsHours, 'settings.read'],
  ['flows', paths.settingsFlows, 'settings.read'],
  ['audit', paths.settingsAudit, 'audit.read'],
  ['system', paths.settingsSystem, 'metrics.read'],
] as const;

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
        {SECTIONS.filter(([, , permission]) => permissions.includes(permission)).map(([name, path]) => (
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
