import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select, Switch } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { settings } from '@/api/settings';
import type { Device, DeviceWithPassword } from '@/api/types';
import { Beaten } from '@/parts/Beaten';
import { useFormat } from '@/parts/format';
import { useAgents } from '@/parts/settings';
import { toast } from '@/parts/toast';
import { useEdited } from '@/parts/useEdited';
import { useFaults } from '@/parts/useFaults';
import { Field } from '@/ui/Field';
import { Notice } from '@/ui/Notice';
import { DeviceStateMark, LockMark } from './DeviceStateMark';
import devices from './Devices.module.css';
import { DeviceRefused } from './DeviceRefused';
import styles from './Settings.module.css';
import { SiteSelect } from './SiteSelect';

interface Draft {
  readonly name: string;
  readonly username: string;
  readonly agent: string;
  readonly autoAnswer: boolean;
  readonly encryption: Device['encryption'];
  readonly site: string;
}

/** What can be typed, and nothing else: a phone that comes and goes changes none of it. */
const draftOf = (device: Device | null): Draft => ({
  name: device?.name ?? '',
  username: device?.username ?? '',
  agent: device?.agent_id ?? '',
  autoAnswer: device?.auto_answer ?? false,
  encryption: device?.encryption ?? 'when_offered',
  site: device?.site_id ?? '',
});

interface DeviceFormProps {
  readonly device: Device | null;
  readonly readOnly: boolean;
  onCreated(made: DeviceWithPassword): void;
  onDone(): void;
}

export function DeviceForm({ device, readOnly, onCreated, onDone }: DeviceFormProps) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const agents = useAgents().data?.items ?? [];
  const edited = useEdited(device, draftOf);
  const faults = useFaults(edited);
  const { set } = edited;
  const { name, username, agent, autoAnswer, encryption, site } = edited.draft;
  const [busy, setBusy] = useState(false);

  const save = async (): Promise<void> => {
    const shared = {
      name: name.trim(),
      agent_id: agent,
      auto_answer: autoAnswer,
      encryption,
      ...(site === '' ? {} : { site_id: site }),
    };
    if (device === null) {
      const made = await settings.createDevice({ ...shared, username: username.trim() });
      await cache.invalidateQueries({ queryKey: ['devices'] });
      onCreated(made);
      return;
    }
    await settings.changeDevice(device.id, { ...shared, version: edited.version });
    await cache.invalidateQueries({ queryKey: ['devices'] });
    toast.good(t('settings.saved'));
    onDone();
  };

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (edited.beaten) return;
    setBusy(true);
    faults.clear();
    save()
      .catch(faults.orBeaten(() => cache.invalidateQueries({ queryKey: ['devices'] })))
      .finally(() => setBusy(false));
  };

  return (
    <form className={styles.form} onSubmit={submit} data-testid="device-form" autoComplete="off">
      {faults.code === null ? null : (
        <Notice tone="alarm" urgent>
          {t(`errors.${faults.code}`)}
        </Notice>
      )}
      {device?.refused == null ? null : <DeviceRefused siteId={device.site_id} refused={device.refused} />}
      <div className={styles.group}>
        <h3>{t('devices.group_phone')}</h3>
        <Field label={t('devices.name')} hint={t('devices.name_hint')} error={faults.field('name')}>
          <Input
            value={name}
            required
            maxLength={60}
            disabled={readOnly}
            onChange={(event) => set({ name: event.target.value })}
          />
        </Field>
        <Field
          label={t('devices.username')}
          hint={device === null ? t('devices.username_hint') : t('settings.fixed')}
          error={faults.field('username')}
        >
          <Input
            value={username}
            required
            autoCapitalize="none"
            spellCheck={false}
            maxLength={40}
            disabled={readOnly || device !== null}
            onChange={(event) => set({ username: event.target.value })}
          />
        </Field>
        {device === null ? null : <Contacts device={device} />}
      </div>
      <div className={styles.group}>
        <h3>{t('devices.group_use')}</h3>
        <Field label={t('devices.agent')} error={faults.field('agent_id')} group>
          <Select<string>
            aria-label={t('devices.agent')}
            value={agent}
            disabled={readOnly}
            showSearch={{ optionFilterProp: 'label' }}
            options={[
              { value: '', label: t('devices.nobody') },
              ...agents.map((one) => ({ value: one.id, label: one.name })),
            ]}
            onChange={(one) => set({ agent: one })}
          />
        </Field>
        <SiteSelect
          value={site}
          hint={t('sites.device_hint')}
          error={faults.field('site_id')}
          disabled={readOnly}
          onChange={(one) => set({ site: one })}
        />
        <Field
          label={t('devices.auto_answer')}
          hint={t('devices.auto_answer_hint')}
          error={faults.field('auto_answer')}
          group
        >
          <span>
            <Switch
              aria-label={t('devices.auto_answer')}
              checked={autoAnswer}
              disabled={readOnly}
              onChange={(on) => set({ autoAnswer: on })}
            />
          </span>
        </Field>
      </div>
      <div className={styles.group}>
        <h3>{t('devices.group_encryption')}</h3>
        <Field
          label={t('devices.encryption')}
          hint={t(`devices.encryption_hint.${encryption}`)}
          error={faults.field('encryption')}
          group
        >
          <Select<Device['encryption']>
            aria-label={t('devices.encryption')}
            data-testid="device-encryption"
            value={encryption}
            disabled={readOnly}
            options={(['off', 'when_offered', 'required'] as const).map((value) => ({
              value,
              label: t(`devices.encryptions.${value}`),
            }))}
            onChange={(one) => set({ encryption: one })}
          />
        </Field>
      </div>
      <Beaten edited={edited} busy={busy} />
      {readOnly ? null : (
        <div className={styles.buttons}>
          <Button type="primary" htmlType="submit" loading={busy} disabled={edited.beaten} data-testid="device-save">
            {t('common.save')}
          </Button>
          <Button onClick={onDone}>{t('common.cancel')}</Button>
        </div>
      )}
    </form>
  );
}

function Contacts({ device }: { readonly device: Device }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={devices.contacts}>
      <DeviceStateMark state={device.state} />
      {device.contacts.length === 0 ? <span>{t('devices.never')}</span> : null}
      {device.contacts.map((contact) => (
        <span key={`${contact.transport}:${contact.address}`}>
          <LockMark contacts={[contact]} />
          {contact.transport}:{contact.address}
          <span className={devices.meta}>{contact.user_agent}</span>
          <span className={devices.meta}>{t('devices.expires', { time: format.duration(contact.expires_in_ms) })}</span>
        </span>
      ))}
    </div>
  );
}
