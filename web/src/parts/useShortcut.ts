import { useEffect, useRef } from 'react';
import { isControl, isTyping, type KeyCombo, matches } from '@/lib/keys';

/** Runs `action` on the key, if there is one, unless something is being typed. A plain Enter also leaves focused controls alone. */
export function useShortcut(combo: KeyCombo | undefined, action: (() => void) | null): void {
  const latest = useRef(action);
  useEffect(() => {
    latest.current = action;
  });
  const { key, shift, mod }: Partial<KeyCombo> = combo ?? {};
  useEffect(() => {
    if (key === undefined) return;
    const onKey = (event: KeyboardEvent): void => {
      if (latest.current === null || event.defaultPrevented || event.repeat) return;
      if (!matches(event, { key, shift: shift ?? false, mod: mod ?? false })) return;
      const plainEnter = key === 'Enter' && mod !== true;
      if (mod !== true && (plainEnter ? isControl(event.target) : isTyping(event.target))) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [key, shift, mod]);
}
