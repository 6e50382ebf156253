import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { numbers } from '@/api/numbers';
import type { FlowSummary, NewNumber, PhoneNumber } from '@/api/types';
import { Beaten } from '@/parts/Beaten';
import { toast } from '@/parts/toast';
import { useEdited } from '@/parts/useEdited';
import { useFaults } from '@/parts/useFaults';
import { Field } from '@/ui/Field';
import { Notice } from '@/ui/Notice';
import styles from '../Settings.module.css';
import { draftOf, newNumber } from './draft';
import { NumberPlace } from './NumberPlace';

const LANGUAGES = ['zh', 'en'] as const;
const ANSWERS = ['at_once', 'with_agent'] as const;

interface NumberFormProps {
  readonly number: PhoneNumber | null;
  readonly flows: readonly FlowSummary[];
  /** What a new number begins in. */
  readonly language: NewNumber['language'];
  readonly readOnly: boolean;
  onDone(): void;
}

/** Which digits are answered, by which flow, in which language, and when. */
export function NumberForm({ number, flows, language, readOnly, onDone }: NumberFormProps) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const edited = useEdited(number, (kept) => draftOf(kept, flows[0]?.id ?? '', language));
  const faults = useFaults(edited);
  const { draft, set } = edited;
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    const { name, flow_id, language: spoken, answer } = draft;
    if (number === null) await numbers.create(newNumber(draft));
    else await numbers.change(number.id, { name, flow_id, language: spoken, answer, version: edited.version });
    await cache.invalidateQueries({ queryKey: ['numbers'] });
    await cache.invalidateQueries({ queryKey: ['sites'] });
    toast.good(number === null ? t('settings.created') : t('settings.saved'));
    onDone();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (edited.beaten) return;
    setBusy(true);
    faults.clear();
    save()
      .catch(faults.orBeaten(() => cache.invalidateQueries({ queryKey: ['numbers'] })))
      .finally(() => setBusy(false));
  };
  const options = flows.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <form className={styles.form} onSubmit={submit} data-testid="number-form" autoComplete="off">
      {faults.code === null ? null : (
        <Notice tone="alarm" urgent>
          {t(`errors.${faults.code}`)}
        </Notice>
      )}
      {flows.length === 0 ? <Notice tone="warn">{t('numbers.no_flows')}</Notice> : null}
      <div className={styles.group}>
        <Field
          label={t('numbers.number')}
          hint={number === null ? t('numbers.number_hint') : t('numbers.number_fixed')}
          error={faults.field('number')}
        >
          <Input
            value={draft.number}
            required
            maxLength={60}
            inputMode="tel"
            autoFocus={number === null}
            disabled={readOnly || number !== null}
            onChange={(event) => set({ number: event.target.value })}
            data-testid="number-digits"
          />
        </Field>
        <Field label={t('numbers.name')} hint={t('numbers.name_hint')} error={faults.field('name')}>
          <Input
            value={draft.name}
            required
            maxLength={60}
            disabled={readOnly}
            onChange={(event) => set({ name: event.target.value })}
            data-testid="number-name"
          />
        </Field>
        <Field label={t('numbers.flow')} hint={t('numbers.flow_hint')} error={faults.field('flow_id')} group>
          <Select<string>
            aria-label={t('numbers.flow')}
            value={draft.flow_id === '' ? null : draft.flow_id}
            options={options}
            disabled={readOnly}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(flow_id) => set({ flow_id })}
            data-testid="number-flow"
          />
        </Field>
        <Field label={t('numbers.language')} hint={t('numbers.language_hint')} group>
          <Select<NewNumber['language']>
            aria-label={t('numbers.language')}
            value={draft.language}
            options={LANGUAGES.map((value) => ({ value, label: t(`common.language.${value}`) }))}
            disabled={readOnly}
            onChange={(chosen) => set({ language: chosen })}
            data-testid="number-language"
          />
        </Field>
        {number === null ? (
          <NumberPlace site={draft.site} calendar={draft.calendar} field={faults.field} onChange={set} />
        ) : null}
        <div className={styles.wide}>
          <Field label={t('numbers.answer')} hint={t('numbers.answer_hint')} group>
            <Select<PhoneNumber['answer']>
              aria-label={t('numbers.answer')}
              value={draft.answer}
              options={ANSWERS.map((value) => ({ value, label: t(`numbers.answer_when.${value}`) }))}
              disabled={readOnly}
              onChange={(answer) => set({ answer })}
              data-testid="number-answer"
            />
          </Field>
        </div>
      </div>
      <Beaten edited={edited} busy={busy} />
      {readOnly ? null : (
        <div className={styles.buttons}>
          <Button
            type="primary"
            htmlType="submit"
            loading={busy}
            disabled={draft.flow_id === '' || edited.beaten}
            data-testid="number-save"
          >
            {t('common.save')}
          </Button>
          <Button onClick={onDone}>{t('common.cancel')}</Button>
        </div>
      )}
    </form>
  );
}
