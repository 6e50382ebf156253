import { Button, Input, type InputRef } from 'antd';
import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { desk } from '@/api/desk';
import { dialled } from '@/lib/dialled';
import { useFailureWords } from '@/parts/useFailureWords';
import { Icon } from '@/ui/icons';
import { Keypad } from '@/ui/Keypad';
import styles from './DialControl.module.css';
import { RecentNumbers } from './RecentNumbers';

/** Enter calls what is typed; in the empty field it brings the last number back, so that Enter twice dials again. */
export function DialPad({ onDone }: { onDone(): void }) {
  const { t } = useTranslation();
  const words = useFailureWords();
  const listId = useId();
  const field = useRef<InputRef>(null);
  // A number that fails while this is open does not push the keys away.
  const [recent] = useState(dialled.get);
  const [number, setNumber] = useState('');
  const [at, setAt] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const empty = number.trim() === '';
  const type = (text: string): void => {
    setNumber(text);
    setAt(null);
  };
  const fill = (one: string): void => {
    type(one);
    field.current?.focus();
  };
  const onKey = (event: KeyboardEvent): void => {
    // While an input method composes a word, the keys are its own.
    if (event.nativeEvent.isComposing) return;
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const { length } = recent;
    if (by !== 0 && length > 0) setAt(at === null ? (by === 1 ? 0 : length - 1) : (at + by + length) % length);
    else if (event.key !== 'Enter') return;
    // A key that is held down must not bring a number back and call it in one.
    else if (!event.repeat) {
      if (at === null && !empty) return;
      const one = recent[at ?? 0];
      if (one !== undefined) fill(one);
    }
    event.preventDefault();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setBusy(true);
    setFailed(null);
    desk
      .dial(number.trim())
      .then(onDone)
      .catch((error: unknown) => setFailed(words(error)))
      .finally(() => setBusy(false));
  };
  return (
    <div role="dialog" aria-label={t('dial.title')} data-testid="dial-pad">
      <form className={styles.pad} onSubmit={submit}>
        <Input
          ref={field}
          value={number}
          data-first
          inputMode="tel"
          maxLength={64}
          role="combobox"
          aria-expanded={recent.length > 0}
          aria-controls={recent.length > 0 ? listId : undefined}
          aria-activedescendant={at === null ? undefined : `${listId}-${at}`}
          aria-label={t('dial.number')}
          placeholder={t('dial.placeholder')}
          data-testid="dial-number"
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKey}
          suffix={
            <button
              type="button"
              className={styles.erase}
              aria-label={t('dial.backspace')}
              disabled={number === ''}
              onClick={() => type(number.slice(0, -1))}
            >
              <Icon name="left" size={14} />
            </button>
          }
        />
        {recent.length === 0 ? null : (
          <RecentNumbers
            id={listId}
            numbers={recent}
            at={at ?? (empty ? 0 : null)}
            marked={at !== null}
            onChoose={fill}
          />
        )}
        <Keypad
          className={styles.keys}
          label={t('dial.keypad')}
          testId="dial-key"
          typed={false}
          nameOf={(key) => t('dial.key', { key })}
          onKey={(key) => type(number + key)}
        />
        {failed === null ? null : (
          <p className={styles.failed} role="alert" data-testid="dial-failed">
            {failed}
          </p>
        )}
        <Button
          block
          type="primary"
          htmlType="submit"
          loading={busy}
          disabled={empty}
          icon={<Icon name="phone" size={16} />}
          data-testid="dial-call"
        >
          {t('dial.call')}
        </Button>
      </form>
    </div>
  );
}
