import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { forcedOf } from '@/live/can';
import { useMeState } from '@/parts/live';
import { toast } from '@/parts/toast';

/** Tells an agent at once that a supervisor decided about their state; what was so before the page was opened is no news. */
export function ForcedToast() {
  const { t } = useTranslation();
  const me = useMeState();
  const before = useRef<string | null>(null);
  const forced = me === null ? null : forcedOf(me);
  const now = me === null ? null : [me.agent.presence, forced, me.agent.reason_id].join(' ');
  useEffect(() => {
    if (now === null) return;
    if (before.current !== null && before.current !== now && forced !== null)
      toast.note(t(`desk.agent.forced.${forced}`));
    before.current = now;
  }, [now, forced, t]);
  return null;
}
