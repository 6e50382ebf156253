import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { TransferReason } from '@/api/types';
import styles from './AgentPanel.module.css';
import { REASONS } from './transfer';

interface TransferReasonsProps {
  readonly chosen: TransferReason | null;
  onChoose(reason: TransferReason | null): void;
}

/** One press says why, another takes it back; nobody has to say. */
export function TransferReasons({ chosen, onChoose }: TransferReasonsProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className={styles.reasons} role="group" aria-labelledby={id}>
      <p id={id} className={styles.title}>
        {t('desk.transfer.why')}
      </p>
      {REASONS.map((reason) => (
        <button
          key={reason}
          type="button"
          className={styles.reason}
          aria-pressed={chosen === reason}
          data-testid="transfer-reason"
          data-reason={reason}
          // The search keeps the focus, so that Enter goes on choosing the target.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(chosen === reason ? null : reason)}
        >
          {t(`desk.transfer.reason.${reason}`)}
        </button>
      ))}
    </div>
  );
}
