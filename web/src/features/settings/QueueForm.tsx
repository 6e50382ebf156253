import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, InputNumber } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { settings } from '@/api/settings';
import type { RecordingRule } from '@/api/recording-policy';
import type { Queue } from '@/api/types';
import { useAgents, useSkills } from '@/parts/settings';
import { useFaults } from '@/parts/useFaults';
import { paths } from '@/paths';
import { Field } from '@/ui/Field';
import { Notice } from '@/ui/Notice';
import { PickMany } from './PickMany';
import { QueueRecording } from './QueueRecording';
import { EraseQuestion } from './recording/EraseQuestion';
import { type Days, daysOfQueue, shortenedTo } from './recording/retention';
import { useRetention } from './recording/useRetention';
import { SecondsInput } from './SecondsInput';
import styles from './Settings.module.css';
import { toast } from '@/parts/toast';

interface Draft {
  readonly name: string;
  readonly skill_ids: readonly string[];
  readonly agent_ids: readonly string[];
  readonly ring_timeout_ms: number | null;
  readonly wrap_up_ms: number | null;
  readonly wait_max_ms: number | null;
  readonly waiting_max: number | null;
  readonly service_level_target_ms: number | null;
  readonly recording: RecordingRule;
  readonly retention_days: Days;
}

const FRESH: Draft = {
  name: '',
  skill_ids: [],
  agent_ids: [],
  ring_timeout_ms: 20_000,
  wrap_up_ms: 60_000,
  wait_max_ms: null,
  waiting_max: null,
  service_level_target_ms: 20_000,
  recording: { mode: 'all', share_percent: null },
  retention_days: null,
};

const draftOf = (queue: Queue): Draft => ({
  ...queue,
  wait_max_ms: queue.wait_max_ms ?? null,
  waiting_max: queue.waiting_max ?? null,
  retention_days: queue.retention_days ?? null,
});

interface QueueFormProps {
  readonly queue: Queue | null;
  readonly readOnly: boolean;
}

export function QueueForm({ queue, readOnly }: QueueFormProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const faults = useFaults();
  const agents = useAgents().data?.items ?? [];
  const skills = useSkills().data?.items ?? [];
  const [draft, setDraft] = useState<Draft>(queue === null ? FRESH : draftOf(queue));
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const retention = useRetention();
  const tenantDays = retention.data?.recordings_days ?? null;
  const kept = queue === null ? null : daysOfQueue(queue.retention_days, tenantDays);
  const lost = queue === null ? null : shortenedTo(kept, daysOfQueue(draft.retention_days, tenantDays));
  // Until it is known how long the centre keeps recordings, nobody can say whether other days erase some.
  const unsure =
    queue !== null && retention.data === undefined && draft.retention_days !== (queue.retention_days ?? null);
  const set = (change: Partial<Draft>): void => {
    setAsking(false);
    setDraft((now) => ({ ...now, ...change }));
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
    };
    if (queue === null) await settings.createQueue(body);
    // In a change no limit is said with a zero, where nothing means as it was.
    else
      await settings.changeQueue(queue.id, {
        ...body,
        wait_max_ms: body.wait_max_ms ?? 0,
        waiting_max: body.waiting_max ?? 0,
        version: queue.version,
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
      .catch(faults.take)
      .finally(() => setBusy(false));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (unsure) return;
    if (lost !== null && !asking) setAsking(true);
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
        <div className={styles.wide}>
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
        </div>
      </div>
      <Times draft={draft} readOnly={readOnly} faults={faults} onChange={set} />
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
      {asking && lost !== null ? (
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
      {readOnly || asking ? null : (
        <div className={styles.buttons}>
          <Button type="primary" htmlType="submit" loading={busy} disabled={unsure} data-testid="queue-save">
            {t('common.save')}
          </Button>
          <Button onClick={() => void navigate(paths.settingsQueues)}>{t('common.cancel')}</Button>
        </div>
      )}
    </form>
  );
}

interface TimesProps {
  readonly draft: Draft;
  readonly readOnly: boolean;
  readonly faults: ReturnType<typeof useFaults>;
  onChange(change: Partial<Draft>): void;
}

/** Limits of the server, in seconds. */
const TIMES = [
  { name: 'ring_timeout_ms', words: 'ring_timeout', min: 1, max: 300 },
  { name: 'wrap_up_ms', words: 'wrap_up', min: 0, max: 3_600 },
  { name: 'wait_max_ms', words: 'wait_max', min: 5, max: 86_400 },
  { name: 'service_level_target_ms', words: 'target', min: 1, max: 3_600 },
] as const;

function Times({ draft, readOnly, faults, onChange }: TimesProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.group}>
      <h3>{t('settings.queue.group_times')}</h3>
      {TIMES.map(({ name, words, min, max }) => (
        <Field
          key={name}
          label={t(`settings.queue.${words}`)}
          hint={t(`settings.queue.${words}_hint`)}
          error={faults.field(name)}
          group
        >
          <SecondsInput
            label={t(`settings.queue.${words}`)}
            ms={draft[name]}
            min={min}
            max={max}
            disabled={readOnly}
            onChange={(ms) => onChange({ [name]: ms })}
          />
        </Field>
      ))}
      <Field
        label={t('settings.queue.waiting_max')}
        hint={t('settings.queue.waiting_max_hint')}
        error={faults.field('waiting_max')}
        group
      >
        <InputNumber
          aria-label={t('settings.queue.waiting_max')}
          value={draft.waiting_max}
          min={1}
          max={2_000}
          precision={0}
          disabled={readOnly}
          style={{ width: '100%' }}
          onChange={(waiting_max) => onChange({ waiting_max })}
          data-testid="queue-waiting-max"
        />
      </Field>
    </div>
  );
}
