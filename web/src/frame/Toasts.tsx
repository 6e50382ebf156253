import { useStore } from '@/parts/live';
import { toasts } from '@/parts/toast';
import { Icon } from '@/ui/icons';
import styles from './Toasts.module.css';

export function Toasts() {
  const shown = useStore(toasts);
  return (
    <div className={styles.toasts} role="status" aria-live="polite">
      {shown.map((one) => (
        <div key={one.id} className={styles.toast} data-tone={one.tone} data-testid="toast">
          <Icon name={one.tone === 'good' ? 'check' : 'alert'} size={16} />
          {one.text}
        </div>
      ))}
    </div>
  );
}
