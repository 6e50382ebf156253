import { lazy, Suspense, useState } from 'react';
import { KEYS } from '@/parts/shortcuts';
import { useShortcut } from '@/parts/useShortcut';

const Loaded = lazy(async () => ({ default: (await import('./Palette')).PaletteDialog }));

interface PaletteProps {
  readonly open: boolean;
  onOpenChange(open: boolean): void;
}

/** The palette's code comes with its first opening. */
export function Palette({ open, onOpenChange }: PaletteProps) {
  const [wanted, setWanted] = useState(false);
  useShortcut(KEYS.palette, () => onOpenChange(!open));
  if (open && !wanted) setWanted(true);
  return wanted ? (
    <Suspense>
      <Loaded open={open} onClose={() => onOpenChange(false)} />
    </Suspense>
  ) : null;
}
