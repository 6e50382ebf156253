import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { settings } from '@/api/settings';
import type { Device, DeviceWithPassword } from '@/api/types';
import { Sure } from '@/parts/Sure';
import { toast } from '@/parts/toast';
import { useAction } from '@/parts/useAction';
import styles from './Devices.module.css';

interface DeviceMoreProps {
  readonly device: Device;
  onReset(made: DeviceWithPassword): void;
  onRemoved(): void;
}

/** What takes a phone out of use: a new password, or its end. */
export function DeviceMore({ device, onReset, onRemoved }: DeviceMoreProps) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { busy, run } = useAction();
  const reset = (): void =>
    run(async () => {
      const made = await settings.resetDevice(device.id);
      await cache.invalidateQueries({ queryKey: ['devices'] });
      onReset(made);
    });
  const remove = (): void =>
    run(async () => {
      await settings.deleteDevice(device.id);
      await cache.invalidateQueries({ queryKey: ['devices'] });
      toast.good(t('devices.removed'));
      onRemoved();
    });
  return (
    <div className={styles.danger}>
      <Sure
        title={t('devices.reset')}
        description={t('devices.reset_body')}
        okText={t('devices.reset')}
        onConfirm={reset}
      >
        <Button disabled={busy} data-testid="device-reset">
          {t('devices.reset')}
        </Button>
      </Sure>
      <Sure
        title={t('devices.remove')}
        description={t('devices.remove_body')}
        okText={t('devices.remove')}
        okButtonProps={{ danger: true }}
        onConfirm={remove}
      >
        <Button danger disabled={busy} data-testid="device-remove">
          {t('devices.remove')}
        </Button>
      </Sure>
    </div>
  );
}
