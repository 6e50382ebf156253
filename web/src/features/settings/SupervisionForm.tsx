import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { supervision, type SupervisionPolicy } from '@/api/supervision';
import { Beaten } from '@/parts/Beaten';
import { QueryView } from '@/parts/QueryView';
import { toast } from '@/parts/toast';
import { useEdited } from '@/parts/useEdited';
import { useFaults } from '@/parts/useFaults';
import { Notice } from '@/ui/Notice';
import styles from './lists/Lists.module.css';

const POLICY = ['supervision-policy'];
const MODES = ['listen', 'whisper', 'barge'] as const;

const visibleOf = (kept: SupervisionPolicy | null) => ({
  listen: kept?.visible.listen ?? false,
  whisper: kept?.visible.whisper ?? false,
  barge: kept?.visible.barge ?? false,
});

/** In which modes agents see who supervises them. */
export function SupervisionView({ readOnly }: { readonly readOnly: boolean }) {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: POLICY, queryFn: () => supervision.policy() });
  return (
    <section aria-label={t('settings.supervision.title')}>
      <h3 className={styles.heading}>{t('settings.supervision.title')}</h3>
      <QueryView query={query} rows={2} rowHeight={40}>
        {(policy) => <SupervisionForm kept={policy} readOnly={readOnly} />}
      </QueryView>
    </section>
  );
}

function SupervisionForm({ kept, readOnly }: { readonly kept: SupervisionPolicy; readonly readOnly: boolean }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const edited = useEdited(kept, visibleOf);
  const faults = useFaults(edited);
  const { draft: visible, dirty } = edited;
  const [busy, setBusy] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (edited.beaten) return;
    setBusy(true);
    faults.clear();
    supervision
      .changePolicy({ version: edited.version, visible })
      .then((after) => {
        edited.settle(after);
        cache.setQueryData(POLICY, after);
        toast.good(t('settings.saved'));
      })
      .catch(faults.orBeaten(() => cache.invalidateQueries({ queryKey: POLICY })))
      .finally(() => setBusy(false));
  };
  return (
    <form className={`${styles.panel} ${styles.form}`} onSubmit={submit} data-testid="supervision-form">
      {faults.code === null ? null : (
        <Notice tone="alarm" urgent>
          {t(`errors.${faults.code}`)}
        </Notice>
      )}
      <p className={styles.quiet}>{t('settings.supervision.body')}</p>
      {MODES.map((mode) => (
        <Checkbox
          key={mode}
          checked={visible[mode]}
          disabled={readOnly}
          onChange={(event) => edited.set({ [mode]: event.target.checked })}
          data-testid={`supervision-visible-${mode}`}
        >
          {t(`settings.supervision.${mode}`)}
        </Checkbox>
      ))}
      <Beaten edited={edited} busy={busy} />
      {readOnly ? null : (
        <div className={styles.buttons}>
          <Button
            type="primary"
            htmlType="submit"
            disabled={!dirty || edited.beaten}
            loading={busy}
            data-testid="supervision-save"
          >
            {t('common.save')}
          </Button>
        </div>
      )}
    </form>
  );
}
