import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { desk } from '@/api/desk';
import { failureCode } from '@/api/problem';
import type { Handling } from '@/api/types';
import { can } from '@/live/can';
import { createDigitSender, type DigitCount } from '@/live/digits';
import { useStore } from '@/parts/live';
import { PopoverControl } from '@/parts/PopoverControl';
import { KEYS } from '@/parts/shortcuts';
import { toast } from '@/parts/toast';
import { Icon } from '@/ui/icons';
import { Keypad } from '@/ui/Keypad';
import styles from './DialControl.module.css';

/** Keys towards the far side, in the place of the keys that dial: there is nobody to dial while one talks. */
export function KeypadControl({ handling }: { readonly handling: Handling }) {
  const { t } = useTranslation();
  const verdict = can.sendDigits(handling);
  const may = verdict === 'yes';
  return (
    <PopoverControl
      may={may}
      hint={may ? t('desk.keypad.title') : t(`desk.agent.verdict.${verdict}`)}
      combo={KEYS.keypad}
      narrow="corner"
      type="text"
      aria-label={t('desk.keypad.open')}
      icon={<Icon name="dial" size={16} />}
      data-testid="keypad-open"
      content={() => <KeypadPanel handlingId={handling.id} />}
    />
  );
}

function KeypadPanel({ handlingId }: { readonly handlingId: string }) {
  const { t } = useTranslation();
  const panel = useRef<HTMLDivElement>(null);
  const [digits] = useState(() =>
    createDigitSender(
      (keys) => desk.sendDigits(handlingId, keys),
      (error) => toast.bad(t(`errors.${failureCode(error)}`)),
    ),
  );
  const press = useCallback((key: string) => digits.press(key), [digits]);
  useEffect(() => panel.current?.focus(), []);
  return (
    <div
      ref={panel}
      className={styles.pad}
      tabIndex={-1}
      role="dialog"
      aria-label={t('desk.keypad.title')}
      data-testid="keypad-panel"
    >
      <Sent count={useStore(digits.count)} />
      <Keypad
        className={styles.keys}
        label={t('dial.keypad')}
        testId="keypad-key"
        typed
        nameOf={(key) => t('dial.key', { key })}
        onKey={press}
      />
      <p className={styles.quiet}>{t('desk.keypad.hint')}</p>
    </div>
  );
}

/** A dot for each key: it may be a card's, and somebody may look over the shoulder. */
function Sent({ count }: { readonly count: DigitCount }) {
  const { t } = useTranslation();
  const { sent, waiting } = count;
  return (
    <p className={styles.sent} role="status" data-testid="keypad-sent" data-sent={sent} data-waiting={waiting}>
      {sent + waiting === 0 ? (
        <span className={styles.quiet}>{t('desk.keypad.none')}</span>
      ) : (
        <>
          <span className="unseen">{t('desk.keypad.sent', { count: sent })}</span>
          <span className={styles.dots} aria-hidden="true">
            {'•'.repeat(sent)}
            <span className={styles.waiting}>{'•'.repeat(waiting)}</span>
          </span>
        </>
      )}
    </p>
  );
}
