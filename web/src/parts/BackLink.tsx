import { Link } from 'react-router';
import { Icon } from '@/ui/icons';
import styles from './BackLink.module.css';

export function BackLink({ to, label }: { readonly to: string; readonly label: string }) {
  return (
    <Link to={to} className={styles.back} aria-label={label} title={label}>
      <Icon name="left" />
    </Link>
  );
}
