import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './VisitorPage.module.css';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;
const NAMES: Partial<Record<(typeof KEYS)[number], string>> = { '*': 'star', '#': 'hash' };

interface KeypadProps {
  readonly disabled: boolean;
  onKey(key: string): void;
}

/** Twelve keys; those of the keyboard work too. */
export function Keypad({ disabled, onKey }: KeypadProps) {
  const { t } = useTranslation();
  useEffect(() => {
    if (disabled) return;
    const press = (event: KeyboardEvent): void => {
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      if ((KEYS as readonly string[]).includes(event.key)) onKey(event.key);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [disabled, onKey]);
  return (
    <div className={styles.keypad} role="group" aria-label={t('visitor.keypad')}>
      {KEYS.map((key) => (
        <button
          key={key}
          type="button"
          disabled={disabled}
          aria-label={t('visitor.key', { key })}
          data-testid={`visitor-key-${NAMES[key] ?? key}`}
          onClick={() => onKey(key)}
        >
          {key}
        </button>
      ))}
    </div>
  );
}
