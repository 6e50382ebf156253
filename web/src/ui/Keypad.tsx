import { useEffect } from 'react';
import { isTyping } from '@/lib/keys';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;
const NAMES: Partial<Record<(typeof KEYS)[number], string>> = { '*': 'star', '#': 'hash' };

interface KeypadProps {
  readonly className: string | undefined;
  readonly label: string;
  /** Before the name of each key. */
  readonly testId: string;
  readonly disabled?: boolean;
  /** Whether the keys of the keyboard press them too. */
  readonly typed: boolean;
  nameOf(key: string): string;
  onKey(key: string): void;
}

/** The twelve keys of a telephone. */
export function Keypad({ className, label, testId, disabled = false, typed, nameOf, onKey }: KeypadProps) {
  useEffect(() => {
    if (disabled || !typed) return;
    const press = (event: KeyboardEvent): void => {
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if ((KEYS as readonly string[]).includes(event.key)) onKey(event.key);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [disabled, typed, onKey]);
  return (
    <div className={className} role="group" aria-label={label}>
      {KEYS.map((key) => (
        <button
          key={key}
          type="button"
          disabled={disabled}
          aria-label={nameOf(key)}
          data-testid={`${testId}-${NAMES[key] ?? key}`}
          onClick={() => onKey(key)}
        >
          {key}
        </button>
      ))}
    </div>
  );
}
