import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '@/parts/toast';
import { type Faults, useFaults } from '@/parts/useFaults';

export interface Kept<T> {
  readonly draft: T;
  readonly dirty: boolean;
  readonly busy: boolean;
  readonly faults: Faults;
  put(more: Partial<T>): void;
  save(): void;
  discard(): void;
  /** Reads what is newer; what was typed goes over it with the next save. */
  again(): void;
}

interface KeptWhere<T> {
  readonly key: string;
  load(): Promise<T>;
  change(draft: T): Promise<T>;
}

/** One setting of the whole centre while it is being changed. */
export function useKept<T extends { version: number }>(kept: T, { key, load, change }: KeptWhere<T>): Kept<T> {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const faults = useFaults();
  const [draft, setDraft] = useState(kept);
  const [busy, setBusy] = useState(false);
  const dirty = JSON.stringify({ ...draft, version: 0 }) !== JSON.stringify({ ...kept, version: 0 });
  const put = (more: Partial<T>): void => setDraft((now) => ({ ...now, ...more }));
  const send = async (): Promise<void> => {
    const after = await change(draft);
    cache.setQueryData([key], after);
    setDraft(after);
    toast.good(t('settings.saved'));
  };
  return {
    draft,
    dirty,
    busy,
    faults,
    put,
    save: () => {
      setBusy(true);
      faults.clear();
      send()
        .catch(faults.take)
        .finally(() => setBusy(false));
    },
    discard: () => {
      faults.clear();
      setDraft(kept);
    },
    again: () => {
      void cache.fetchQuery({ queryKey: [key], queryFn: load, staleTime: 0 }).then(({ version }) => {
        faults.clear();
        setDraft((now) => ({ ...now, version }));
      }, faults.take);
    },
  };
}
