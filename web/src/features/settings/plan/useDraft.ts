import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { outbound, type OutboundPlan } from '@/api/outbound';
import { ApiFailure } from '@/api/problem';
import { toast } from '@/parts/toast';
import { type Faults, useFaults } from '@/parts/useFaults';
import { type Draft, sameAs, wantedOf, wantedOver } from './draft';

const PLAN = ['outbound-plan'];
/** Beside the plan, so that a call that takes the administrator away loses nothing; a sign-out forgets it. */
const DRAFT = ['outbound-plan-draft'];

export interface PlanDraft {
  readonly plan: Draft;
  readonly dirty: boolean;
  readonly busy: boolean;
  /** Somebody else changed the plan since. */
  readonly conflict: boolean;
  readonly faults: Faults;
  change(next: Draft): void;
  /** `over` takes the place of what somebody else saved meanwhile. */
  save(over?: boolean): void;
  discard(): void;
}

/** The plan as it is being changed; kept until it is saved or discarded. */
export function useDraft(kept: OutboundPlan): PlanDraft {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const faults = useFaults();
  const [plan, setPlan] = useState<Draft>(() => cache.getQueryData<Draft>(DRAFT) ?? kept);
  const [busy, setBusy] = useState(false);
  const [isBeaten, setBeaten] = useState(false);
  const dirty = !sameAs(plan, kept);
  const conflict = isBeaten || (dirty && plan.version !== kept.version);
  // Nothing was typed: what is newer is shown at once.
  if (!dirty && plan !== kept) setPlan(kept);

  useEffect(() => {
    cache.setQueryDefaults(DRAFT, { gcTime: Infinity });
    if (dirty) cache.setQueryData(DRAFT, plan);
    else cache.removeQueries({ queryKey: DRAFT });
  }, [cache, dirty, plan]);
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [dirty]);

  const newest = (): Promise<OutboundPlan> =>
    cache.fetchQuery({ queryKey: PLAN, queryFn: () => outbound.plan(), staleTime: 0 });
  const send = async (over: boolean): Promise<void> => {
    const after = await outbound.change(over ? wantedOver(plan, await newest()) : wantedOf(plan));
    cache.setQueryData(PLAN, after);
    setPlan(after);
    setBeaten(false);
    toast.good(t('settings.saved'));
  };
  const save = (over = false): void => {
    if (busy) return;
    setBusy(true);
    faults.clear();
    send(over)
      .catch((error: unknown) => {
        if (error instanceof ApiFailure && error.code === 'conflict') setBeaten(true);
        else faults.take(error);
      })
      .finally(() => setBusy(false));
  };
  const discard = (): void => {
    faults.clear();
    setBeaten(false);
    setPlan(kept);
    if (conflict) newest().then(setPlan, faults.take);
  };
  return { plan, dirty, busy, conflict, faults, change: setPlan, save, discard };
}
