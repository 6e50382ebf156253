import { useTranslation } from 'react-i18next';
import type { Device } from '@/api/types';
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
