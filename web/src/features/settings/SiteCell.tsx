import type { Site } from '@/api/sites';
import styles from './Settings.module.css';

/** The site of a row, by its name; there is no room for it on a narrow screen. */
export function SiteCell({ sites, id }: { readonly sites: readonly Site[]; readonly id: string }) {
  const name = sites.find((site) => site.id === id)?.name;
  return (
    <td className={styles.optional} title={name}>
      {name}
    </td>
  );
}
