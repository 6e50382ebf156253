import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useSession } from '@/parts/session';
import { Icon } from '@/ui/icons';
import { Mark } from '@/ui/Mark';
import frame from './Frame.module.css';
import { NAV } from './nav';
import styles from './Rail.module.css';

export function Rail() {
  const { t } = useTranslation();
  const { permissions } = useSession().me;
  return (
    <nav className={`${frame.rail} ${styles.rail}`} aria-label={t('frame.nav.main')}>
      <div className={styles.mark}>
        <Mark />
      </div>
      {NAV.filter((item) => permissions.includes(item.permission)).map((item) => (
        <NavLink key={item.name} to={item.path} end={item.path === '/'} className={styles.item}>
          <Icon name={item.icon} size={20} />
          <span>{t(`frame.rail.${item.name}`)}</span>
        </NavLink>
      ))}
    </nav>
  );
}
