import { client, take } from './client';
import type { AgentChange, DeviceChange, NewAgent, NewDevice, NewQueue, QueueChange } from './types';

const all = { params: { query: { limit: 200 } } };
const at = (id: string) => ({ params: { path: { id } } });

export const settings = {
  queues: () => take(client.GET('/api/v1/queues', all)),
  createQueue: (body: NewQueue) => take(client.POST('/api/v1/queues', { body })),
  changeQueue: (id: string, body: QueueChange) => take(client.PATCH('/api/v1/queues/{id}', { ...at(id), body })),
  agents: () => take(client.GET('/api/v1/agents', all)),
  createAgent: (body: NewAgent) => take(client.POST('/api/v1/agents', { body })),
  changeAgent: (id: string, body: AgentChange) => take(client.PATCH('/api/v1/agents/{id}', { ...at(id), body })),
  devices: () => take(client.GET('/api/v1/devices', all)),
  createDevice: (body: NewDevice) => take(client.POST('/api/v1/devices', { body })),
  changeDevice: (id: string, body: DeviceChange) => take(client.PATCH('/api/v1/devices/{id}', { ...at(id), body })),
  resetDevice: (id: string) => take(client.POST('/api/v1/devices/{id}/password', at(id))),
  deleteDevice: (id: string) => take(client.DELETE('/api/v1/devices/{id}', at(id))),
  unlockAgent: (id: string) => take(client.POST('/api/v1/agents/{id}/unlock', at(id))),
  mobiles: (id: string) => take(client.GET('/api/v1/agents/{id}/mobiles', at(id))),
  addMobile: (id: string, number: string) =>
    take(client.POST('/api/v1/agents/{id}/mobiles', { ...at(id), body: { number } })),
  removeMobile: (id: string, mobile_id: string) =>
    take(client.DELETE('/api/v1/agents/{id}/mobiles/{mobile_id}', { params: { path: { id, mobile_id } } })),
  teams: () => take(client.GET('/api/v1/teams', all)),
  skills: () => take(client.GET('/api/v1/skills', all)),
  dispositions: () => take(client.GET('/api/v1/dispositions', all)),
  notReadyReasons: () => take(client.GET('/api/v1/not-ready-reasons', all)),
  numbers: () => take(client.GET('/api/v1/numbers', all)),
  flows: () => take(client.GET('/api/v1/flows', all)),
  systemHealth: () => take(client.GET('/api/v1/system/health')),
  flow: (id: string) => take(client.GET('/api/v1/flows/{id}', at(id))),
};
