import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboundPlan } from '@/api/outbound';
import { AgentLimits } from './AgentLimits';
import { moved, withTrunk } from './draft';
import styles from './Plan.module.css';
import { RuleList } from './RuleList';
import { SaveBar } from './SaveBar';
import { TrunkList } from './TrunkList';
import { TryNumber } from './TryNumber';
import { useDraft } from './useDraft';

interface PlanEditorProps {
  readonly kept: OutboundPlan;
  readonly readOnly: boolean;
}

/** The whole plan on one page, saved as one; what is typed can be tried before. */
export function PlanEditor({ kept, readOnly }: PlanEditorProps) {
  const { t } = useTranslation();
  const draft = useDraft(kept);
  const { plan, faults, change } = draft;
  // One of it at a time is open, by its id.
  const [open, setOpen] = useState<string | null>(null);
  const toggle = (id: string): void => setOpen((now) => (now === id ? null : id));
  const show = (id: string): void => {
    setOpen(id);
    document.getElementById(`rule-${id}`)?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <div className={styles.plan} data-testid="outbound-plan">
      <p className={styles.lead}>{t('plan.lead')}</p>
      <div className={styles.columns}>
        <div className={styles.main}>
          <RuleList plan={plan} open={open} readOnly={readOnly} faults={faults} onToggle={toggle} onChange={change} />
        </div>
        <aside className={styles.side}>
          <TryNumber plan={plan} dirty={draft.dirty} onOpenRule={show} />
          <section className={styles.panel} aria-label={t('plan.emergency')}>
            <h3>{t('plan.emergency')}</h3>
            <p className={styles.chips}>
              {plan.emergency.map((number) => (
                <span key={number} className={styles.chip}>
                  {number}
                </span>
              ))}
            </p>
            <p className={styles.quiet}>{t('plan.emergency_body')}</p>
          </section>
        </aside>
        <div className={styles.main}>
          <TrunkList
            plan={plan}
            open={open}
            readOnly={readOnly}
            faults={faults}
            onToggle={toggle}
            onChange={(id, more) => change(withTrunk(plan, id, more))}
            onMove={(from, by) => {
              faults.clear();
              change({ ...plan, trunks: moved(plan.trunks, from, by) });
            }}
          />
          <AgentLimits plan={plan} readOnly={readOnly} faults={faults} onChange={change} />
        </div>
      </div>
      {readOnly ? null : <SaveBar draft={draft} />}
    </div>
  );
}
