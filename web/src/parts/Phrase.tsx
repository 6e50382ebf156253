import { Fragment, type ReactNode } from 'react';
import styles from './Phrase.module.css';

interface PhraseProps {
  /** Where a control stands, its name does in braces: `after {minutes} minutes`. */
  readonly text: string;
  readonly parts: Readonly<Record<string, ReactNode>>;
}

/** A sentence with controls in it, in the order the language has them. */
export function Phrase({ text, parts }: PhraseProps) {
  return (
    <span className={styles.phrase}>
      {text
        .split(/\{(\w+)\}/)
        .map((piece, n) =>
          n % 2 === 0 ? (
            piece.trim() === '' ? null : (
              <span key={n}>{piece.trim()}</span>
            )
          ) : (
            <Fragment key={n}>{parts[piece]}</Fragment>
          ),
        )}
    </span>
  );
}
