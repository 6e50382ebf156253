import { dialled, withDialled } from '@/lib/dialled';
import { client, take } from './client';
import type {
  ConsultWanted,
  ForcedPresence,
  PartyWanted,
  PauseReason,
  SupervisionMode,
  Transfer,
  TransferReason,
  WantedPresence,
} from './types';

const at = (id: string) => ({ params: { path: { id } } });
const ofParty = (id: string, party: string) => ({ params: { path: { id, party } } });

export const desk = {
  setState: (state: WantedPresence, reason_id?: string) =>
    take(client.PUT('/api/v1/me/agent/state', { body: { state, ...(reason_id === undefined ? {} : { reason_id }) } })),
  attachPhone: (sdp: string) => take(client.POST('/api/v1/me/phone', { body: { sdp } })),
  startEcho: () => take(client.POST('/api/v1/me/echo', {})),
  stopEcho: () => take(client.DELETE('/api/v1/me/echo', {})),
  detachPhone: (leg_id: string) =>
    take(client.DELETE('/api/v1/me/phone/{leg_id}', { params: { path: { leg_id } }, keepalive: true })),
  choosePhone: (device_id: string | null) => take(client.PUT('/api/v1/me/agent/phone', { body: { device_id } })),
  dial: (to: string, task_id?: string) => {
    dialled.update((now) => withDialled(now, to));
    return take(client.POST('/api/v1/calls', { body: { to, ...(task_id === undefined ? {} : { task_id }) } }));
  },
  accept: (offerId: string) => take(client.POST('/api/v1/offers/{id}/accept', at(offerId))),
  decline: (offerId: string) => take(client.POST('/api/v1/offers/{id}/decline', at(offerId))),
  hold: (handlingId: string) => take(client.POST('/api/v1/handlings/{id}/hold', at(handlingId))),
  resume: (handlingId: string) => take(client.POST('/api/v1/handlings/{id}/resume', at(handlingId))),
  mute: (handlingId: string) => take(client.POST('/api/v1/handlings/{id}/mute', at(handlingId))),
  unmute: (handlingId: string) => take(client.POST('/api/v1/handlings/{id}/unmute', at(handlingId))),
  pauseRecording: (handlingId: string, reason: PauseReason) =>
    take(client.POST('/api/v1/handlings/{id}/pause-recording', { ...at(handlingId), body: { reason } })),
  resumeRecording: (handlingId: string) => take(client.POST('/api/v1/handlings/{id}/resume-recording', at(handlingId))),
  startRecording: (handlingId: string) => take(client.POST('/api/v1/handlings/{id}/start-recording', at(handlingId))),
  stopRecording: (handlingId: string) => take(client.POST('/api/v1/handlings/{id}/stop-recording', at(handlingId))),
  noteConsent: (handlingId: string, given: boolean) =>
    take(client.POST('/api/v1/handlings/{id}/consent', { ...at(handlingId), body: { given } })),
  transferTargets: () => take(client.GET('/api/v1/transfer-targets')),
  transfer: (handlingId: string, body: Transfer) =>
    take(client.POST('/api/v1/handlings/{id}/transfer', { ...at(handlingId), body })),
  park: (handlingId: string, reason: TransferReason | null) =>
    take(client.POST('/api/v1/handlings/{id}/park', { ...at(handlingId), body: reason === null ? {} : { reason } })),
  pickUp: (conversationId: string) => take(client.POST('/api/v1/conversations/{id}/pick-up', at(conversationId))),
  sendDigits: (handlingId: string, keys: string) =>
    take(client.POST('/api/v1/handlings/{id}/digits', { ...at(handlingId), body: { keys } })),
  consult: (handlingId: string, body: ConsultWanted) =>
    take(client.POST('/api/v1/handlings/{id}/consult', { ...at(handlingId), body })),
  joinConsult: (handlingId: string) => take(client.POST('/api/v1/handlings/{id}/consult/join', at(handlingId))),
  completeConsult: (handlingId: string) => take(client.POST('/api/v1/handlings/{id}/consult/complete', at(handlingId))),
  dropConsult: (handlingId: string) => take(client.POST('/api/v1/handlings/{id}/consult/drop', at(handlingId))),
  leaveConsult: (handlingId: string) => take(client.POST('/api/v1/handlings/{id}/consult/leave', at(handlingId))),
  addParty: (handlingId: string, body: PartyWanted) =>
    take(client.POST('/api/v1/handlings/{id}/parties', { ...at(handlingId), body })),
  muteParty: (handlingId: string, party: string) =>
    take(client.POST('/api/v1/handlings/{id}/parties/{party}/mute', ofParty(handlingId, party))),
  unmuteParty: (handlingId: string, party: string) =>
    take(client.POST('/api/v1/handlings/{id}/parties/{party}/unmute', ofParty(handlingId, party))),
  dropParty: (handlingId: string, party: string) =>
    take(client.POST('/api/v1/handlings/{id}/parties/{party}/drop', ofParty(handlingId, party))),
  supervise: (agentId: string, conversation_id: string, mode: SupervisionMode) =>
    take(client.POST('/api/v1/agents/{id}/supervise', { ...at(agentId), body: { conversation_id, mode } })),
  stopSupervising: () => take(client.POST('/api/v1/me/stop-supervising')),
  takeOver: (agentId: string, conversation_id: string) =>
    take(client.POST('/api/v1/agents/{id}/take-over', { ...at(agentId), body: { conversation_id } })),
  release: (agentId: string, conversation_id: string) =>
    take(client.POST('/api/v1/agents/{id}/release', { ...at(agentId), body: { conversation_id } })),
  assign: (conversationId: string, agent_id: string) =>
    take(client.POST('/api/v1/conversations/{id}/assign', { ...at(conversationId), body: { agent_id } })),
  endConversation: (conversationId: string) => take(client.POST('/api/v1/conversations/{id}/end', at(conversationId))),
  forceState: (agentId: string, state: ForcedPresence, reason_id?: string) =>
    take(
      client.PUT('/api/v1/agents/{id}/state', {
        ...at(agentId),
        body: { state, ...(reason_id === undefined ? {} : { reason_id }) },
      }),
    ),
  hangUp: (handlingId: string) => take(client.POST('/api/v1/handlings/{id}/hang-up', at(handlingId))),
  finishWrapUp: (handlingId: string) => take(client.POST('/api/v1/handlings/{id}/finish-wrap-up', at(handlingId))),
  dispose: (handlingId: string, disposition_id: string) =>
    take(client.PUT('/api/v1/handlings/{id}/disposition', { ...at(handlingId), body: { disposition_id } })),
};
