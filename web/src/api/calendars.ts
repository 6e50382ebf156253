import { client, take } from './client';
import type { CalendarChange, CalendarExceptionWanted, NewCalendar } from './types';

const at = (id: string) => ({ params: { path: { id } } });

export const calendars = {
  all: () => take(client.GET('/api/v1/calendars', { params: { query: { limit: 200 } } })),
  create: (body: NewCalendar) => take(client.POST('/api/v1/calendars', { body })),
  change: (id: string, body: CalendarChange) => take(client.PATCH('/api/v1/calendars/{id}', { ...at(id), body })),
  remove: (id: string) => take(client.DELETE('/api/v1/calendars/{id}', at(id))),
  month: (id: string, year: number, month: number) =>
    take(client.GET('/api/v1/calendars/{id}/month', { params: { path: { id }, query: { year, month } } })),
  except: (id: string, body: CalendarExceptionWanted) =>
    take(client.POST('/api/v1/calendars/{id}/exceptions', { ...at(id), body })),
  changeException: (id: string, body: CalendarExceptionWanted) =>
    take(client.PUT('/api/v1/calendar-exceptions/{id}', { ...at(id), body })),
  removeException: (id: string) => take(client.DELETE('/api/v1/calendar-exceptions/{id}', at(id))),
  giveNumber: (id: string, calendar_id: string | null) =>
    take(client.PUT('/api/v1/numbers/{id}/calendar', { ...at(id), body: { calendar_id } })),
};
