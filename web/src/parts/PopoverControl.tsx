import { Button, type ButtonProps, Popover } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import type { KeyCombo } from '@/lib/keys';
import { Hint } from './Hint';
import styles from './PopoverControl.module.css';
import { useShortcut } from './useShortcut';

interface PopoverControlProps extends Omit<ButtonProps, 'content' | 'disabled'> {
  /** What is open closes when it may not be, and does not open again by itself. */
  readonly may?: boolean;
  /** The tooltip; it shows the key. */
  readonly hint?: string;
  readonly combo?: KeyCombo;
  /** Where it lies on a narrow screen, when not beside the button: over the call bar, from edge to edge or in the corner. */
  readonly narrow?: 'sheet' | 'corner';
  content(close: () => void): ReactNode;
}

/** A button that opens something to choose from, by a click or a key, and has the focus again afterwards. */
export function PopoverControl({ may = true, hint, combo, narrow, content, ...rest }: PopoverControlProps) {
  const [open, setOpen] = useState(false);
  const own = useRef<HTMLButtonElement>(null);
  if (open && !may) setOpen(false);
  const change = (wanted: boolean): void => {
    setOpen(wanted);
    if (!wanted) own.current?.focus();
  };
  useShortcut(combo, may ? () => change(!open) : null);
  const button = <Button {...rest} ref={own} disabled={!may} aria-haspopup="dialog" aria-expanded={open && may} />;
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      arrow={false}
      destroyOnHidden
      classNames={{ root: narrow === undefined ? '' : (styles[narrow] ?? '') }}
      open={open && may}
      onOpenChange={change}
      content={() => content(() => change(false))}
    >
      {hint === undefined ? (
        button
      ) : (
        <span className={styles.control}>
          <Hint text={open && may ? null : hint} combo={combo}>
            {button}
          </Hint>
        </span>
      )}
    </Popover>
  );
}
