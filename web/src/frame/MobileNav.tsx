import { Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { useSession } from '@/parts/session';
import { Icon } from '@/ui/icons';
import { IconButton } from '@/ui/IconButton';
import { NAV } from './nav';
import styles from './MobileNav.module.css';

/** On a narrow screen the rail folds into one button that also names the page. */
export function MobileNav() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const { permissions } = useSession().me;
  const items = NAV.filter((item) => permissions.includes(item.permission));
  const here = items.find((item) => (item.path === '/' ? pathname === '/' : pathname.startsWith(item.path)));
  return (
    <div className={styles.nav}>
      <Dropdown
        trigger={['click']}
        menu={{
          selectedKeys: here === undefined ? [] : [here.name],
          items: items.map((item) => ({
            key: item.name,
            icon: <Icon name={item.icon} />,
            label: t(`frame.nav.${item.name}`),
            onClick: () => void navigate(item.path),
          })),
        }}
      >
        <IconButton icon="menu" label={t('frame.nav.menu')} />
      </Dropdown>
      <span className={styles.here}>{here === undefined ? t('frame.product') : t(`frame.nav.${here.name}`)}</span>
    </div>
  );
}
