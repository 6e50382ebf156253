import { InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';

interface SecondsInputProps {
  readonly label: string;
  readonly ms: number | null;
  readonly min: number;
  readonly max: number;
  readonly disabled: boolean;
  onChange(ms: number | null): void;
}

/** Milliseconds on the wire, seconds for people. */
export function SecondsInput({ label, ms, min, max, disabled, onChange }: SecondsInputProps) {
  const { t } = useTranslation();
  return (
    <InputNumber<number>
      aria-label={label}
      value={ms === null ? null : ms / 1000}
      min={min}
      max={max}
      step={5}
      precision={0}
      disabled={disabled}
      suffix={t('common.seconds')}
      style={{ width: '100%' }}
      onChange={(seconds) => onChange(seconds === null ? null : seconds * 1000)}
    />
  );
}
