import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { readableNumber } from '@/lib/phone';
import type { Faults } from '@/parts/useFaults';
import { Field } from '@/ui/Field';
import { AlarmField } from './AlarmField';
import { CapsFields } from './CapsFields';
import type { Draft } from './draft';
import fields from './Fields.module.css';
import styles from './Plan.module.css';
import { useChoices } from './useRuleWords';

interface AgentLimitsProps {
  readonly plan: Draft;
  readonly readOnly: boolean;
  readonly faults: Faults;
  onChange(plan: Draft): void;
}

/** What each agent may at most, and the number shown where a rule chooses none. */
export function AgentLimits({ plan, readOnly, faults, onChange }: AgentLimitsProps) {
  const { t } = useTranslation();
  const { numbers } = useChoices();
  return (
    <section aria-label={t('plan.limits')}>
      <header className={styles.heading}>
        <h3>{t('plan.limits')}</h3>
      </header>
      <div className={`${styles.list} ${styles.form}`}>
        <fieldset className={styles.part}>
          <legend>{t('plan.limits_caps')}</legend>
          <CapsFields
            caps={plan.agent_caps}
            readOnly={readOnly}
            error={faults.field('agent_caps')}
            onChange={(agent_caps) => onChange({ ...plan, agent_caps })}
          />
          <p className={styles.quiet}>{t('plan.limits_caps_hint')}</p>
          <AlarmField
            label={t('plan.limits_alarm')}
            alarm={plan.agent_alarm ?? null}
            readOnly={readOnly}
            error={faults.field('agent_alarm')}
            onChange={(agent_alarm) => onChange({ ...plan, agent_alarm })}
          />
        </fieldset>
      </div>
      <header className={`${styles.heading} ${styles.next}`}>
        <h3>{t('plan.shown')}</h3>
      </header>
      <div className={`${styles.list} ${styles.form}`}>
        <div className={fields.one}>
          <Field label={t('plan.usual')} hint={t('plan.usual_hint')} error={faults.field('number_id')} group>
            <Select<string>
              aria-label={t('plan.usual')}
              value={plan.number_id ?? ''}
              disabled={readOnly}
              options={[
                { value: '', label: t('plan.first_number') },
                ...numbers.map((one) => ({ value: one.id, label: `${readableNumber(one.number)} ${one.name}` })),
              ]}
              onChange={(id) => onChange({ ...plan, number_id: id === '' ? null : id })}
            />
          </Field>
        </div>
      </div>
    </section>
  );
}
