import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { QueryView } from '@/parts/QueryView';
import { useMay } from '@/parts/session';
import { useAgents, useQueues } from '@/parts/settings';
import { paths } from '@/paths';
import { Blank } from '@/ui/Blank';
import { Icon } from '@/ui/icons';
import table from '@/ui/table.module.css';
import { Section } from './Section';
import styles from './Settings.module.css';
import { SiteCell } from './SiteCell';
import { SupervisionView } from './SupervisionForm';
import { useSites } from '@/parts/useSites';

export function AgentsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayWrite = useMay('settings.write');
  const query = useAgents();
  const sites = useSites().data?.items ?? [];
  const queues = useQueues().data?.items ?? [];
  const create = mayWrite ? (
    <Button
      type="primary"
      icon={<Icon name="plus" size={16} />}
      onClick={() => void navigate(paths.settingsAgent('new'))}
    >
      {t('settings.agent.new')}
    </Button>
  ) : null;
  return (
    <Section title={t('settings.sections.agents')} action={create} readOnly={!mayWrite}>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Blank title={t('settings.agent.empty_title')} action={create}>
              {t('settings.agent.empty_body')}
            </Blank>
          ) : (
            <div className={table.scroll}>
              <table className={table.table}>
                <thead>
                  <tr>
                    <th className={styles.named}>{t('settings.agent.columns.name')}</th>
                    <th>{t('settings.agent.columns.extension')}</th>
                    <th className={styles.optional}>{t('settings.agent.columns.username')}</th>
                    <th>{t('settings.agent.columns.role')}</th>
                    {sites.length > 1 ? <th className={styles.optional}>{t('sites.one')}</th> : null}
                    <th className={styles.optional} style={{ width: '28%' }}>
                      {t('settings.agent.columns.queues')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((agent) => {
                    const served = agent.queue_ids
                      .map((id) => queues.find((one) => one.id === id)?.name ?? '')
                      .join(t('common.list.separator'));
                    return (
                      <tr key={agent.id} data-testid="agent-row">
                        <td title={agent.name}>
                          <Link className={table.cover} to={paths.settingsAgent(agent.id)}>
                            <strong>{agent.name}</strong>
                          </Link>
                          {agent.enabled ? null : <span className={styles.off}> {t('settings.agent.disabled')}</span>}
                        </td>
                        <td>{agent.extension}</td>
                        <td className={styles.optional}>{agent.username}</td>
                        <td>{t(`frame.me.role.${agent.role}`)}</td>
                        {sites.length > 1 ? <SiteCell sites={sites} id={agent.site_id} /> : null}
                        <td className={styles.optional} title={served}>
                          {served}
                        </td>
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            </div>
          )
        }
      </QueryView>
      <div className={styles.after}>
        <SupervisionView readOnly={!mayWrite} />
      </div>
    </Section>
  );
}
