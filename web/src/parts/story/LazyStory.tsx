import { lazy, Suspense } from 'react';
import type { LiveEvent } from '@/api/types';
import { addWords } from '@/i18n';
import { Skeleton } from '@/ui/Skeleton';
import { storyWords } from './words';

const Story = lazy(async () => {
  const [loaded] = await Promise.all([import('./Story'), addWords(storyWords)]);
  return { default: loaded.Story };
});

/** The story of a conversation on a desk, which is there before the first call has one. */
export function LazyStory({ events }: { readonly events: readonly LiveEvent[] }) {
  return (
    <Suspense fallback={<Skeleton rows={4} height={28} />}>
      <Story events={events} />
    </Suspense>
  );
}
