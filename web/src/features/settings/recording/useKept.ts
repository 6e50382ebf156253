import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '@/parts/toast';
import { type Edited, useEdited } from '@/parts/useEdited';
import { type Faults, useFaults } from '@/parts/useFaults';

export interface Kept<T> {
  readonly draft: T;
  readonly dirty: boolean;
  readonly busy: boolean;
  readonly faults: Faults;
  readonly edited: Pick<Edited<T, T>, 'beaten' | 'takeTheirs' | 'keepMine'>;
  put(more: Partial<T>): void;
  save(): void;
  discard(): void;
}

interface KeptWhere<T> {
  readonly key: string;
  change(draft: T): Promise<T>;
}

/** One setting of the whole centre while it is being changed. */
export function useKept<T extends { version: number }>(kept: T, { key, change }: KeptWhere<T>): Kept<T> {
  const { t } = useTranslation();
  const cache = useQueryClient();
  // The version goes along with what is typed, and is none of it.
  const edited = useEdited(kept, (one) => ({ ...(one ?? kept), version: 0 }));
  const faults = useFaults(edited);
  const [busy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    const after = await change({ ...edited.draft, version: edited.version });
    edited.settle(after);
    cache.setQueryData([key], after);
    toast.good(t('settings.saved'));
  };
  return {
    draft: edited.draft,
    dirty: edited.dirty,
    busy,
    faults,
    edited,
    put: edited.set,
    save: () => {
      if (edited.beaten) return;
      setBusy(true);
      faults.clear();
      send()
        .catch(faults.orBeaten(() => cache.invalidateQueries({ queryKey: [key] })))
        .finally(() => setBusy(false));
    },
    discard: () => {
      faults.clear();
      edited.takeTheirs();
    },
  };
}
