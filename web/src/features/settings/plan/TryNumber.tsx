import { Button, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { outbound, type PlanTrial } from '@/api/outbound';
import { readableNumber } from '@/lib/phone';
import { useSession } from '@/parts/session';
import { useAction } from '@/parts/useAction';
import { Field } from '@/ui/Field';
import { Icon } from '@/ui/icons';
import { told } from './answer';
import { type Draft, wantedOf } from './draft';
import styles from './Plan.module.css';
import answer from './TryNumber.module.css';
import { useChoices } from './useRuleWords';

interface TryNumberProps {
  readonly plan: Draft;
  readonly dirty: boolean;
  onOpenRule(id: string): void;
}

interface Tried {
  readonly trial: PlanTrial;
  readonly number: string;
  readonly plan: Draft;
  readonly unsaved: boolean;
}

/** Asks whether a number may be called by the plan as it stands here, saved or not, without calling it. */
export function TryNumber({ plan, dirty, onOpenRule }: TryNumberProps) {
  const { t } = useTranslation();
  const { agents } = useChoices();
  const own = useSession().me.user.agent_id;
  const [number, setNumber] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [tried, setTried] = useState<Tried | null>(null);
  const { busy, run } = useAction();
  const agent = chosen ?? agents.find((one) => one.id === own)?.id ?? agents[0]?.id ?? null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (agent === null || number.trim() === '') return;
    run(async () => {
      const trial = await outbound.attempt(number.trim(), agent, dirty ? wantedOf(plan) : undefined);
      setTried({ trial, number: number.trim(), plan, unsaved: dirty });
    });
  };
  return (
    <form className={styles.panel} onSubmit={submit} aria-label={t('plan.try.title')} data-testid="try-number">
      <h3>{t('plan.try.title')}</h3>
      <Field label={t('plan.try.number')}>
        <Input
          value={number}
          type="tel"
          maxLength={40}
          allowClear
          placeholder={t('plan.try.placeholder')}
          onChange={(event) => setNumber(event.target.value)}
          data-testid="try-input"
        />
      </Field>
      <Field label={t('plan.try.agent')} group>
        <Select<string>
          aria-label={t('plan.try.agent')}
          value={agent}
          showSearch={{ optionFilterProp: 'label' }}
          options={agents.map(({ id, name, extension }) => ({ value: id, label: `${name} ${extension}` }))}
          onChange={setChosen}
        />
      </Field>
      <Button
        htmlType="submit"
        loading={busy}
        disabled={number.trim() === '' || agent === null}
        className={styles.add}
        data-testid="try-go"
      >
        {t('plan.try.go')}
      </Button>
      <div role="status">
        {tried === null ? (
          <p className={answer.quiet}>{t('plan.try.body')}</p>
        ) : (
          <Answer tried={tried} stale={tried.plan !== plan} plan={plan} onOpenRule={onOpenRule} />
        )}
      </div>
    </form>
  );
}

interface AnswerProps {
  readonly tried: Tried;
  readonly stale: boolean;
  readonly plan: Draft;
  onOpenRule(id: string): void;
}

function Answer({ tried, stale, plan, onOpenRule }: AnswerProps) {
  const { t } = useTranslation();
  const { trial, number, unsaved } = tried;
  // A rule that is not saved yet has no id for the server.
  const rule = plan.rules.find(({ id, name }) =>
    trial.rule?.id === '' ? name.trim() === trial.rule.name : id === trial.rule?.id,
  );
  const name = rule === undefined || rule.name === '' ? t('plan.unnamed') : rule.name;
  return (
    <div className={answer.answer} data-allowed={trial.allowed} data-stale={stale} data-testid="try-answer">
      <p className={answer.verdict}>
        <Icon name={trial.allowed ? 'check' : 'close'} size={16} />
        <strong>{readableNumber(number)}</strong>
        {trial.allowed ? t('plan.try.allowed') : t('plan.try.denied')}
      </p>
      <p>
        {told(trial, t('plan.unnamed'), readableNumber).map(({ key, names, why }, n) => {
          const words = { ...names, why: why === undefined ? '' : t(`story.block.${why}`) };
          return (
            <span key={n} data-key={key}>
              {t(`plan.try.${key}` as 'plan.try.passed', words as { trunk: string; why: string })}
            </span>
          );
        })}
      </p>
      {rule === undefined ? null : (
        <Button type="link" size="small" className={answer.link} onClick={() => onOpenRule(rule.id)}>
          {t('plan.try.open', { rule: name })}
        </Button>
      )}
      {stale ? (
        <p className={answer.quiet}>{t('plan.try.stale')}</p>
      ) : unsaved ? (
        <p className={answer.quiet}>{t('plan.try.unsaved')}</p>
      ) : null}
    </div>
  );
}
