import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type TaskFilter, tasks } from '@/api/tasks';
import type { Task, TaskResult } from '@/api/types';
import { useTasksState } from '../live';
import { toast } from '../toast';
import { useAction } from '../useAction';

/** A list of tasks, read again whenever the stream says that one of them changed. */
export function useTasks(filter: TaskFilter, limit?: number) {
  const version = useTasksState()?.version ?? 0;
  return useInfiniteQuery({
    queryKey: ['tasks', filter, limit, version],
    queryFn: ({ pageParam }) => tasks.list(filter, pageParam, limit),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    // What is on the screen stays until the new list is there.
    placeholderData: (before) => before,
  });
}

export interface TaskActions {
  readonly busy: boolean;
  take(task: Task): void;
  giveBack(task: Task): void;
  reopen(task: Task): void;
  close(task: Task, result: TaskResult, note: string): void;
}

/** What a person does with a task; one request at a time. */
export function useTaskActions(): TaskActions {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { busy, run } = useAction();
  const act = useCallback(
    (work: () => Promise<Task>, said: string) =>
      run(async () => {
        try {
          await work();
          toast.good(said);
        } finally {
          // After a conflict the list shows who was faster.
          await cache.invalidateQueries({ queryKey: ['tasks'] });
        }
      }),
    [run, cache],
  );
  return {
    busy,
    take: ({ id }) => act(() => tasks.take(id), t('tasks.taken')),
    giveBack: ({ id }) => act(() => tasks.reopen(id), t('tasks.given_back')),
    reopen: ({ id }) => act(() => tasks.reopen(id), t('tasks.reopened')),
    close: ({ id }, result, note) => act(() => tasks.close(id, result, note), t('tasks.closed')),
  };
}
