import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, InputNumber, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lists, type ScreeningPolicy } from '@/api/lists';
import { Phrase } from '@/parts/Phrase';
import { QueryView } from '@/parts/QueryView';
import { toast } from '@/parts/toast';
import { type Faults, useFaults } from '@/parts/useFaults';
import { Notice } from '@/ui/Notice';
import { useFlows } from '../useFlows';
import styles from './Lists.module.css';

const POLICY = ['screening-policy'];

type Action = 'accept' | 'refuse' | 'flow';

/** What is done about blocked, withheld and nuisance calls. */
export function PolicyView({ readOnly }: { readonly readOnly: boolean }) {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: POLICY, queryFn: () => lists.policy() });
  return (
    <section aria-label={t('lists.policy.title')}>
      <h3 className={styles.heading}>{t('lists.policy.title')}</h3>
      <QueryView query={query} rows={3} rowHeight={48}>
        {(policy) => <PolicyForm kept={policy} readOnly={readOnly} />}
      </QueryView>
    </section>
  );
}

function PolicyForm({ kept, readOnly }: { readonly kept: ScreeningPolicy; readonly readOnly: boolean }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const faults = useFaults();
  const [policy, setPolicy] = useState(kept);
  const [busy, setBusy] = useState(false);
  const { block, anonymous, nuisance } = policy;
  const dirty = JSON.stringify({ ...policy, version: 0 }) !== JSON.stringify({ ...kept, version: 0 });
  const put = (more: Partial<ScreeningPolicy>): void => setPolicy((now) => ({ ...now, ...more }));
  const save = async (): Promise<void> => {
    const after = await lists.changePolicy(policy);
    cache.setQueryData(POLICY, after);
    setPolicy(after);
    toast.good(t('settings.saved'));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setBusy(true);
    faults.clear();
    save()
      .catch(faults.take)
      .finally(() => setBusy(false));
  };
  /** What is newer is read, and what was typed goes over it with the next save. */
  const again = (): void => {
    void cache.fetchQuery({ queryKey: POLICY, queryFn: () => lists.policy(), staleTime: 0 }).then((newest) => {
      faults.clear();
      put({ version: newest.version });
    }, faults.take);
  };
  return (
    <form className={`${styles.panel} ${styles.form}`} onSubmit={submit} data-testid="policy-form">
      {faults.code === null || faults.code === 'validation' ? null : (
        <Notice
          tone="alarm"
          urgent
          action={
            faults.code === 'conflict' ? (
              <Button size="small" onClick={again}>
                {t('lists.policy.again')}
              </Button>
            ) : undefined
          }
        >
          {faults.code === 'conflict' ? t('lists.policy.conflict') : t(`errors.${faults.code}`)}
        </Notice>
      )}
      <Way
        text={t('lists.policy.block')}
        name="block"
        choices={['refuse', 'flow']}
        way={block}
        readOnly={readOnly}
        faults={faults}
        onChange={(way) => put({ block: way })}
      />
      <Way
        text={t('lists.policy.anonymous')}
        name="anonymous"
        choices={['accept', 'refuse', 'flow']}
        way={anonymous}
        readOnly={readOnly}
        faults={faults}
        onChange={(way) => put({ anonymous: way })}
      />
      <div className={styles.nuisance}>
        <Checkbox
          checked={nuisance.on}
          disabled={readOnly}
          onChange={(event) => put({ nuisance: { ...nuisance, on: event.target.checked } })}
          data-testid="nuisance-on"
        >
          {t('lists.policy.nuisance')}
        </Checkbox>
        {nuisance.on ? (
          <Nuisance
            nuisance={nuisance}
            readOnly={readOnly}
            faults={faults}
            onChange={(more) => put({ nuisance: { ...nuisance, ...more } })}
          />
        ) : (
          <p className={styles.quiet}>{t('lists.policy.nuisance_off')}</p>
        )}
      </div>
      <p className={styles.quiet}>{t('lists.policy.order')}</p>
      {readOnly ? null : (
        <div className={styles.buttons}>
          <Button type="primary" htmlType="submit" disabled={!dirty} loading={busy} data-testid="policy-save">
            {t('common.save')}
          </Button>
          {dirty ? (
            <Button
              disabled={busy}
              onClick={() => {
                faults.clear();
                setPolicy(kept);
              }}
            >
              {t('lists.policy.discard')}
            </Button>
          ) : null}
        </div>
      )}
    </form>
  );
}

interface WayProps<A extends Action> {
  readonly text: string;
  readonly name: 'block' | 'anonymous' | 'nuisance';
  readonly choices: readonly A[];
  readonly way: { readonly action: A; readonly flow_id: string | null };
  readonly readOnly: boolean;
  readonly faults: Faults;
  readonly more?: Readonly<Record<string, React.ReactNode>>;
  onChange(way: { action: A; flow_id: string | null }): void;
}

/** A sentence that ends in what is done, and through which flow. */
function Way<A extends Action>({ text, name, choices, way, readOnly, faults, more = {}, onChange }: WayProps<A>) {
  const { t } = useTranslation();
  const flows = useFlows().data?.items ?? [];
  const fault = faults.field(`${name}.flow_id`);
  return (
    <div className={styles.way}>
      <Phrase
        text={text}
        parts={{
          ...more,
          action: (
            <>
              <Select<A>
                aria-label={t(`lists.policy.action_of.${name}`)}
                value={way.action}
                disabled={readOnly}
                className={styles.action}
                options={choices.map((action) => ({ value: action, label: t(`lists.policy.action.${action}`) }))}
                onChange={(action) =>
                  onChange({ action, flow_id: action === 'flow' ? (way.flow_id ?? flows[0]?.id ?? null) : null })
                }
                data-testid={`policy-${name}`}
              />
              {way.action === 'flow' ? (
                <Select<string>
                  aria-label={t('lists.policy.flow')}
                  value={way.flow_id}
                  disabled={readOnly}
                  className={styles.flow}
                  status={fault === undefined ? '' : 'error'}
                  placeholder={t('lists.policy.flow')}
                  options={flows.map(({ id, name: label }) => ({ value: id, label }))}
                  onChange={(flow_id) => onChange({ ...way, flow_id })}
                />
              ) : null}
            </>
          ),
        }}
      />
      {fault === undefined ? null : (
        <span className={styles.error} role="alert">
          {fault}
        </span>
      )}
    </div>
  );
}

type Nuisance = ScreeningPolicy['nuisance'];
const LIMITS = { within_minutes: [1, 60], calls: [2, 100], shorter_than_s: [1, 60], for_minutes: [1, 1440] } as const;

interface NuisanceProps {
  readonly nuisance: Nuisance;
  readonly readOnly: boolean;
  readonly faults: Faults;
  onChange(more: Partial<Nuisance>): void;
}

function Nuisance({ nuisance, readOnly, faults, onChange }: NuisanceProps) {
  const { t } = useTranslation();
  const count = (name: keyof typeof LIMITS) => (
    <InputNumber<number>
      key={name}
      aria-label={t(`lists.policy.field.${name}`)}
      className={styles.few}
      value={nuisance[name]}
      min={LIMITS[name][0]}
      max={LIMITS[name][1]}
      precision={0}
      disabled={readOnly}
      status={faults.field(`nuisance.${name}`) === undefined ? '' : 'error'}
      onChange={(value) => value !== null && onChange({ [name]: value })}
    />
  );
  return (
    <Way
      text={t('lists.policy.nuisance_when')}
      name="nuisance"
      choices={['refuse', 'flow']}
      way={nuisance}
      readOnly={readOnly}
      faults={faults}
      more={{
        within: count('within_minutes'),
        calls: count('calls'),
        shorter: count('shorter_than_s'),
        lasts: count('for_minutes'),
      }}
      onChange={({ action, flow_id }) => onChange({ action, flow_id })}
    />
  );
}
