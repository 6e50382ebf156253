import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewBilingualName } from '@/api/types';
import { useFaults } from '@/parts/useFaults';
import { Field } from '@/ui/Field';
import { Notice } from '@/ui/Notice';
import styles from './Codes.module.css';

interface CodeFormProps {
  readonly names: NewBilingualName;
  save(names: NewBilingualName): Promise<unknown>;
  onDone(): void;
}

/** A name in both languages. */
export function CodeForm({ names, save, onDone }: CodeFormProps) {
  const { t } = useTranslation();
  const faults = useFaults();
  const [draft, setDraft] = useState(names);
  const [busy, setBusy] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setBusy(true);
    faults.clear();
    save(draft)
      .then(onDone, faults.take)
      .finally(() => setBusy(false));
  };
  const full = faults.field('');
  return (
    <form className={styles.form} onSubmit={submit} autoComplete="off" data-testid="code-form">
      {faults.code === null ? null : (
        <Notice tone="alarm" urgent>
          {full ?? t(`errors.${faults.code}`)}
        </Notice>
      )}
      <Field label={t('codes.name_zh')} error={faults.field('name_zh')}>
        <Input
          data-first
          value={draft.name_zh}
          required
          maxLength={60}
          onChange={(event) => setDraft({ ...draft, name_zh: event.target.value })}
          data-testid="code-zh"
        />
      </Field>
      <Field label={t('codes.name_en')} error={faults.field('name_en')}>
        <Input
          value={draft.name_en}
          required
          maxLength={60}
          onChange={(event) => setDraft({ ...draft, name_en: event.target.value })}
          data-testid="code-en"
        />
      </Field>
      <Button type="primary" htmlType="submit" loading={busy} data-testid="code-save">
        {t('common.save')}
      </Button>
    </form>
  );
}
