import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AudioDevice, AudioRole } from '@/live/audio-devices';
import styles from './AudioPanel.module.css';

interface DeviceSelectProps {
  readonly role: AudioRole;
  readonly devices: readonly AudioDevice[];
  readonly chosen: string;
  readonly busy?: boolean;
  onChoose(id: string): void;
}

export function DeviceSelect({ role, devices, chosen, busy = false, onChoose }: DeviceSelectProps) {
  const { t } = useTranslation();
  const options = [
    { value: '', label: t('audio.default') },
    ...devices.map(({ id, label }, n) => ({
      value: id,
      label: label === '' ? t(`audio.unnamed.${role}`, { n: n + 1 }) : label,
    })),
  ];
  if (options.every(({ value }) => value !== chosen)) options.push({ value: chosen, label: t('audio.missing') });
  return (
    <label className={styles.device}>
      <span className={styles.label}>{t(`audio.${role}`)}</span>
      <Select
        value={chosen}
        options={options}
        loading={busy}
        onChange={onChoose}
        popupMatchSelectWidth={false}
        aria-label={t(`audio.${role}`)}
        data-testid={`audio-${role}`}
      />
    </label>
  );
}
