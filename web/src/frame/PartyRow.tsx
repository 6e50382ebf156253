import { lazy, Suspense } from 'react';
import { focusOf } from '@/live/can';
import { useMeState } from '@/parts/live';

const Parties = lazy(() => import('./Parties').then((loaded) => ({ default: loaded.Parties })));

/** A row of its own beside the bar while others are in the talk; most talks have none. */
export function PartyRow() {
  const focus = focusOf(useMeState());
  if (focus.kind !== 'handling') return null;
  const { handling } = focus;
  if ((handling.parties?.length ?? 0) + (handling.supervised_by?.length ?? 0) === 0) return null;
  return (
    <Suspense fallback={null}>
      <Parties handling={handling} />
    </Suspense>
  );
}
