export interface KeyCombo {
  readonly key: string;
  readonly shift?: boolean;
  /** Ctrl, or Command on a Mac. */
  readonly mod?: boolean;
}

interface KeyLike {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

export function matches(event: KeyLike, combo: KeyCombo): boolean {
  const mod = event.ctrlKey || event.metaKey;
  return (
    event.key.toLowerCase() === combo.key.toLowerCase() &&
    event.shiftKey === (combo.shift ?? false) &&
    mod === (combo.mod ?? false) &&
    !event.altKey
  );
}

/** How a tooltip shows the key. */
export function comboText(combo: KeyCombo, mac: boolean): string {
  const names: Record<string, string> = { Enter: '↵', Escape: 'Esc' };
  const key = names[combo.key] ?? combo.key.toUpperCase();
  return [combo.mod ? (mac ? '⌘' : 'Ctrl') : '', combo.shift ? (mac ? '⇧' : 'Shift') : '', key]
    .filter((part) => part !== '')
    .join(mac ? '' : '+');
}

export function isMac(): boolean {
  return typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.userAgent);
}

/** Keys typed into a field, or that would press a focused control, are not shortcuts. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

export function isControl(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    isTyping(target) || target.closest('button, a[href], [role="button"], [role="menuitem"], [role="option"]') !== null
  );
}
