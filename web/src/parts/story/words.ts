import type { LoadWords } from '@/i18n';

/** The sentences of a timeline, which come with the first one that is shown. */
export const storyWords: LoadWords = async (tongue) => {
  const { story } = tongue === 'zh' ? await import('@/i18n/zh/story') : await import('@/i18n/en/story');
  return { story };
};
