import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Site } from '@/api/sites';
import { QueryView } from '@/parts/QueryView';
import { useMay } from '@/parts/session';
import { paths } from '@/paths';
import { Blank } from '@/ui/Blank';
import { Icon } from '@/ui/icons';
import table from '@/ui/table.module.css';
import { Section } from '../Section';
import shared from '../Settings.module.css';
import { useSites } from '@/parts/useSites';
import styles from './Sites.module.css';

/** The places the centre is at. */
export function SitesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayWrite = useMay('settings.write');
  const query = useSites();
  const create = mayWrite ? (
    <Button
      type="primary"
      icon={<Icon name="plus" size={16} />}
      onClick={() => void navigate(paths.settingsSite('new'))}
      data-testid="site-new"
    >
      {t('sites.new')}
    </Button>
  ) : null;
  return (
    <Section title={t('settings.sections.sites')} action={create} readOnly={!mayWrite}>
      <p className={styles.lead}>{t('sites.lead')}</p>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Blank title={t('sites.empty_title')} action={create}>
              {t('sites.empty_body')}
            </Blank>
          ) : (
            <div className={table.scroll}>
              <table className={table.table}>
                <thead>
                  <tr>
                    <th className={styles.name}>{t('sites.columns.name')}</th>
                    <th className={shared.optional}>{t('sites.columns.ranges')}</th>
                    <th className={`${table.number} ${styles.limit}`}>{t('sites.columns.calls_max')}</th>
                    <th className={`${table.number} ${styles.count}`}>{t('sites.columns.devices')}</th>
                    <th className={`${table.number} ${styles.count}`}>{t('sites.columns.users')}</th>
                    <th className={`${table.number} ${styles.count} ${shared.optional}`}>
                      {t('sites.columns.numbers')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((site) => (
                    <Row key={site.id} site={site} />
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </QueryView>
    </Section>
  );
}

function Row({ site }: { readonly site: Site }) {
  const { t } = useTranslation();
  const ranges = site.address_ranges.join(t('common.list.separator'));
  return (
    <tr data-testid="site-row">
      <td title={site.name}>
        <Link className={table.cover} to={paths.settingsSite(site.id)}>
          <strong>{site.name}</strong>
        </Link>
      </td>
      <td className={shared.optional} title={ranges}>
        {ranges === '' ? <span className={table.quiet}>{t('sites.anywhere')}</span> : ranges}
      </td>
      <td className={table.number}>{site.calls_max ?? <span className={table.quiet}>{t('sites.unlimited')}</span>}</td>
      <td className={table.number}>{site.devices}</td>
      <td className={table.number}>{site.users}</td>
      <td className={`${table.number} ${shared.optional}`}>{site.numbers}</td>
    </tr>
  );
}
