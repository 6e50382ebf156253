import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select, Switch } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { settings } from '@/api/settings';
import type { Agent, ReachCode, Role } from '@/api/types';
import { Beaten } from '@/parts/Beaten';
import { useMay } from '@/parts/session';
import { useQueues, useSkills } from '@/parts/settings';
import { useEdited } from '@/parts/useEdited';
import { useFaults } from '@/parts/useFaults';
import { paths } from '@/paths';
import { Field } from '@/ui/Field';
import { Notice } from '@/ui/Notice';
import { PickMany } from './PickMany';
import { PlaceFields } from './PlaceFields';
import styles from './Settings.module.css';
import { toast } from '@/parts/toast';

const ROLES: readonly Role[] = ['agent', 'supervisor', 'administrator'];

interface Draft {
  readonly username: string;
  readonly password: string;
  readonly name: string;
  readonly extension: string;
  readonly role: Role;
  readonly queue_ids: readonly string[];
  readonly skill_ids: readonly string[];
  readonly enabled: boolean;
  /** None until one is chosen: the server puts a new agent where it thinks fit. */
  readonly site_id: string;
  readonly reach: ReachCode;
}

const FRESH: Draft = {
  username: '',
  password: '',
  name: '',
  extension: '',
  role: 'agent',
  queue_ids: [],
  skill_ids: [],
  enabled: true,
  site_id: '',
  reach: 'tenant',
};

/** What can be typed, and nothing else. */
function draftOf(agent: Agent | null): Draft {
  if (agent === null) return FRESH;
  const { username, name, extension, role, queue_ids, skill_ids, enabled, site_id, reach } = agent;
  return { username, password: '', name, extension, role, queue_ids, skill_ids, enabled, site_id, reach };
}

interface AgentFormProps {
  readonly agent: Agent | null;
  readonly readOnly: boolean;
}

export function AgentForm({ agent, readOnly }: AgentFormProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const edited = useEdited(agent, draftOf);
  const faults = useFaults(edited);
  const { draft, set } = edited;
  const [busy, setBusy] = useState(false);
  const mayUsers = useMay('users.write');

  const save = async (): Promise<void> => {
    // Whoever runs the centre sees all of it.
    const reach = draft.role === 'administrator' ? 'tenant' : draft.reach;
    const shared = {
      name: draft.name.trim(),
      extension: draft.extension.trim(),
      queue_ids: [...draft.queue_ids],
      skill_ids: [...draft.skill_ids],
      ...(draft.site_id === '' ? {} : { site_id: draft.site_id }),
      ...(mayUsers && reach !== (agent?.reach ?? 'tenant') ? { reach } : {}),
    };
    if (agent === null) {
      const account = { username: draft.username.trim(), password: draft.password };
      await settings.createAgent({ ...shared, ...account, ...(mayUsers ? { role: draft.role } : {}) });
    } else {
      const account = mayUsers
        ? { role: draft.role, enabled: draft.enabled, ...(draft.password === '' ? {} : { password: draft.password }) }
        : {};
      // A team belongs to its site.
      const place = draft.site_id === agent.site_id ? {} : { team_id: '' };
      await settings.changeAgent(agent.id, { ...shared, ...place, ...account, version: edited.version });
    }
    await cache.invalidateQueries({ queryKey: ['agents'] });
    await cache.invalidateQueries({ queryKey: ['queues'] });
    toast.good(agent === null ? t('settings.created') : t('settings.saved'));
    void navigate(paths.settingsAgents);
  };

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (edited.beaten) return;
    setBusy(true);
    faults.clear();
    save()
      .catch(faults.orBeaten(() => cache.invalidateQueries({ queryKey: ['agents'] })))
      .finally(() => setBusy(false));
  };

  return (
    <form className={styles.form} onSubmit={submit} data-testid="agent-form" autoComplete="off">
      {faults.code === null ? null : (
        <Notice tone="alarm" urgent>
          {t(`errors.${faults.code}`)}
        </Notice>
      )}
      <div className={styles.group}>
        <h3>{t('settings.agent.group_account')}</h3>
        <Field label={t('settings.agent.name')} error={faults.field('name')}>
          <Input
            value={draft.name}
            required
            maxLength={60}
            disabled={readOnly}
            onChange={(event) => set({ name: event.target.value })}
          />
        </Field>
        <Field label={t('settings.agent.extension')} error={faults.field('extension')}>
          <Input
            value={draft.extension}
            required
            inputMode="numeric"
            maxLength={8}
            disabled={readOnly}
            onChange={(event) => set({ extension: event.target.value })}
          />
        </Field>
        <Field
          label={t('settings.agent.username')}
          hint={agent === null ? t('settings.agent.username_hint') : t('settings.fixed')}
          error={faults.field('username')}
        >
          <Input
            value={draft.username}
            required
            autoCapitalize="none"
            spellCheck={false}
            maxLength={40}
            disabled={readOnly || agent !== null}
            onChange={(event) => set({ username: event.target.value })}
          />
        </Field>
        {agent === null || mayUsers ? (
          <Field
            label={agent === null ? t('settings.agent.password') : t('settings.agent.new_password')}
            hint={agent === null ? t('settings.agent.password_hint') : t('settings.agent.new_password_hint')}
            error={faults.field('password')}
          >
            <Input
              type="password"
              autoComplete="new-password"
              value={draft.password}
              required={agent === null}
              maxLength={128}
              disabled={readOnly}
              onChange={(event) => set({ password: event.target.value })}
            />
          </Field>
        ) : null}
        <Field label={t('settings.agent.role')} error={faults.field('role')} group>
          <Select<Role>
            aria-label={t('settings.agent.role')}
            value={draft.role}
            disabled={readOnly || !mayUsers}
            options={ROLES.map((role) => ({ value: role, label: t(`frame.me.role.${role}`) }))}
            onChange={(role) => set({ role })}
          />
        </Field>
        {agent === null ? null : (
          <Field label={t('settings.agent.enabled')} error={faults.field('enabled')} group>
            <span>
              <Switch
                aria-label={t('settings.agent.enabled')}
                checked={draft.enabled}
                disabled={readOnly || !mayUsers}
                onChange={(enabled) => set({ enabled })}
              />
            </span>
          </Field>
        )}
      </div>
      <PlaceFields
        siteId={draft.site_id}
        reach={draft.role === 'administrator' ? null : draft.reach}
        readOnly={readOnly}
        mayReach={mayUsers}
        faults={faults}
        onSite={(site_id) => set({ site_id })}
        onReach={(reach) => set({ reach })}
      />
      <Work draft={draft} readOnly={readOnly} faults={faults} onChange={set} />
      <Beaten edited={edited} busy={busy} />
      {readOnly ? null : (
        <div className={styles.buttons}>
          <Button type="primary" htmlType="submit" loading={busy} disabled={edited.beaten} data-testid="agent-save">
            {t('common.save')}
          </Button>
          <Button onClick={() => void navigate(paths.settingsAgents)}>{t('common.cancel')}</Button>
        </div>
      )}
    </form>
  );
}

interface WorkProps {
  readonly draft: Draft;
  readonly readOnly: boolean;
  readonly faults: ReturnType<typeof useFaults>;
  onChange(change: Partial<Draft>): void;
}

function Work({ draft, readOnly, faults, onChange }: WorkProps) {
  const { t } = useTranslation();
  const queues = useQueues().data?.items ?? [];
  const skills = useSkills().data?.items ?? [];
  return (
    <div className={styles.group}>
      <h3>{t('settings.agent.group_work')}</h3>
      <div className={styles.wide}>
        <Field label={t('settings.agent.queues')} error={faults.field('queue_ids')} group>
          <PickMany
            label={t('settings.agent.queues')}
            value={draft.queue_ids}
            items={queues}
            disabled={readOnly}
            onChange={(queue_ids) => onChange({ queue_ids })}
          />
        </Field>
      </div>
      <div className={styles.wide}>
        <Field label={t('settings.agent.skills')} error={faults.field('skill_ids')} group>
          <PickMany
            label={t('settings.agent.skills')}
            value={draft.skill_ids}
            items={skills}
            disabled={readOnly}
            onChange={(skill_ids) => onChange({ skill_ids })}
          />
        </Field>
      </div>
    </div>
  );
}
