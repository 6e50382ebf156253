import { useTranslation } from 'react-i18next';
import type { Device } from '@/api/types';
import { Icon } from '@/ui/icons';
import styles from './Devices.module.css';

/** Whether a phone could be rung: a dot of its own shape, and the word. */
export function DeviceStateMark({ state }: { readonly state: Device['state'] }) {
  const { t } = useTranslation();
  return (
    <span className={styles.state} data-state={state} data-testid="device-state">
      {t(`devices.state.${state}`)}
    </span>
  );
}

/** A lock where every place a phone is registered at is reached over TLS. */
export function LockMark({ contacts }: { readonly contacts: Device['contacts'] }) {
  const { t } = useTranslation();
  if (contacts.length === 0 || contacts.some(({ transport }) => transport !== 'tls')) return null;
  return (
    <span
      className={styles.lock}
      title={t('devices.over_tls')}
      role="img"
      aria-label={t('devices.over_tls')}
      data-testid="device-lock"
    >
      <Icon name="lock" size={14} />
    </span>
  );
}
