import { InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '@/ui/Field';
import type { Days } from './retention';

const DAYS_MAX = 3_650;

interface DaysFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly days: Days;
  /** What it means to leave it empty. */
  readonly empty: string;
  readonly readOnly: boolean;
  readonly error: string | undefined;
  readonly testId: string;
  onChange(days: Days): void;
}

export function DaysField({ label, hint, days, empty, readOnly, error, testId, onChange }: DaysFieldProps) {
  const { t } = useTranslation();
  return (
    <Field label={label} hint={hint} error={error} group>
      <InputNumber<number>
        aria-label={label}
        value={days}
        min={1}
        max={DAYS_MAX}
        precision={0}
        placeholder={empty}
        suffix={t('recording.days')}
        disabled={readOnly}
        style={{ width: '100%' }}
        onChange={onChange}
        data-testid={testId}
      />
    </Field>
  );
}
