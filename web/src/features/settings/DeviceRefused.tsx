import { useTranslation } from 'react-i18next';
import type { Device } from '@/api/types';
import { useFormat } from '@/parts/format';
import { Icon } from '@/ui/icons';
import { Notice } from '@/ui/Notice';
import styles from './Devices.module.css';
import { useSites } from '@/parts/useSites';

type Refusal = NonNullable<Device['refused']>;

interface DeviceRefusedProps {
  readonly siteId: string;
  readonly refused: Refusal;
}

/** That a phone came from an address its site does not have. */
export function DeviceRefused({ siteId, refused }: DeviceRefusedProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const site = useSites().data?.items.find(({ id }) => id === siteId)?.name ?? '';
  const at = format.exact(refused.at_us);
  return (
    <Notice tone="warn">
      <span data-testid="device-refused">{t('sites.refused', { address: refused.address, site })}</span>
      <span className={styles.meta}>
        {t('sites.refused_when', { ago: format.ago(refused.at_us), at: at.slice(0, 19) })}
      </span>
    </Notice>
  );
}

/** The same in a list: a mark that says from where on hover. */
export function RefusedMark({ siteId, refused }: DeviceRefusedProps) {
  const { t } = useTranslation();
  const site = useSites().data?.items.find(({ id }) => id === siteId)?.name ?? '';
  return (
    <span
      className={styles.refused}
      title={t('sites.refused', { address: refused.address, site })}
      data-testid="device-refused-mark"
    >
      <Icon name="alert" size={14} />
      {t('sites.refused_mark')}
    </span>
  );
}
