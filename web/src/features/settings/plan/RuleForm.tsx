import { Button, Checkbox, Input, InputNumber, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PlanRule, PlanTrunk, ShownNumber } from '@/api/outbound';
import { readableNumber } from '@/lib/phone';
import { Phrase } from '@/parts/Phrase';
import { Field } from '@/ui/Field';
import { Icon } from '@/ui/icons';
import { PickMany } from '../PickMany';
import { AlarmField } from './AlarmField';
import { CapsFields } from './CapsFields';
import fields from './Fields.module.css';
import styles from './Plan.module.css';
import { useChoices } from './useRuleWords';

const ROLES = ['agent', 'supervisor', 'administrator'] as const;
const SHOWN: readonly ShownNumber[] = ['usual', 'fixed', 'dialled', 'site', 'withheld'];

interface RuleFormProps {
  readonly rule: PlanRule;
  readonly trunks: readonly PlanTrunk[];
  readonly readOnly: boolean;
  readonly first: boolean;
  readonly last: boolean;
  /** The words for a field of this rule, when the server found fault with it. */
  fault(name: string): string | undefined;
  onChange(change: Partial<PlanRule>): void;
  onMove(by: number): void;
  onRemove(): void;
  onDone(): void;
}

/** One rule: which numbers, for whom, and how they are called. */
export function RuleForm(props: RuleFormProps) {
  const { rule, readOnly, fault, onChange, first, last } = props;
  const { t } = useTranslation();
  return (
    <div className={styles.form} data-testid="rule-form">
      <div className={fields.grid}>
        <Field label={t('plan.rule.says')} group>
          <Segmented<PlanRule['says']>
            className={styles.add}
            aria-label={t('plan.rule.says')}
            value={rule.says}
            disabled={readOnly}
            options={(['allow', 'deny'] as const).map((says) => ({ value: says, label: t(`plan.says.${says}`) }))}
            onChange={(says) => onChange({ says })}
          />
        </Field>
        <Field label={t('plan.rule.name')} hint={t('plan.rule.name_hint')} error={fault('name')}>
          <Input
            value={rule.name}
            maxLength={100}
            disabled={readOnly}
            autoFocus={rule.name === '' && rule.prefixes.length === 0}
            onChange={(event) => onChange({ name: event.target.value })}
            data-testid="rule-name"
          />
        </Field>
        <div className={fields.wide}>
          <Field
            label={t('plan.rule.prefixes')}
            hint={t('plan.rule.prefixes_hint')}
            error={faultOfList(rule.prefixes, fault)}
            group
          >
            <Select<string[]>
              mode="tags"
              aria-label={t('plan.rule.prefixes')}
              value={rule.prefixes}
              disabled={readOnly}
              open={false}
              suffixIcon={null}
              status={fault('prefixes') === undefined ? '' : 'error'}
              tokenSeparators={[' ', ',', '，', '、', ';', '；', '\n']}
              style={{ width: '100%' }}
              onChange={(prefixes) => onChange({ prefixes })}
              data-testid="rule-prefixes"
            />
          </Field>
        </div>
      </div>
      <Whom {...props} />
      {rule.says === 'deny' ? null : <Way {...props} />}
      <div className={styles.buttons}>
        <Button onClick={props.onDone}>{t('plan.rule.done')}</Button>
        {readOnly ? null : (
          <>
            <Button
              disabled={first}
              onClick={() => props.onMove(-1)}
              icon={<Icon name="chevron" size={16} />}
              className={styles.up}
            >
              {t('plan.rule.up')}
            </Button>
            <Button disabled={last} onClick={() => props.onMove(1)} icon={<Icon name="chevron" size={16} />}>
              {t('plan.rule.down')}
            </Button>
            <Button danger className={styles.remove} onClick={props.onRemove} data-testid="rule-remove">
              {t('plan.rule.remove')}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

/** Names the beginning the server found fault with: there may be many. */
function faultOfList(prefixes: readonly string[], fault: RuleFormProps['fault']): string | undefined {
  const at = prefixes.findIndex((_, n) => fault(`prefixes.${n}`) !== undefined);
  const words = fault('prefixes');
  return at === -1 || words === undefined ? words : `${prefixes[at] ?? ''} · ${words}`;
}

function Whom({ rule, readOnly, fault, onChange }: RuleFormProps) {
  const { t } = useTranslation();
  const { agents, teams } = useChoices();
  const { whom } = rule;
  const roles = ROLES.map((role) => ({ id: role, name: t(`frame.me.role.${role}`) }));
  const put = (more: Partial<PlanRule['whom']>): void => onChange({ whom: { ...whom, ...more } });
  return (
    <fieldset className={styles.part}>
      <legend>{t('plan.rule.whom')}</legend>
      <p className={styles.quiet}>{t('plan.rule.whom_hint')}</p>
      <div className={fields.thirds}>
        <Field label={t('plan.rule.roles')} error={fault('whom.roles')} group>
          <PickMany
            label={t('plan.rule.roles')}
            value={whom.roles}
            items={roles}
            disabled={readOnly}
            onChange={(ids) => put({ roles: ROLES.filter((role) => ids.includes(role)) })}
          />
        </Field>
        {teams.length === 0 ? null : (
          <Field label={t('plan.rule.teams')} error={fault('whom.team_ids')} group>
            <PickMany
              label={t('plan.rule.teams')}
              value={whom.team_ids}
              items={teams}
              disabled={readOnly}
              onChange={(team_ids) => put({ team_ids })}
            />
          </Field>
        )}
        <Field label={t('plan.rule.agents')} error={fault('whom.agent_ids')} group>
          <PickMany
            label={t('plan.rule.agents')}
            value={whom.agent_ids}
            items={agents}
            disabled={readOnly}
            onChange={(agent_ids) => put({ agent_ids })}
          />
        </Field>
      </div>
    </fieldset>
  );
}

function Way({ rule, trunks, readOnly, fault, onChange }: RuleFormProps) {
  const { t } = useTranslation();
  const { numbers } = useChoices();
  const minutes = rule.talk_per_day_s == null ? null : Math.round(rule.talk_per_day_s / 60);
  return (
    <>
      <fieldset className={styles.part}>
        <legend>{t('plan.rule.way')}</legend>
        <div className={fields.grid}>
          <Field label={t('plan.rule.trunks')} hint={t('plan.rule.trunks_hint')} error={fault('trunk_ids')} group>
            <PickMany
              label={t('plan.rule.trunks')}
              value={rule.trunk_ids}
              items={trunks.map(({ trunk_id, name }) => ({
                id: trunk_id,
                name: name === '' ? t('story.some_trunk') : name,
              }))}
              disabled={readOnly}
              onChange={(trunk_ids) => onChange({ trunk_ids })}
            />
          </Field>
          <Field label={t('plan.rule.shown')} error={fault('shown')} group>
            <Select<ShownNumber>
              aria-label={t('plan.rule.shown')}
              value={rule.shown}
              disabled={readOnly}
              options={SHOWN.map((shown) => ({ value: shown, label: t(`plan.rule.shown_as.${shown}`) }))}
              onChange={(shown) => onChange({ shown })}
            />
          </Field>
          {rule.shown !== 'fixed' ? null : (
            <Field label={t('plan.rule.number')} error={fault('number_id')} group>
              <Select<string>
                aria-label={t('plan.rule.number')}
                value={rule.number_id ?? null}
                disabled={readOnly}
                options={numbers.map((one) => ({ value: one.id, label: `${readableNumber(one.number)} ${one.name}` }))}
                onChange={(number_id) => onChange({ number_id })}
              />
            </Field>
          )}
        </div>
      </fieldset>
      <fieldset className={styles.part}>
        <legend>{t('plan.rule.limits')}</legend>
        <CapsFields caps={rule.caps} readOnly={readOnly} error={fault('caps')} onChange={(caps) => onChange({ caps })}>
          <Phrase
            text={t('plan.rule.talk')}
            parts={{
              minutes: (
                <InputNumber<number>
                  aria-label={t('plan.minutes')}
                  className={fields.count}
                  value={minutes}
                  min={1}
                  max={144_000}
                  precision={0}
                  placeholder={t('plan.unlimited')}
                  disabled={readOnly}
                  onChange={(value) => onChange({ talk_per_day_s: value === null ? null : value * 60 })}
                />
              ),
            }}
          />
        </CapsFields>
        <p className={styles.quiet}>{fault('talk_per_day_s') ?? t('plan.rule.limits_hint')}</p>
      </fieldset>
      <fieldset className={styles.part}>
        <legend>{t('plan.rule.guard')}</legend>
        <Checkbox
          checked={rule.watched}
          disabled={readOnly}
          onChange={(event) => onChange({ watched: event.target.checked })}
          data-testid="rule-watched"
        >
          {t('plan.rule.watched')}
        </Checkbox>
        <AlarmField
          label={t('plan.rule.alarm')}
          alarm={rule.alarm ?? null}
          readOnly={readOnly}
          error={fault('alarm')}
          onChange={(alarm) => onChange({ alarm })}
        />
      </fieldset>
    </>
  );
}
