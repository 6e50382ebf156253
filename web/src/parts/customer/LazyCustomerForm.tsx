import { type ComponentProps, lazy, Suspense } from 'react';
import { Skeleton } from '@/ui/Skeleton';
import { patiently } from '../patiently';

const Loaded = lazy(async () => ({ default: (await patiently(() => import('./CustomerForm'))).CustomerForm }));

/** The form's code comes when a record is written for the first time; most calls are from people who have one. */
export function LazyCustomerForm(props: ComponentProps<typeof Loaded>) {
  return (
    <Suspense fallback={<Skeleton rows={6} height={48} />}>
      <Loaded {...props} />
    </Suspense>
  );
}
