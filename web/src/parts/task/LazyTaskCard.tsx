import { lazy, Suspense } from 'react';
import type { Task } from '@/api/types';
import { Skeleton } from '@/ui/Skeleton';

const TaskCard = lazy(async () => ({ default: (await import('./TaskCard')).TaskCard }));

/** The card is fetched when the first task is opened. */
export function LazyTaskCard({ task }: { readonly task: Task }) {
  return (
    <Suspense fallback={<Skeleton rows={3} />}>
      <TaskCard task={task} />
    </Suspense>
  );
}
