import { Button, type ButtonProps, Popover } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { KeyCombo } from '@/lib/keys';
import { Hint } from './Hint';
import styles from './PopoverControl.module.css';
import { shownOf } from './shown';
import { useShortcut } from './useShortcut';

interface PopoverControlProps extends Omit<ButtonProps, 'content' | 'disabled'> {
  /** What is open closes when it may not be, and does not open again by itself. */
  readonly may?: boolean;
  /** Whether what opens is there; until then it is asked for, and opens by itself once it has come. */
  readonly loaded?: boolean;
  /** The tooltip; it shows the key. */
  readonly hint?: string;
  readonly combo?: KeyCombo;
  /** Where it lies on a narrow screen, when not beside the button: over the call bar, from edge to edge or in the corner. */
  readonly narrow?: 'sheet' | 'corner';
  content(close: () => void): ReactNode;
}

/**
 * Gives what was opened the focus, at the field marked `data-first`. React's `autoFocus` asks too early: without motion
 * the panel is not in the document yet when its fields are made.
 */
export function Opened({ children }: { readonly children: ReactNode }) {
  const own = useRef<HTMLDivElement>(null);
  useEffect(() => own.current?.querySelector<HTMLElement>('[data-first]')?.focus(), []);
  return <div ref={own}>{children}</div>;
}

/** A button that opens something to choose from, by a click or a key, and has the focus again afterwards. */
export function PopoverControl({
  may = true,
  loaded = true,
  hint,
  combo,
  narrow,
  content,
  ...rest
}: PopoverControlProps) {
  const [wanted, setWanted] = useState(false);
  const own = useRef<HTMLButtonElement>(null);
  if (wanted && !may) setWanted(false);
  const shown = shownOf(wanted, may, loaded);
  const open = shown === 'open';
  const change = (next: boolean): void => {
    setWanted(next);
    if (!next) own.current?.focus();
  };
  useShortcut(combo, may ? () => change(!wanted) : null);
  const button = (
    <Button
      {...rest}
      ref={own}
      disabled={!may}
      loading={shown === 'coming'}
      aria-haspopup="dialog"
      aria-expanded={open}
    />
  );
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      arrow={false}
      destroyOnHidden
      classNames={{ root: narrow === undefined ? '' : (styles[narrow] ?? '') }}
      open={open}
      onOpenChange={change}
      content={() => <Opened>{content(() => change(false))}</Opened>}
    >
      {hint === undefined ? (
        button
      ) : (
        <span className={styles.control}>
          <Hint text={open ? null : hint} combo={combo}>
            {button}
          </Hint>
        </span>
      )}
    </Popover>
  );
}
