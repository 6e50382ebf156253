import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BilingualName, NewBilingualName } from '@/api/types';
import { Beaten } from '@/parts/Beaten';
import { useEdited } from '@/parts/useEdited';
import { useFaults } from '@/parts/useFaults';
import { Field } from '@/ui/Field';
import { Notice } from '@/ui/Notice';
import styles from './Codes.module.css';

const namesOf = (item: BilingualName | null): NewBilingualName => ({
  name_zh: item?.name_zh ?? '',
  name_en: item?.name_en ?? '',
});

interface CodeFormProps {
  /** As it is kept; none yet when it is new. */
  readonly item: BilingualName | null;
  /** The version is the one the names were made from. */
  save(names: NewBilingualName, version: number): Promise<unknown>;
  /** Reads the list again, for what somebody else saved. */
  read(): Promise<unknown>;
  onDone(): void;
}

/** A name in both languages. */
export function CodeForm({ item, save, read, onDone }: CodeFormProps) {
  const { t } = useTranslation();
  const edited = useEdited(item, namesOf);
  const faults = useFaults(edited);
  const { draft, set } = edited;
  const [busy, setBusy] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (edited.beaten) return;
    setBusy(true);
    faults.clear();
    save(draft, edited.version)
      .then(onDone, faults.orBeaten(read))
      .finally(() => setBusy(false));
  };
  const full = faults.field('');
  return (
    <form
      role="dialog"
      aria-label={item === null ? t('codes.add') : t('common.edit')}
      className={styles.form}
      onSubmit={submit}
      autoComplete="off"
      data-testid="code-form"
    >
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
          onChange={(event) => set({ name_zh: event.target.value })}
          data-testid="code-zh"
        />
      </Field>
      <Field label={t('codes.name_en')} error={faults.field('name_en')}>
        <Input
          value={draft.name_en}
          required
          maxLength={60}
          onChange={(event) => set({ name_en: event.target.value })}
          data-testid="code-en"
        />
      </Field>
      <Beaten edited={edited} busy={busy} />
      <Button type="primary" htmlType="submit" loading={busy} disabled={edited.beaten} data-testid="code-save">
        {t('common.save')}
      </Button>
    </form>
  );
}
