import { type RefObject, useEffect } from 'react';
import { isTyping } from '@/lib/keys';

/** Ringing brings the focus to the answer, so that Enter answers whatever was pressed last; typing is never interrupted. */
export function useFocusForOffer(answer: RefObject<HTMLElement | null>, offerId: string): void {
  useEffect(() => {
    if (!isTyping(document.activeElement)) answer.current?.focus();
  }, [answer, offerId]);
}
