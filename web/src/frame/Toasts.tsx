import { useStore } from '@/parts/live';
import { toasts } from '@/parts/toast';
import { Icon } from '@/ui/icons';
import styles from './Toasts.module.css';

const ICONS = { good: 'check', bad: 'alert', note: 'info' } as const;

export function Toasts() {
  const shown = useStore(toasts);
  return (
    <div className={styles.toasts} role="status" aria-live="polite">
      {shown.map((one) => (
        <div key={one.id} className={styles.toast} data-tone={one.tone} data-testid="toast">
          <Icon name={ICONS[one.tone]} size={16} />
          {one.text}
        </div>
      ))}
    </div>
  );
}
