import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { desk } from '@/api/desk';
import type { Handling, Offer, Parked, PauseReason, TransferReason } from '@/api/types';
import { useAction } from './useAction';

export interface Work {
  readonly busy: boolean;
  accept(offer: Offer): void;
  decline(offer: Offer): void;
  toggleMute(handling: Handling): void;
  toggleHold(handling: Handling): void;
  pauseRecording(handling: Handling, reason: PauseReason): void;
  resumeRecording(handling: Handling): void;
  startRecording(handling: Handling): void;
  stopRecording(handling: Handling): void;
  noteConsent(handling: Handling, given: boolean): void;
  park(handling: Handling, reason: TransferReason | null): void;
  pickUp(parked: Parked): void;
  joinConsult(handling: Handling): void;
  completeConsult(handling: Handling): void;
  dropConsult(handling: Handling): void;
  leaveConsult(handling: Handling): void;
  hangUp(handling: Handling): void;
  finish(handling: Handling): void;
  dispose(handling: Handling, dispositionId: string): void;
}

/** What an agent does with offers and conversations; one request at a time. */
export function useWork(): Work {
  const { t } = useTranslation();
  const { busy, run } = useAction();
  return useMemo(
    () => ({
      busy,
      accept: (offer) => run(() => desk.accept(offer.id)),
      decline: (offer) => run(() => desk.decline(offer.id)),
      toggleMute: ({ id, muted }) => run(() => (muted ? desk.unmute(id) : desk.mute(id))),
      toggleHold: ({ id, state }) => run(() => (state === 'held' ? desk.resume(id) : desk.hold(id))),
      pauseRecording: ({ id }, reason) => run(() => desk.pauseRecording(id, reason)),
      resumeRecording: ({ id }) => run(() => desk.resumeRecording(id)),
      startRecording: ({ id }) => run(() => desk.startRecording(id)),
      stopRecording: ({ id }) => run(() => desk.stopRecording(id)),
      noteConsent: ({ id }, given) => run(() => desk.noteConsent(id, given)),
      park: ({ id }, reason) => run(() => desk.park(id, reason)),
      pickUp: ({ conversation_id }) =>
        run(() => desk.pickUp(conversation_id), {
          offer_over: t('desk.parked.gone'),
          not_found: t('desk.parked.gone'),
          work_in_hand: t('desk.parked.busy'),
          no_device: t('desk.agent.verdict.no_phone'),
        }),
      joinConsult: ({ id }) => run(() => desk.joinConsult(id)),
      completeConsult: ({ id }) => run(() => desk.completeConsult(id)),
      dropConsult: ({ id }) => run(() => desk.dropConsult(id)),
      leaveConsult: ({ id }) => run(() => desk.leaveConsult(id)),
      hangUp: ({ id }) => run(() => desk.hangUp(id)),
      finish: ({ id }) => run(() => desk.finishWrapUp(id)),
      dispose: ({ id }, disposition) => run(() => desk.dispose(id, disposition)),
    }),
    [busy, run, t],
  );
}
