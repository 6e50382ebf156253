import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lists, type NumberCheck } from '@/api/lists';
import { readableNumber } from '@/lib/phone';
import { Vip } from '@/parts/Caller';
import { useAction } from '@/parts/useAction';
import { Field } from '@/ui/Field';
import { Icon } from '@/ui/icons';
import styles from './Lists.module.css';
import { named } from './named';
import { verdictOf } from './verdict';

/** Asks what would become of a call from a number now; an empty field is a number that is withheld. */
export function CheckNumber() {
  const { t } = useTranslation();
  const [number, setNumber] = useState('');
  const [checked, setChecked] = useState<{ readonly typed: string; readonly check: NumberCheck } | null>(null);
  const { busy, run } = useAction();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const typed = number.trim();
    run(async () => setChecked({ typed, check: await lists.check(typed) }));
  };
  return (
    <form className={`${styles.panel} ${styles.form}`} onSubmit={submit} data-testid="check-number">
      <h3>{t('lists.check.title')}</h3>
      <Field label={t('lists.check.number')} hint={t('lists.check.hint')}>
        <Input
          value={number}
          type="tel"
          maxLength={40}
          allowClear
          onChange={(event) => setNumber(event.target.value)}
          data-testid="check-input"
        />
      </Field>
      <Button htmlType="submit" loading={busy} className={styles.start} data-testid="check-go">
        {t('lists.check.go')}
      </Button>
      <div role="status">
        {checked === null ? (
          <p className={styles.quiet}>{t('lists.check.body')}</p>
        ) : (
          <Answer typed={checked.typed} check={checked.check} />
        )}
      </div>
    </form>
  );
}

function Answer({ typed, check }: { readonly typed: string; readonly check: NumberCheck }) {
  const { t, i18n } = useTranslation();
  const { tone, outcome, because, vip } = verdictOf(check);
  const { entry } = check;
  return (
    <div className={styles.answer} data-tone={tone} data-testid="check-answer" data-outcome={outcome}>
      <p className={styles.verdict}>
        <Icon name={tone === 'in' ? 'check' : 'close'} size={16} />
        <strong title={check.normalised}>{typed === '' ? t('common.withheld') : readableNumber(typed)}</strong>
        {vip ? <Vip /> : null}
        {t(`lists.check.outcome.${outcome}`)}
      </p>
      <p>
        {t(`lists.check.because.${because}`)}
        {vip && tone === 'in' ? t('lists.check.first') : null}
      </p>
      {entry === null ? null : (
        <p className={styles.quiet}>
          {t('lists.check.entry', {
            list: t(`lists.in.${entry.list}`),
            kind: t(`lists.kind_in.${entry.kind}`),
            value: named(entry, i18n.language),
          })}
          {entry.note === null ? null : ` · ${entry.note}`}
        </p>
      )}
    </div>
  );
}
