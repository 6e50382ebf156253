import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { QueryView } from '@/parts/QueryView';
import { useMay } from '@/parts/session';
import { useAgents } from '@/parts/settings';
import { paths } from '@/paths';
import { Blank } from '@/ui/Blank';
import { Icon } from '@/ui/icons';
import table from '@/ui/table.module.css';
import { RefusedMark } from './DeviceRefused';
import { DeviceStateMark, LockMark } from './DeviceStateMark';
import { Section } from './Section';
import devices from './Devices.module.css';
import styles from './Settings.module.css';
import { useDevices } from './useDevices';
import { useSites } from '@/parts/useSites';

/** SIP phones, and whether each could be rung at this moment. */
export function DevicesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayWrite = useMay('settings.write');
  const query = useDevices();
  const agents = useAgents().data?.items ?? [];
  const sites = useSites().data?.items ?? [];
  const many = sites.length > 1;
  const create = mayWrite ? (
    <Button
      type="primary"
      icon={<Icon name="plus" size={16} />}
      onClick={() => void navigate(paths.settingsDevice('new'))}
      data-testid="device-new"
    >
      {t('devices.new')}
    </Button>
  ) : null;
  return (
    <Section title={t('settings.sections.devices')} action={create} readOnly={!mayWrite}>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Blank title={t('devices.empty_title')} action={create}>
              {t('devices.empty_body')}
            </Blank>
          ) : (
            <div className={table.scroll}>
              <table className={table.table}>
                <thead>
                  <tr>
                    <th className={devices.called}>{t('devices.columns.name')}</th>
                    <th className={devices.standing}>{t('devices.columns.state')}</th>
                    <th>{t('devices.columns.agent')}</th>
                    {many ? <th className={styles.optional}>{t('sites.one')}</th> : null}
                    <th className={styles.optional}>{t('devices.columns.username')}</th>
                    <th className={styles.optional}>{t('devices.columns.address')}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((device) => (
                    <tr key={device.id} data-testid="device-row">
                      <td title={device.name}>
                        <Link className={table.cover} to={paths.settingsDevice(device.id)}>
                          <strong>{device.name}</strong>
                        </Link>
                      </td>
                      <td className={devices.standing}>
                        <DeviceStateMark state={device.state} /> <LockMark contacts={device.contacts} />{' '}
                        {device.refused == null ? null : (
                          <RefusedMark siteId={device.site_id} refused={device.refused} />
                        )}
                      </td>
                      <td>{agents.find((agent) => agent.id === device.agent_id)?.name ?? t('devices.nobody')}</td>
                      {many ? (
                        <td className={styles.optional}>{sites.find(({ id }) => id === device.site_id)?.name}</td>
                      ) : null}
                      <td className={styles.optional}>{device.username}</td>
                      <td className={styles.optional} title={device.contacts[0]?.user_agent}>
                        {device.contacts[0]?.address}
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
