import { useTranslation } from 'react-i18next';
import type { SystemHealth } from '@/api/types';
import { Moment } from '@/parts/Times';
import table from '@/ui/table.module.css';
import styles from './System.module.css';

/** The carriers: when each was last heard, which of its addresses answer, and whether it has us registered. */
export function SystemTrunks({ trunks }: { readonly trunks: SystemHealth['trunks'] }) {
  const { t } = useTranslation();
  return (
    <section>
      <h3 className={styles.heading}>{t('settings.system.group.trunks')}</h3>
      {trunks.length === 0 ? (
        <p className={styles.empty}>{t('settings.system.trunk_empty')}</p>
      ) : (
        <div className={table.scroll}>
          <table className={`${table.table} ${styles.trunks}`}>
            <thead>
              <tr>
                <th>{t('settings.system.trunk.name')}</th>
                <th>{t('settings.system.trunk.heard')}</th>
                <th>{t('settings.system.trunk.state')}</th>
                <th>{t('settings.system.trunk.addresses')}</th>
                <th>{t('settings.system.trunk.registration')}</th>
              </tr>
            </thead>
            <tbody>
              {trunks.map((trunk) => (
                <tr key={trunk.name} data-testid="system-trunk">
                  <td title={trunk.name}>
                    <strong>{trunk.name}</strong>
                  </td>
                  <td data-label={t('settings.system.trunk.heard')}>
                    {trunk.heard_at_us == null ? t('settings.system.trunk.never') : <Moment atUs={trunk.heard_at_us} />}
                  </td>
                  <td data-label={t('settings.system.trunk.state')} className={trunk.silent ? styles.silent : ''}>
                    {trunk.silent ? t('settings.system.trunk.silent') : t('settings.system.trunk.normal')}
                    {trunk.no_codec == null ? null : (
                      <div>{t('settings.system.trunk.no_codec', { count: trunk.no_codec })}</div>
                    )}
                  </td>
                  <td data-label={t('settings.system.trunk.addresses')} className={styles.called}>
                    <Addresses addresses={trunk.addresses ?? []} />
                  </td>
                  <Registration registration={trunk.registration} />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

type Trunk = SystemHealth['trunks'][number];

/** Where calls to the carrier go, the best first, each with whether it answers. */
function Addresses({ addresses }: { readonly addresses: NonNullable<Trunk['addresses']> }) {
  const { t } = useTranslation();
  if (addresses.length === 0) return <>–</>;
  return (
    <ul className={styles.addresses}>
      {addresses.map(({ address, reach }) => (
        <li key={address} className={reach === 'down' ? styles.silent : ''} title={address}>
          {address} {t(`settings.system.trunk.reach.${reach ?? 'unasked'}`)}
        </li>
      ))}
    </ul>
  );
}

function Registration({ registration }: { readonly registration: Trunk['registration'] }) {
  const { t } = useTranslation();
  const isBad = registration === 'refused' || registration === 'unreachable';
  return (
    <td
      data-label={t('settings.system.trunk.registration')}
      className={isBad ? styles.silent : ''}
      data-testid="system-trunk-registration"
      data-state={registration ?? 'none'}
    >
      {t(`settings.system.trunk.registered.${registration ?? 'none'}`)}
    </td>
  );
}
