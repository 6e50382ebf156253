import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PlanRule, PlanTrunk } from '@/api/outbound';
import type { Faults } from '@/parts/useFaults';
import { Blank } from '@/ui/Blank';
import { Icon } from '@/ui/icons';
import { type Draft, freshRule, moved, withRule } from './draft';
import styles from './Plan.module.css';
import { RuleForm } from './RuleForm';
import { useRuleWords } from './useRuleWords';

const CHIPS_MAX = 10;

interface RuleListProps {
  readonly plan: Draft;
  readonly open: string | null;
  readonly readOnly: boolean;
  readonly faults: Faults;
  onToggle(id: string): void;
  onChange(plan: Draft): void;
}

/** Every rule in two lines; the one that is opened shows its form below. */
export function RuleList({ plan, open, readOnly, faults, onToggle, onChange }: RuleListProps) {
  const { t } = useTranslation();
  const { rules, trunks } = plan;
  // Faults name a rule by its place, which is another one now.
  const put = (next: readonly PlanRule[]): void => {
    faults.clear();
    onChange({ ...plan, rules: [...next] });
  };
  const add = (): void => {
    const rule = freshRule(rules, trunks);
    put([...rules, rule]);
    onToggle(rule.id);
  };
  const button = readOnly ? undefined : (
    <Button icon={<Icon name="plus" size={16} />} onClick={add} data-testid="rule-new">
      {t('plan.add')}
    </Button>
  );
  return (
    <section aria-label={t('plan.rules')}>
      <header className={styles.heading}>
        <h3>{t('plan.rules')}</h3>
        {rules.length === 0 ? null : button}
      </header>
      {rules.length === 0 ? (
        <div className={styles.list}>
          <Blank title={t('plan.rules_empty_title')} action={button}>
            {t('plan.rules_empty_body')}
          </Blank>
        </div>
      ) : (
        <ol className={styles.list}>
          {rules.map((rule, n) => (
            <li
              key={rule.id}
              id={`rule-${rule.id}`}
              className={styles.item}
              data-testid="plan-rule"
              data-says={rule.says}
            >
              <RuleRow
                rule={rule}
                trunks={trunks}
                open={open === rule.id}
                faulty={faults.field(`rules.${n}`) !== undefined}
                onToggle={() => onToggle(rule.id)}
              />
              {open === rule.id ? (
                <RuleForm
                  rule={rule}
                  trunks={trunks}
                  readOnly={readOnly}
                  fault={(name) => faults.field(`rules.${n}.${name}`)}
                  onChange={(more) => onChange(withRule(plan, rule.id, more))}
                  onMove={(by) => put(moved(rules, n, by))}
                  onRemove={() => put(rules.filter(({ id }) => id !== rule.id))}
                  onDone={() => onToggle(rule.id)}
                  first={n === 0}
                  last={n === rules.length - 1}
                />
              ) : null}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

interface RuleRowProps {
  readonly rule: PlanRule;
  readonly trunks: readonly PlanTrunk[];
  readonly open: boolean;
  readonly faulty: boolean;
  onToggle(): void;
}

function RuleRow({ rule, trunks, open, faulty, onToggle }: RuleRowProps) {
  const { t } = useTranslation();
  const { words, wrong } = useRuleWords(rule, trunks);
  const rest = rule.prefixes.length - CHIPS_MAX;
  return (
    <button type="button" className={styles.row} aria-expanded={open} onClick={onToggle} data-testid="rule-open">
      <span className={styles.says} data-says={rule.says}>
        <Icon name={rule.says === 'allow' ? 'check' : 'close'} size={14} />
        {t(`plan.says.${rule.says}`)}
      </span>
      <span className={styles.what}>
        <strong title={rule.name}>{rule.name === '' ? t('plan.unnamed') : rule.name}</strong>
        <span className={styles.chips}>
          {rule.prefixes.slice(0, CHIPS_MAX).map((one) => (
            <span key={one} className={styles.chip}>
              {one}
            </span>
          ))}
          {rest > 0 ? <span className={styles.quiet}>{t('plan.more', { count: rest })}</span> : null}
        </span>
        {faulty || wrong !== null ? (
          <span className={styles.wrong}>
            <Icon name="alert" size={14} />
            {faulty ? t('plan.wrong') : wrong}
          </span>
        ) : null}
      </span>
      <span className={styles.words}>{words.join(' · ')}</span>
      <span className={styles.chevron} data-open={open}>
        <Icon name="chevron" size={16} />
      </span>
    </button>
  );
}
