import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { addWords } from '@/i18n';
import { useSession } from '@/parts/session';
import { MOBILE_ENDS } from '@/parts/story/outbound';
import { pick } from '@/parts/story/telling';
import { storyWords } from '@/parts/story/words';
import { toast } from '@/parts/toast';

/** Ends that are no news to the agent whose number it is. */
const USUAL: readonly string[] = ['over', 'withdrawn', 'declined'];

/** Tells an agent at once why their number outside was not reached, or not even called. */
export function MobileToast() {
  const { t } = useTranslation();
  const { onUpdate, me } = useSession();
  const own = me.user.agent_id;
  useEffect(
    () =>
      onUpdate((update) => {
        if (update.topic !== 'me') return;
        for (const event of update.events) {
          if (event.kind !== 'mobile_ended' || event.data.agent_id !== own) continue;
          const end = pick(event.data.end, MOBILE_ENDS, 'unreachable');
          if (USUAL.includes(end)) continue;
          // The sentence comes with the first timeline that is shown, and there may have been none.
          void addWords(storyWords)
            .then(() => toast.note(t(`story.mobile_ended.${end}`, { agent: me.user.name })))
            .catch(() => undefined);
        }
      }),
    [onUpdate, own, me.user.name, t],
  );
  return null;
}
