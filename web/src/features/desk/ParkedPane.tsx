import { useTranslation } from 'react-i18next';
import type { MeState } from '@/api/types';
import { ParkedList } from '@/parts/parked/ParkedList';
import styles from './ParkedPane.module.css';

/** Below the tools, where nothing has to move when a customer is parked. */
export function ParkedPane({ me }: { readonly me: MeState | null }) {
  const { t } = useTranslation();
  if (me === null || me.parked.length === 0) return null;
  return (
    <div className={styles.pane} role="region" aria-label={t('desk.parked.title')} data-testid="parked-pane">
      <h2 className={styles.title}>
        {t('desk.parked.title')}
        <span className={styles.count}>{me.parked.length}</span>
      </h2>
      <ParkedList me={me} />
    </div>
  );
}
