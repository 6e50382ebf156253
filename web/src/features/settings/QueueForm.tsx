import { useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { settings } from '@/api/settings';
import type { Queue } from '@/api/types';
import { Beaten } from '@/parts/Beaten';
import { useAgents, useSkills } from '@/parts/settings';
import { useEdited } from '@/parts/useEdited';
import { useFaults } from '@/parts/useFaults';
import { paths } from '@/paths';
import { Field } from '@/ui/Field';
import { Notice } from '@/ui/Notice';
import { PickMany } from './PickMany';
import { draftOf, type QueueDraft } from './queueDraft';
import { QueueRecording } from './QueueRecording';
import { QueueTimes } from './QueueTimes';
import { EraseQuestion } from './recording/EraseQuestion';
import { daysOfQueue, shortenedTo } from './recording/retention';
import { useRetention } from './recording/useRetention';
import { SiteSelect } from './SiteSelect';
import styles from './Settings.module.css';
import { toast } from '@/parts/toast';

interface QueueFormProps {
  readonly queue: Queue | null;
  readonly readOnly: boolean;
}

export function QueueForm({ queue, readOnly }: QueueFormProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const agents = useAgents().data?.items ?? [];
  const skills = useSkills().data?.items ?? [];
  const edited = useEdited(queue, draftOf);
  const faults = useFaults(edited);
  const { draft } = edited;
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const retention = useRetention();
  const tenantDays = retention.data?.recordings_days ?? null;
  const kept = queue === null ? null : daysOfQueue(queue.retention_days, tenantDays);
  const lost = queue === null ? null : shortenedTo(kept, daysOfQueue(draft.retention_days, tenantDays));
  // Whose change is to stay is asked first.
  const shown = asking && lost !== null && !edited.beaten;
  // Until it is known how long the centre keeps recordings, nobody can say whether other days erase some.
  const unsure =
    queue !== null && retention.data === undefined && draft.retention_days !== (queue.retention_days ?? null);
  const set = (change: Partial<QueueDraft>): void => {
    setAsking(false);
    edited.set(change);
  };

  const save = async (): Promise<void> => {
    const body = {
      name: draft.name.trim(),
      skill_ids: [...draft.skill_ids],
      agent_ids: [...draft.agent_ids],
      ring_timeout_ms: draft.ring_timeout_ms,
      wrap_up_ms: draft.wrap_up_ms,
      wait_max_ms: draft.wait_max_ms,
      waiting_max: draft.waiting_max,
      service_level_target_ms: draft.service_level_target_ms,
      recording: draft.recording,
      retention_days: draft.retention_days,
      ...(draft.site_id === '' ? {} : { site_id: draft.site_id }),
    };
    if (queue === null) await settings.createQueue(body);
    // In a change no limit is said with a zero, where nothing means as it was.
    else
      await settings.changeQueue(queue.id, {
        ...body,
        wait_max_ms: body.wait_max_ms ?? 0,
        waiting_max: body.waiting_max ?? 0,
        // A team belongs to its site.
        ...(draft.site_id === queue.site_id ? {} : { team_id: '' }),
        version: edited.version,
      });
    await cache.invalidateQueries({ queryKey: ['queues'] });
    await cache.invalidateQueries({ queryKey: ['agents'] });
    toast.good(queue === null ? t('settings.created') : t('settings.saved'));
    void navigate(paths.settingsQueues);
  };

  const send = (): void => {
    setAsking(false);
    setBusy(true);
    faults.clear();
    save()
      .catch(faults.orBeaten(() => cache.invalidateQueries({ queryKey: ['queues'] })))
      .finally(() => setBusy(false));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (unsure || edited.beaten) return;
    if (lost !== null && !shown) setAsking(true);
    else send();
  };

  return (
    <form className={styles.form} onSubmit={submit} data-testid="queue-form">
      {faults.code === null ? null : (
        <Notice tone="alarm" urgent>
          {t(`errors.${faults.code}`)}
        </Notice>
      )}
      <div className={styles.group}>
        <h3>{t('settings.queue.group_basic')}</h3>
        <Field label={t('settings.queue.name')} error={faults.field('name')}>
          <Input
            value={draft.name}
            required
            maxLength={60}
            disabled={readOnly}
            onChange={(event) => set({ name: event.target.value })}
            data-testid="queue-name"
          />
        </Field>
        <SiteSelect
          value={draft.site_id}
          hint={t('sites.queue_hint')}
          error={faults.field('site_id')}
          disabled={readOnly}
          onChange={(site_id) => set({ site_id })}
        />
      </div>
      <QueueTimes draft={draft} readOnly={readOnly} faults={faults} onChange={set} />
      <div className={styles.group}>
        <h3>{t('settings.queue.group_people')}</h3>
        <div className={styles.wide}>
          <Field
            label={t('settings.queue.skills')}
            hint={t('settings.queue.skills_hint')}
            error={faults.field('skill_ids')}
            group
          >
            <PickMany
              label={t('settings.queue.skills')}
              value={draft.skill_ids}
              items={skills}
              disabled={readOnly}
              onChange={(skill_ids) => set({ skill_ids })}
            />
          </Field>
        </div>
        <div className={styles.wide}>
          <Field label={t('settings.queue.agents')} error={faults.field('agent_ids')} group>
            <PickMany
              label={t('settings.queue.agents')}
              value={draft.agent_ids}
              items={agents.map((agent) => ({ id: agent.id, name: `${agent.name} ${agent.extension}` }))}
              disabled={readOnly}
              onChange={(agent_ids) => set({ agent_ids })}
            />
          </Field>
        </div>
      </div>
      <QueueRecording
        rule={draft.recording}
        days={draft.retention_days}
        readOnly={readOnly}
        faults={faults}
        onRule={(recording) => set({ recording })}
        onDays={(retention_days) => set({ retention_days })}
      />
      {shown ? (
        <EraseQuestion
          losses={[{ what: 'queue', days: lost }]}
          busy={busy}
          onYes={send}
          onNo={() => setAsking(false)}
        />
      ) : null}
      {unsure && retention.isError ? (
        <Notice
          tone="alarm"
          urgent
          action={
            <Button size="small" onClick={() => void retention.refetch()}>
              {t('common.retry')}
            </Button>
          }
        >
          {t('settings.queue.retention_unknown')}
        </Notice>
      ) : null}
      <Beaten edited={edited} busy={busy} />
      {readOnly || shown ? null : (
        <div className={styles.buttons}>
          <Button
            type="primary"
            htmlType="submit"
            loading={busy}
            disabled={unsure || edited.beaten}
            data-testid="queue-save"
          >
            {t('common.save')}
          </Button>
          <Button onClick={() => void navigate(paths.settingsQueues)}>{t('common.cancel')}</Button>
        </div>
      )}
    </form>
  );
}
