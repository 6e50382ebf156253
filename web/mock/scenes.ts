import type { LiveEvent } from '@/api/types';
import { dialled } from '@/lib/dialled';
import { inConferenceOf, supervisor } from './conferences';
import { inConsult, offerFromColleague, supervisionOf } from './consults';
import { backFromPark, parkedOf, pickingUp, withOwn } from './parking';
import { recordingIn } from './recording';
import { answered } from './story';
import { CAST, handlingOf, nowUs, offerOf, settle, type World } from './world';

/** Customers who go from one agent to another, and supervisors. */
export function playHandOver(world: World, rung: readonly LiveEvent[]): void {
  const { scenario, state } = world;
  const talked = [...rung, ...answered(CAST, 40_500)];
  switch (scenario) {
    case 'ringing-transferred':
    case 'ringing-consulted':
      state.offers = [offerFromColleague(scenario === 'ringing-consulted')];
      world.note = {
        text: '要把 500 毫升换成 750 毫升，发票抬头已核对。\n等仓库确认库存，愿意等两天。',
        updated_at_us: nowUs(),
      };
      world.live = [...rung];
      break;
    case 'ringing-returned':
      state.offers = [offerOf(true, { reason: 'returned', queue: undefined })];
      world.live = [...rung];
      break;
    case 'ringing-unparked':
      world.live = [...rung];
      state.offers = [backFromPark(world)];
      break;
    case 'ringing-picked-up':
      state.offers = [pickingUp()];
      world.live = [...rung];
      break;
    case 'ringing-assigned':
      state.offers = [offerOf(true, { reason: 'assigned', eligible: 1 })];
      world.live = [...rung];
      break;
    case 'asking-ringing':
    case 'asking-private':
    case 'asking-joined':
    case 'outside-ringing':
    case 'outside-private':
    case 'outside-joined':
    case 'asked-private':
    case 'asked-joined':
      state.handlings = [inConsult(scenario)];
      world.live = talked;
      break;
    case 'conference-three':
    case 'conference-six':
      state.handlings = [inConferenceOf(scenario === 'conference-six' ? 5 : 2)];
      world.live = talked;
      break;
    case 'supervised':
      state.handlings = [handlingOf('talking', { supervised_by: [supervisor()] })];
      world.live = talked;
      break;
    case 'supervising':
      state.supervision = supervisionOf('whisper');
      state.agent = { ...state.agent, state: 'supervising' };
      break;
    case 'parked-one':
      state.parked = parkedOf(1);
      break;
    case 'parked-many':
      state.parked = parkedOf(5);
      break;
    case 'parked-talking':
      state.parked = parkedOf(3);
      state.handlings = [handlingOf('talking')];
      world.live = talked;
      break;
    case 'parked-wrap-up':
      state.parked = withOwn(9);
      state.handlings = [handlingOf('wrap_up', { wrap_up_until_us: nowUs() + 47_000_000 })];
      world.live = talked;
      break;
    case 'recording-off':
    case 'recording-on':
    case 'recording-paused':
    case 'consent-waiting':
    case 'consent-refused':
      state.handlings = [handlingOf('talking', { recording: recordingIn(scenario) })];
      world.live = talked;
      break;
    case 'forced-not-ready':
      world.next = () => {
        world.state.agent = { ...world.state.agent, presence: 'not_ready', cause: 'supervisor' };
        settle(world);
      };
      break;
    case 'forced-signed-out':
      state.agent = { ...state.agent, presence: 'signed_out', state: 'signed_out', cause: 'supervisor' };
      break;
    case 'redial':
      dialled.set(['138 0013 8000', '8002', '075588886666', '+8613900139000', '0085221234567,,8016#']);
      break;
    default:
      break;
  }
}
