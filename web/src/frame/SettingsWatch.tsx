import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useMeState } from '@/parts/live';

/** What an agent chooses from, and reads rarely. */
const LISTS = ['dispositions', 'not-ready-reasons'] as const;

/** Reads the lists of the desk again as soon as the settings have changed. */
export function SettingsWatch() {
  const version = useMeState()?.settings_version;
  const cache = useQueryClient();
  const known = useRef(version);
  useEffect(() => {
    if (version === undefined || version === known.current) return;
    const first = known.current === undefined;
    known.current = version;
    if (first) return;
    for (const list of LISTS) void cache.invalidateQueries({ queryKey: [list] });
  }, [cache, version]);
  return null;
}
