import { useTranslation } from 'react-i18next';
import { NavLink, Outlet } from 'react-router';
import { useMay } from '@/parts/session';
import { paths } from '@/paths';
import styles from './Settings.module.css';

const SECTIONS = [
  ['queues', paths.settingsQueues],
  ['agents', paths.settingsAgents],
  ['devices', paths.settingsDevices],
  ['outbound', paths.settingsOutbound],
  ['numbers', paths.settingsNumbers],
  ['hours', paths.settingsHours],
  ['flows', paths.settingsFlows],
  ['audit', paths.settingsAudit],
] as const;

export function SettingsPage() {
  const { t } = useTranslation();
  const mayAudit = useMay('audit.read');
  return (
    <div className={styles.settings}>
      <nav className={styles.sections} aria-label={t('settings.title')}>
        <h1 className={styles.title}>{t('settings.title')}</h1>
        {SECTIONS.filter(([name]) => name !== 'audit' || mayAudit).map(([name, path]) => (
          <NavLink key={name} to={path}>
            {t(`settings.sections.${name}`)}
          </NavLink>
        ))}
      </nav>
      <div className={styles.section}>
        <Outlet />
      </div>
    </div>
  );
}
