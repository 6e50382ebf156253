import { InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ScreeningPolicy } from '@/api/lists';
import { Phrase } from '@/parts/Phrase';
import type { Faults } from '@/parts/useFaults';
import { useFlows } from '../useFlows';
import styles from './Lists.module.css';

type Action = 'accept' | 'refuse' | 'end' | 'flow';

interface WayProps<A extends Action> {
  readonly text: string;
  readonly name: 'block' | 'anonymous' | 'nuisance' | 'dead_air';
  readonly choices: readonly A[];
  readonly way: { readonly action: A; readonly flow_id: string | null };
  readonly readOnly: boolean;
  readonly faults: Faults;
  readonly more?: Readonly<Record<string, React.ReactNode>>;
  onChange(way: { action: A; flow_id: string | null }): void;
}

/** A sentence that ends in what is done, and through which flow. */
export function Way<A extends Action>({
  text,
  name,
  choices,
  way,
  readOnly,
  faults,
  more = {},
  onChange,
}: WayProps<A>) {
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

/** How many short calls in which time are too many. */
export function Nuisance({ nuisance, readOnly, faults, onChange }: NuisanceProps) {
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

type DeadAir = ScreeningPolicy['dead_air'];

interface DeadAirProps {
  readonly rule: DeadAir;
  readonly readOnly: boolean;
  readonly faults: Faults;
  onChange(more: Partial<DeadAir>): void;
}

/** How long a caller may be silent. */
export function DeadAir({ rule, readOnly, faults, onChange }: DeadAirProps) {
  const { t } = useTranslation();
  const after = (
    <InputNumber<number>
      aria-label={t('lists.policy.field.after_s')}
      className={styles.few}
      value={rule.after_s}
      min={10}
      max={120}
      precision={0}
      disabled={readOnly}
      status={faults.field('dead_air.after_s') === undefined ? '' : 'error'}
      onChange={(after_s) => after_s !== null && onChange({ after_s })}
      data-testid="dead-air-after"
    />
  );
  return (
    <Way
      text={t('lists.policy.dead_air_when')}
      name="dead_air"
      choices={['end', 'flow']}
      way={rule}
      readOnly={readOnly}
      faults={faults}
      more={{ after }}
      onChange={({ action, flow_id }) => onChange({ action, flow_id })}
    />
  );
}
