import { Button, Input, Popover } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { desk } from '@/api/desk';
import { type FailureCode, failureCode } from '@/api/problem';
import type { MeState } from '@/api/types';
import { can } from '@/live/can';
import { Hint } from '@/parts/Hint';
import { KEYS } from '@/parts/shortcuts';
import { useShortcut } from '@/parts/useShortcut';
import { Icon } from '@/ui/icons';
import { Keypad } from '@/ui/Keypad';
import styles from './DialControl.module.css';

/** Calls a number or a colleague: a field for those who type, keys for those who point. */
export function DialControl({ me }: { readonly me: MeState | null }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const verdict = can.dial(me);
  const may = verdict === 'yes';
  useShortcut(KEYS.dial, may ? () => setOpen(true) : null);
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      arrow={false}
      destroyOnHidden
      open={open && may}
      onOpenChange={setOpen}
      content={<DialPad onDone={() => setOpen(false)} />}
    >
      <span>
        <Hint text={may ? t('dial.open') : t(`desk.agent.verdict.${verdict}`)} combo={KEYS.dial}>
          <Button
            type="text"
            aria-label={t('dial.open')}
            aria-haspopup="dialog"
            disabled={!may}
            icon={<Icon name="dial" size={16} />}
            data-testid="dial-open"
          />
        </Hint>
      </span>
    </Popover>
  );
}

function DialPad({ onDone }: { onDone(): void }) {
  const { t } = useTranslation();
  const [number, setNumber] = useState('');
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<FailureCode | null>(null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setBusy(true);
    setFailed(null);
    desk
      .dial(number.trim())
      .then(onDone)
      .catch((error: unknown) => setFailed(failureCode(error)))
      .finally(() => setBusy(false));
  };
  return (
    <form className={styles.pad} onSubmit={submit} role="dialog" aria-label={t('dial.title')} data-testid="dial-pad">
      <Input
        value={number}
        autoFocus
        inputMode="tel"
        maxLength={64}
        aria-label={t('dial.number')}
        placeholder={t('dial.placeholder')}
        data-testid="dial-number"
        onChange={(event) => setNumber(event.target.value)}
        suffix={
          <button
            type="button"
            className={styles.erase}
            aria-label={t('dial.backspace')}
            disabled={number === ''}
            onClick={() => setNumber((now) => now.slice(0, -1))}
          >
            <Icon name="left" size={14} />
          </button>
        }
      />
      <Keypad
        className={styles.keys}
        label={t('dial.keypad')}
        testId="dial-key"
        typed={false}
        nameOf={(key) => t('dial.key', { key })}
        onKey={(key) => setNumber((now) => now + key)}
      />
      {failed === null ? null : (
        <p className={styles.failed} role="alert" data-testid="dial-failed">
          {t(`errors.${failed}`)}
        </p>
      )}
      <Button
        block
        type="primary"
        htmlType="submit"
        loading={busy}
        disabled={number.trim() === ''}
        icon={<Icon name="phone" size={16} />}
        data-testid="dial-call"
      >
        {t('dial.call')}
      </Button>
    </form>
  );
}
