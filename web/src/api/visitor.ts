import { client, take } from './client';

export const visitor = {
  call: (sdp: string, number?: string) =>
    take(client.POST('/api/v1/visitor/calls', { body: { sdp, ...(number === undefined ? {} : { number }) } })),
  hangUp: (call_id: string) =>
    take(client.DELETE('/api/v1/visitor/calls/{call_id}', { params: { path: { call_id } }, keepalive: true })),
};
