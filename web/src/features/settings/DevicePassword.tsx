import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceWithPassword } from '@/api/types';
import { Facts } from '@/ui/Facts';
import { Notice } from '@/ui/Notice';
import styles from './Devices.module.css';

interface DevicePasswordProps {
  readonly made: DeviceWithPassword;
  onDone(): void;
}

/** The one moment a phone's password can be read, with everything else the phone asks for. */
export function DevicePassword({ made, onDone }: DevicePasswordProps) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    void navigator.clipboard.writeText(made.password).then(() => setCopied(true));
  };
  return (
    <div className={styles.secret} data-testid="device-password">
      <h3>{t('devices.password_title')}</h3>
      <Notice tone="warn">{t('devices.password_body')}</Notice>
      <Facts
        items={[
          [t('devices.server'), <code key="server">{made.server}</code>],
          ...(made.server_tls === undefined
            ? []
            : [[t('devices.server_tls'), <code key="server_tls">{made.server_tls}</code>] as const]),
          [t('devices.username'), <code key="username">{made.device.username}</code>],
          [
            t('devices.password'),
            <code key="password" data-testid="device-password-text">
              {made.password}
            </code>,
          ],
          [t('devices.realm'), <code key="realm">{made.realm}</code>],
        ]}
      />
      <div className={styles.danger}>
        <Button type="primary" onClick={onDone} data-testid="device-password-done">
          {t('devices.written')}
        </Button>
        {'clipboard' in navigator ? (
          <Button onClick={copy}>{copied ? t('devices.copied') : t('devices.copy')}</Button>
        ) : null}
      </div>
    </div>
  );
}
