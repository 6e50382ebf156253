import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { DeviceWithPassword } from '@/api/types';
import { BackLink } from '@/parts/BackLink';
import { QueryView } from '@/parts/QueryView';
import { useMay } from '@/parts/session';
import { paths } from '@/paths';
import { Blank } from '@/ui/Blank';
import { DeviceForm } from './DeviceForm';
import { DeviceMore } from './DeviceMore';
import { DevicePassword } from './DevicePassword';
import { Section } from './Section';
import { useDevices } from './useDevices';

export function DevicePage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const navigate = useNavigate();
  const mayWrite = useMay('settings.write');
  const query = useDevices();
  const [fresh, setFresh] = useState<DeviceWithPassword | null>(null);
  const list = (): void => void navigate(paths.settingsDevices);
  const back = (
    <BackLink to={paths.settingsDevices} label={t('settings.back_to', { section: t('settings.sections.devices') })} />
  );
  if (fresh !== null) {
    return (
      <Section title={fresh.device.name} before={back}>
        <DevicePassword made={fresh} onDone={list} />
      </Section>
    );
  }
  if (id === 'new') {
    return (
      <Section title={t('devices.new')} before={back}>
        <DeviceForm device={null} readOnly={!mayWrite} onCreated={setFresh} onDone={list} />
      </Section>
    );
  }
  return (
    <QueryView query={query} rows={6} rowHeight={48}>
      {({ items }) => {
        const device = items.find((one) => one.id === id);
        if (device === undefined) return <Blank title={t('errors.not_found')} action={back} />;
        return (
          <Section title={device.name} before={back} readOnly={!mayWrite}>
            <DeviceForm key={device.id} device={device} readOnly={!mayWrite} onCreated={setFresh} onDone={list} />
            {mayWrite ? <DeviceMore device={device} onReset={setFresh} onRemoved={list} /> : null}
          </Section>
        );
      }}
    </QueryView>
  );
}
