import { lazy, Suspense } from 'react';
import type { LiveEvent } from '@/api/types';
import { addWords } from '@/i18n';
import { Skeleton } from '@/ui/Skeleton';
import { storyWords } from './words';

interface LazyStoryProps {
  readonly events: readonly LiveEvent[];
}

const Nothing = (_: LazyStoryProps): null => null;

/** After an upgrade the file of an open page may be gone; then the desk goes on without the story until it is loaded anew. */
const Story = lazy(async () => {
  const loaded = await Promise.all([import('./Story'), addWords(storyWords)]).catch(() => null);
  return { default: loaded === null ? Nothing : loaded[0].Story };
});

/** The story of a conversation on a desk, which is there before the first call has one. */
export function LazyStory({ events }: LazyStoryProps) {
  return (
    <Suspense fallback={<Skeleton rows={4} height={28} />}>
      <Story events={events} />
    </Suspense>
  );
}
