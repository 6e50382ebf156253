import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { QueryView } from '@/parts/QueryView';
import { paths } from '@/paths';
import table from '@/ui/table.module.css';
import { Section } from './Section';
import styles from './Settings.module.css';
import { useFlows } from './useFlows';

export function FlowsPage() {
  const { t } = useTranslation();
  const query = useFlows();
  return (
    <Section title={t('settings.sections.flows')} readOnly>
      <QueryView query={query} rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.empty}>{t('settings.flow.empty')}</p>
          ) : (
            <div className={table.scroll}>
              <table className={table.table}>
                <thead>
                  <tr>
                    <th style={{ width: '50%' }}>{t('settings.flow.columns.name')}</th>
                    <th className={table.number}>{t('settings.flow.columns.version')}</th>
                    <th className={table.number}>{t('settings.flow.columns.nodes')}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((flow) => (
                    <tr key={flow.id}>
                      <td title={flow.name}>
                        <Link className={table.cover} to={paths.settingsFlow(flow.id)}>
                          <strong>{flow.name}</strong>
                        </Link>
                      </td>
                      <td className={table.number}>{flow.version}</td>
                      <td className={table.number}>{flow.nodes}</td>
                    </tr>
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
