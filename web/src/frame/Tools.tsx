import { Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { failureCode } from '@/api/problem';
import { comboText, isMac } from '@/lib/keys';
import { LanguageSwitch } from '@/parts/LanguageSwitch';
import { useMeState } from '@/parts/live';
import { useSession } from '@/parts/session';
import { KEYS } from '@/parts/shortcuts';
import { ThemeSwitch } from '@/parts/ThemeSwitch';
import { paths } from '@/paths';
import { Icon } from '@/ui/icons';
import { IconButton } from '@/ui/IconButton';
import { signOut } from './gate';
import styles from './Tools.module.css';
import { toast } from '@/parts/toast';

export function Tools({ onSearch }: { onSearch(): void }) {
  const { t } = useTranslation();
  return (
    <>
      <button type="button" className={styles.search} onClick={onSearch}>
        <Icon name="search" size={16} />
        <span className={styles.word}>{t('frame.palette.open')}</span>
        <kbd className={styles.key} aria-hidden="true">
          {comboText(KEYS.palette, isMac())}
        </kbd>
      </button>
      <LanguageSwitch />
      <ThemeSwitch />
      <MeMenu />
    </>
  );
}

function MeMenu() {
  const { t } = useTranslation();
  const { me } = useSession();
  const navigate = useNavigate();
  const state = useMeState();
  const busy =
    state !== null &&
    (state.offers.length > 0 || state.supervision != null || state.handlings.some((one) => one.state !== 'wrap_up'));
  const leave = (): void => {
    signOut().then(
      () => void navigate(paths.desk),
      (error: unknown) => toast.bad(t(`errors.${failureCode(error)}`)),
    );
  };
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        items: [
          {
            key: 'who',
            disabled: true,
            label: (
              <span className={styles.who}>
                <strong>{me.user.name}</strong>
                <span>
                  {t(`frame.me.role.${me.user.role}`)} · {t('frame.me.agent_id', { extension: me.user.extension })}
                </span>
                <span>{me.tenant.name}</span>
              </span>
            ),
          },
          { type: 'divider' },
          {
            key: 'out',
            icon: (
              <span className={styles.icon}>
                <Icon name="out" size={16} />
              </span>
            ),
            disabled: busy,
            label: <span title={busy ? t('frame.me.sign_out_busy') : undefined}>{t('frame.me.sign_out')}</span>,
            onClick: leave,
          },
        ],
      }}
    >
      <IconButton label={`${t('frame.me.menu')} ${me.user.name}`} data-testid="me-menu" className={styles.me}>
        <span className={styles.initial}>{[...me.user.name][0]}</span>
      </IconButton>
    </Dropdown>
  );
}
