import { useTranslation } from 'react-i18next';
import type { SystemHealth } from '@/api/types';
import { Moment } from '@/parts/Times';
import table from '@/ui/table.module.css';
import styles from './System.module.css';

/** The carriers and when each was last heard. */
export function SystemTrunks({ trunks }: { readonly trunks: SystemHealth['trunks'] }) {
  const { t } = useTranslation();
  return (
    <section>
      <h3 className={styles.heading}>{t('settings.system.group.trunks')}</h3>
      {trunks.length === 0 ? (
        <p className={styles.empty}>{t('settings.system.trunk_empty')}</p>
      ) : (
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th>{t('settings.system.trunk.name')}</th>
                <th>{t('settings.system.trunk.heard')}</th>
                <th>{t('settings.system.trunk.state')}</th>
              </tr>
            </thead>
            <tbody>
              {trunks.map((trunk) => (
                <tr key={trunk.name}>
                  <td title={trunk.name}>
                    <strong>{trunk.name}</strong>
                  </td>
                  <td>
                    {trunk.heard_at_us == null ? t('settings.system.trunk.never') : <Moment atUs={trunk.heard_at_us} />}
                  </td>
                  <td className={trunk.silent ? styles.silent : ''}>
                    {trunk.silent ? t('settings.system.trunk.silent') : t('settings.system.trunk.normal')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
