import { useTranslation } from 'react-i18next';
import { readableNumber } from '@/lib/phone';
import styles from './DialControl.module.css';

interface RecentNumbersProps {
  readonly id: string;
  readonly numbers: readonly string[];
  /** Which of them Enter brings into the field, if any. */
  readonly at: number | null;
  /** Whether the arrow keys have chosen it. */
  readonly marked: boolean;
  onChoose(number: string): void;
}

/** What was dialled last, to be dialled again. */
export function RecentNumbers({ id, numbers, at, marked, onChoose }: RecentNumbersProps) {
  const { t } = useTranslation();
  return (
    <div>
      <p className={styles.quiet}>{t('dial.recent')}</p>
      <div id={id} role="listbox" aria-label={t('dial.recent')}>
        {numbers.map((number, index) => (
          <div
            key={number}
            id={`${id}-${index}`}
            role="option"
            aria-selected={marked && index === at}
            className={styles.recent}
            data-testid="dial-recent"
            // The field keeps the focus, so that Enter calls what was clicked.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(number)}
          >
            <span className={styles.number} title={number}>
              {readableNumber(number)}
            </span>
            {index === at ? (
              <kbd className={styles.enter} aria-hidden="true">
                ↵
              </kbd>
            ) : null}
          </div>
        ))}
      </div>
    </div>
  );
}
