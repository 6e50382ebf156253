import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useFormat } from '@/parts/format';
import { QueryView } from '@/parts/QueryView';
import { useMay } from '@/parts/session';
import { useQueues, useSkills } from '@/parts/settings';
import { paths } from '@/paths';
import { Blank } from '@/ui/Blank';
import { Icon } from '@/ui/icons';
import table from '@/ui/table.module.css';
import { Section } from './Section';
import styles from './Settings.module.css';
import { SiteCell } from './SiteCell';
import { useSites } from '@/parts/useSites';

export function QueuesPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const mayWrite = useMay('settings.write');
  const query = useQueues();
  const sites = useSites().data?.items ?? [];
  const skills = useSkills().data?.items ?? [];
  const create = mayWrite ? (
    <Button
      type="primary"
      icon={<Icon name="plus" size={16} />}
      onClick={() => void navigate(paths.settingsQueue('new'))}
    >
      {t('settings.queue.new')}
    </Button>
  ) : null;
  return (
    <Section title={t('settings.sections.queues')} action={create} readOnly={!mayWrite}>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Blank title={t('settings.queue.empty_title')} action={create}>
              {t('settings.queue.empty_body')}
            </Blank>
          ) : (
            <div className={table.scroll}>
              <table className={table.table}>
                <thead>
                  <tr>
                    <th className={styles.named}>{t('settings.queue.columns.name')}</th>
                    {sites.length > 1 ? <th className={styles.optional}>{t('sites.one')}</th> : null}
                    <th className={table.number}>{t('settings.queue.columns.agents')}</th>
                    <th className={styles.optional}>{t('settings.queue.columns.skills')}</th>
                    <th className={table.number}>{t('settings.queue.columns.ring')}</th>
                    <th className={`${table.number} ${styles.optional}`}>{t('settings.queue.columns.wrap_up')}</th>
                    <th className={`${table.number} ${styles.optional}`}>{t('settings.queue.columns.target')}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((queue) => (
                    <tr key={queue.id} data-testid="queue-row">
                      <td title={queue.name}>
                        <Link className={table.cover} to={paths.settingsQueue(queue.id)}>
                          <strong>{queue.name}</strong>
                        </Link>
                      </td>
                      {sites.length > 1 ? <SiteCell sites={sites} id={queue.site_id} /> : null}
                      <td className={table.number}>{queue.agent_ids.length}</td>
                      <td className={styles.optional}>
                        {queue.skill_ids
                          .map((id) => skills.find((one) => one.id === id)?.name ?? '')
                          .join(t('common.list.separator'))}
                      </td>
                      <td className={table.number}>{format.duration(queue.ring_timeout_ms)}</td>
                      <td className={`${table.number} ${styles.optional}`}>{format.duration(queue.wrap_up_ms)}</td>
                      <td className={`${table.number} ${styles.optional}`}>
                        {format.duration(queue.service_level_target_ms)}
                      </td>
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
