import { lazy, Suspense } from 'react';
import type { LiveEvent } from '@/api/types';
import { addWords } from '@/i18n';
import { Skeleton } from '@/ui/Skeleton';
import { patiently } from '../patiently';
import { storyWords } from './words';

interface LazyStoryProps {
  readonly events: readonly LiveEvent[];
}

const Nothing = (_: LazyStoryProps): null => null;

/** The desk goes on without the story when its file is gone, as after an upgrade. */
const Story = lazy(async () => {
  const loaded = await patiently(async () => {
    const [story] = await Promise.all([import('./Story'), addWords(storyWords)]);
    return story;
  }).catch(() => null);
  return { default: loaded === null ? Nothing : loaded.Story };
});

/** The story of a conversation on a desk, which is there before the first call has one. */
export function LazyStory({ events }: LazyStoryProps) {
  return (
    <Suspense fallback={<Skeleton rows={4} height={28} />}>
      <Story events={events} />
    </Suspense>
  );
}
