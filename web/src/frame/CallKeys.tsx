import type { MeState } from '@/api/types';
import { desk } from '@/api/desk';
import { can, focusOf } from '@/live/can';
import { useSession } from '@/parts/session';
import { KEYS } from '@/parts/shortcuts';
import { useAction } from '@/parts/useAction';
import { useShortcut } from '@/parts/useShortcut';
import { useWork } from '@/parts/useWork';

/** The keys of all call actions, on every page. */
export function CallKeys({ me }: { readonly me: MeState | null }) {
  const work = useWork();
  const session = useSession();
  const { run } = useAction();
  const focus = focusOf(me);
  const offer = focus.kind === 'offer' ? focus.offer : null;
  const handling = focus.kind === 'handling' ? focus.handling : null;
  useShortcut(KEYS.answer, offer === null ? null : () => work.accept(offer));
  useShortcut(KEYS.decline, offer === null ? null : () => work.decline(offer));
  const muting = handling !== null && can.mute(handling) === 'yes' ? handling : null;
  useShortcut(KEYS.mute, muting === null ? null : () => work.toggleMute(muting));
  const talk = handling !== null && can.hangUp(handling) === 'yes' ? handling : null;
  useShortcut(
    KEYS.hold,
    talk === null || talk.device_lost || can.hold(talk) !== 'yes' ? null : () => work.toggleHold(talk),
  );
  useShortcut(KEYS.hangUp, talk === null ? null : () => work.hangUp(talk));
  useShortcut(KEYS.ready, me !== null && can.ready(me) === 'yes' ? () => run(() => session.goReady()) : null);
  useShortcut(
    KEYS.notReady,
    me !== null && me.agent.presence === 'ready' ? () => run(() => desk.setState('not_ready')) : null,
  );
  return null;
}
