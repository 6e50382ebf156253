import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { desk } from '@/api/desk';
import type { TransferReason } from '@/api/types';
import { useAction } from '@/parts/useAction';
import {
  canBeAsked,
  canTake,
  consultWith,
  matching,
  partyOf,
  proposed,
  step,
  type Target,
  transferTo,
} from './transfer';

/** Who is free and who waits changes while somebody chooses. */
const REFRESH_MS = 2_000;

/** What is typed and picked until the customer is handed over. A first press selects a target, a second one transfers. */
export function useTransferChoice(handlingId: string, isConference: boolean, onDone: () => void) {
  const { t } = useTranslation();
  const { busy, run } = useAction();
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState<TransferReason | null>(null);
  const [comeBack, setComeBack] = useState(false);
  const [at, setAt] = useState<{ readonly id: string; readonly chosen: boolean } | null>(null);
  const query = useQuery({
    queryKey: ['transfer-targets'],
    queryFn: () => desk.transferTargets(),
    staleTime: 0,
    refetchInterval: REFRESH_MS,
  });
  const shown = query.data === undefined ? [] : matching(query.data, typed, t('desk.park.title'));
  const open = shown.filter(canTake);
  // Nobody is proposed before something was typed; who cannot be rung any more is selected no more.
  const active = open.find(({ id }) => id === at?.id) ?? (typed.trim() === '' ? undefined : proposed(shown));
  const chosen = at?.chosen === true && active?.id === at.id ? active : undefined;

  const choose = ({ id }: Target): void => setAt({ id, chosen: true });
  const transfer = (): void => {
    if (chosen === undefined || isConference) return;
    run(async () => {
      if (chosen.kind === 'park') await desk.park(handlingId, reason);
      else await desk.transfer(handlingId, transferTo(chosen, reason, comeBack));
      onDone();
    });
  };
  const consult = (): void => {
    if (chosen === undefined || !canBeAsked(chosen)) return;
    run(async () => {
      await desk.consult(handlingId, consultWith(chosen, reason));
      onDone();
    });
  };
  const add = (): void => {
    if (chosen === undefined || !canBeAsked(chosen)) return;
    run(async () => {
      await desk.addParty(handlingId, partyOf(chosen));
      onDone();
    });
  };
  const move = (by: 1 | -1): void => {
    const next = step(shown, active, by);
    if (next !== undefined) setAt({ id: next.id, chosen: false });
  };
  const onKey = (event: KeyboardEvent): void => {
    // While an input method composes a word, the keys are its own.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key !== 'Enter') return;
    // A key that is held down must not select and transfer in one.
    else if (active !== undefined && !event.repeat) {
      if (chosen === undefined) choose(active);
      else if (event.shiftKey) consult();
      else if (event.altKey || isConference) add();
      else transfer();
    }
    event.preventDefault();
  };
  const type = (text: string): void => {
    setTyped(text);
    setAt(null);
  };
  return {
    query,
    shown,
    active,
    chosen,
    typed,
    reason,
    comeBack,
    busy,
    type,
    setReason,
    setComeBack,
    choose,
    transfer,
    consult,
    add,
    onKey,
  };
}
