import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './SaveBar.module.css';
import type { PlanDraft } from './useDraft';

/** Stays in sight while something is unsaved, and says what stands in its way. */
export function SaveBar({ draft }: { readonly draft: PlanDraft }) {
  const { t } = useTranslation();
  const { dirty, conflict, faults, busy } = draft;
  if (!dirty && !conflict) return null;
  const { code } = faults;
  const fault = code === null ? null : code === 'validation' ? t('plan.bar.faulty') : t(`errors.${code}`);
  if (conflict) {
    return (
      <div className={styles.bar} data-testid="plan-conflict">
        <div className={styles.barBody}>
          <div className={styles.barFault} role="alert">
            {t('plan.bar.conflict')}
            {fault === null ? null : <div>{fault}</div>}
          </div>
          <Button disabled={busy} onClick={draft.discard} data-testid="plan-take-theirs">
            {t('plan.bar.theirs')}
          </Button>
          <Button type="primary" loading={busy} onClick={() => draft.save(true)} data-testid="plan-keep-mine">
            {t('plan.bar.over')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className={styles.bar}>
      <div className={styles.barBody}>
        <span className={fault === null ? styles.barText : styles.barFault} role={fault === null ? 'status' : 'alert'}>
          {fault ?? t('plan.bar.unsaved')}
        </span>
        <Button disabled={busy} onClick={draft.discard} data-testid="plan-discard">
          {t('plan.bar.discard')}
        </Button>
        <Button type="primary" loading={busy} onClick={() => draft.save()} data-testid="plan-save">
          {t('common.save')}
        </Button>
      </div>
    </div>
  );
}
