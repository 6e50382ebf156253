import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clockOf, minuteOf, nextPart, type Part } from '@/lib/hours';
import { Icon } from '@/ui/icons';
import { IconButton } from '@/ui/IconButton';
import styles from './Hours.module.css';

interface PartsProps {
  readonly parts: readonly Part[];
  readonly most?: number | undefined;
  readonly disabled?: boolean;
  onChange(parts: readonly Part[]): void;
}

/** The intervals of a day, each with its begin and end as people type them. */
export function Parts({ parts, most = 24, disabled = false, onChange }: PartsProps) {
  const { t } = useTranslation();
  const next = nextPart(parts);
  const put = (at: number, change: Partial<Part>): void =>
    onChange(parts.map((part, n) => (n === at ? { ...part, ...change } : part)));
  return (
    <span className={styles.parts}>
      {parts.map((part, n) => (
        <span key={n} className={styles.interval}>
          <MinuteInput
            label={t('hours.from')}
            minute={part.from_minute}
            disabled={disabled}
            onChange={(from_minute) => put(n, { from_minute })}
          />
          <span aria-hidden="true">–</span>
          <MinuteInput
            label={t('hours.to')}
            minute={part.to_minute}
            disabled={disabled}
            onChange={(to_minute) => put(n, { to_minute })}
          />
          {disabled || most === 1 ? null : (
            <IconButton label={t('hours.remove_part')} onClick={() => onChange(parts.filter((_, at) => at !== n))}>
              <Icon name="close" size={14} />
            </IconButton>
          )}
        </span>
      ))}
      {disabled || next === null || parts.length >= most ? null : (
        <Button
          size="small"
          type="text"
          icon={<Icon name="plus" size={14} />}
          onClick={() => onChange([...parts, next])}
        >
          {t('hours.add_part')}
        </Button>
      )}
    </span>
  );
}

interface MinuteInputProps {
  readonly label: string;
  readonly minute: number;
  readonly disabled: boolean;
  onChange(minute: number): void;
}

/** A time of day; what cannot be read goes back to what was there. */
function MinuteInput({ label, minute, disabled, onChange }: MinuteInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const take = (): void => {
    const read = typed === null ? null : minuteOf(typed);
    if (read !== null && read !== minute) onChange(read);
    setTyped(null);
  };
  return (
    <Input
      className={styles.minute}
      aria-label={label}
      inputMode="numeric"
      value={typed ?? clockOf(minute)}
      disabled={disabled}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={take}
      onPressEnter={take}
    />
  );
}
