import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { settings } from '@/api/settings';
import { readableNumber } from '@/lib/phone';
import { QueryView } from '@/parts/QueryView';
import { useMay } from '@/parts/session';
import { paths } from '@/paths';
import { Blank } from '@/ui/Blank';
import table from '@/ui/table.module.css';
import { NumberHours } from './hours/NumberHours';
import { NumberSite } from './NumberSite';
import { NumberNew } from './numbers/NumberNew';
import { Section } from './Section';
import styles from './Settings.module.css';
import { useFlows } from './useFlows';
import { useSites } from '@/parts/useSites';

export function NumbersPage() {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['numbers'], queryFn: () => settings.numbers() });
  const mayWrite = useMay('settings.write');
  const sites = useSites().data?.items ?? [];
  const many = sites.length > 1;
  // With a column more there is no room for the name on a narrow screen.
  const aside = many ? styles.optional : undefined;
  const flows = useFlows().data?.items ?? [];
  const create = mayWrite ? <NumberNew /> : null;
  return (
    <Section title={t('settings.sections.numbers')} action={create} readOnly={!mayWrite}>
      <QueryView query={query} rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <Blank title={t('numbers.empty_title')} action={create}>
              {t('numbers.empty_body')}
            </Blank>
          ) : (
            <div className={table.scroll}>
              <table className={table.table}>
                <thead>
                  <tr>
                    <th className={styles.digits}>{t('settings.number.columns.number')}</th>
                    <th className={aside}>{t('settings.number.columns.name')}</th>
                    <th className={styles.optional}>{t('settings.number.columns.flow')}</th>
                    <th>{t('hours.of_number')}</th>
                    {many ? <th>{t('sites.one')}</th> : null}
                    <th className={styles.optional}>{t('settings.number.columns.language')}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((number) => (
                    <tr key={number.id}>
                      <td>
                        <Link to={paths.settingsNumber(number.id)} data-testid="number-row">
                          <strong>{readableNumber(number.number)}</strong>
                        </Link>
                      </td>
                      <td className={aside} title={number.name}>
                        {number.name}
                      </td>
                      <td className={styles.optional}>
                        <Link to={paths.settingsFlow(number.flow_id)}>
                          {flows.find((flow) => flow.id === number.flow_id)?.name ?? number.flow_id}
                        </Link>
                      </td>
                      <td>
                        <NumberHours number={number} readOnly={!mayWrite} />
                      </td>
                      {many ? (
                        <td>
                          <NumberSite number={number} all={sites} readOnly={!mayWrite} />
                        </td>
                      ) : null}
                      <td className={styles.optional}>{t(`common.language.${number.language}`)}</td>
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
