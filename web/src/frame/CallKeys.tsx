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
  const parking = talk !== null && can.park(talk) === 'yes' ? talk : null;
  useShortcut(KEYS.park, parking === null ? null : () => work.park(parking, null));
  const parked = me?.parked.find((one) => can.pickUp(me, one) === 'yes');
  useShortcut(KEYS.pickUp, parked === undefined ? null : () => work.pickUp(parked));
  // Each has a key of its own: what ends a consult must not hang up on the customer when it comes a moment late.
  const asking = talk?.consult?.asked === true ? talk : null;
  const asked = talk?.consult?.asked === false ? talk : null;
  useShortcut(KEYS.drop, asking === null ? null : () => work.dropConsult(asking));
  useShortcut(
    KEYS.hangUp,
    talk === null || asking !== null ? null : () => (asked === null ? work.hangUp(talk) : work.leaveConsult(asked)),
  );
  const joining = asking !== null && can.join(asking) === 'yes' ? asking : null;
  useShortcut(KEYS.join, joining === null ? null : () => work.joinConsult(joining));
  const completing = asking !== null && can.complete(asking) === 'yes' ? asking : null;
  useShortcut(KEYS.transfer, completing === null ? null : () => work.completeConsult(completing));
  useShortcut(KEYS.ready, me !== null && can.ready(me) === 'yes' ? () => run(() => session.goReady()) : null);
  useShortcut(
    KEYS.notReady,
    me !== null && me.agent.presence === 'ready' ? () => run(() => desk.setState('not_ready')) : null,
  );
  return null;
}
