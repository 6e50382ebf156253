import { useTranslation } from 'react-i18next';
import type { MeState } from '@/api/types';
import { ParkedList } from '@/parts/parked/ParkedList';
import { PopoverControl } from '@/parts/PopoverControl';
import { Icon } from '@/ui/icons';
import styles from './ParkedControl.module.css';

/** Who is parked, on every page. It has its place when nobody is, so that nothing moves when somebody comes. */
export function ParkedControl({ me }: { readonly me: MeState | null }) {
  const { t } = useTranslation();
  const count = me?.parked.length ?? 0;
  const name = count === 0 ? t('desk.parked.none') : t('desk.parked.open', { count });
  return (
    <PopoverControl
      may={count > 0}
      hint={name}
      narrow="sheet"
      type="text"
      className={styles.button}
      aria-label={name}
      icon={
        <>
          <Icon name="park" size={16} />
          {count === 0 ? null : <span className={styles.count}>{count}</span>}
        </>
      }
      data-testid="parked-open"
      data-count={count}
      content={() =>
        me === null ? null : (
          <div
            className={styles.panel}
            role="dialog"
            aria-label={t('desk.parked.title')}
            tabIndex={-1}
            data-first
            data-testid="parked-panel"
          >
            <h2 className={styles.title}>{t('desk.parked.title')}</h2>
            <ParkedList me={me} />
          </div>
        )
      }
    />
  );
}
