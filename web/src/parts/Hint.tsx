import { Tooltip } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { comboText, isMac, type KeyCombo } from '@/lib/keys';
import styles from './Hint.module.css';

interface HintProps {
  /** Null shows nothing. */
  readonly text: ReactNode;
  readonly combo?: KeyCombo;
  readonly children: ReactElement;
}

/** A tooltip that also shows the key. */
export function Hint({ text, combo, children }: HintProps) {
  const title =
    text === null ? null : (
      <span className={styles.hint}>
        <span>{text}</span>
        {combo === undefined ? null : <kbd className={styles.key}>{comboText(combo, isMac())}</kbd>}
      </span>
    );
  return (
    <Tooltip title={title} mouseEnterDelay={0.35} destroyOnHidden>
      {children}
    </Tooltip>
  );
}
