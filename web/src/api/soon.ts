import type { Client } from 'openapi-fetch';
import { client } from './client';
import type { components } from './generated/schema';

/**
 * What the server's description does not list yet, under the names it will have there: each entry goes when
 * `npm run generate` brings its own.
 */
type Schemas = components['schemas'];

export interface SiteWanted {
  name: string;
  time_zone: string;
  /** In CIDR form; none means from anywhere. */
  address_ranges: string[];
  /** Calls between the site and elsewhere at once; none means as many as there are. */
  calls_max: number | null;
  /** In the order in which they are offered. */
  codecs: string[];
}

export interface Site extends SiteWanted {
  id: string;
  devices: number;
  users: number;
  numbers: number;
  version: number;
}

export interface SiteRow {
  id: string;
  name: string;
  link: 'up' | 'down' | 'none';
  /** None while no phone ever answered. */
  since_at_us: number | null;
  registered: number;
  devices: number;
  calls: number;
  calls_max: number | null;
}

export interface DeviceRefusal {
  address: string;
  at_us: number;
}

export type ReachCode = 'tenant' | 'site';

export type RecordingMode = 'all' | 'none' | 'share' | 'on_demand';

export interface RecordingRule {
  mode: RecordingMode;
  /** 1–99 with `share`, else none. */
  share_percent: number | null;
}

export interface RecordingPolicy {
  version: number;
  before_queue: boolean;
  outbound: RecordingRule;
  /** 30–3,600. */
  pause_max_s: number;
  consent_required: boolean;
}

export interface RetentionPolicy {
  version: number;
  /** 1–3,650; none means for ever. */
  recordings_days: number | null;
  messages_days: number | null;
}

export interface RecordingHold {
  at_us: number;
  by: Schemas['Named'];
  reason: string;
}

export interface RecordingErasure {
  at_us: number;
  cause: 'retention' | 'request';
  by?: Schemas['Named'] | null;
  reason?: string | null;
}

interface KeptMore {
  state: Schemas['RecordingStateCode'] | 'erased';
  expires_at_us?: number | null;
  hold?: RecordingHold | null;
  erased?: RecordingErasure | null;
  may_hold?: boolean;
  may_erase?: boolean;
}

export type Recording = Omit<Schemas['Recording'], keyof KeptMore> & KeptMore;

export interface RecordedConversation {
  id: string;
  started_at_us: number;
  queue?: Schemas['Named'] | null;
  agent?: Schemas['Named'] | null;
}

export type ListedRecording = Recording & { conversation: RecordedConversation };

export type DownloadFormat = 'wav' | 'opus';

/** A talk's recording as the desk has it; without `state` it follows from what is there. */
export interface DeskRecording {
  id?: string | null;
  state?: 'off' | 'on' | 'paused' | 'waiting_for_consent' | 'refused';
  paused?: Schemas['PauseReason'] | null;
  paused_since_us?: number | null;
  pause_ends_at_us?: number | null;
  may_start?: boolean;
  may_stop?: boolean;
}

export type DeskHandling = Omit<Schemas['DeskHandling'], 'recording'> & { recording?: DeskRecording | null };
export type MeState = Omit<Schemas['MeState'], 'handlings'> & { handlings: DeskHandling[] };
export type FloorState = Schemas['FloorState'] & { sites?: SiteRow[] | null };

interface KeptQueue {
  recording: RecordingRule;
  /** None means as the tenant. */
  retention_days?: number | null;
}

export type Queue = Omit<Schemas['Queue'], 'recorded'> & KeptQueue;
export type NewQueue = Omit<Schemas['NewQueue'], 'recorded'> & Partial<KeptQueue>;
export type QueueChange = Omit<Schemas['QueueChange'], 'recorded'> & Partial<KeptQueue>;

export type Device = Schemas['Device'] & { refused?: DeviceRefusal | null };
export type Agent = Schemas['Agent'] & { reach?: ReachCode };
export type AgentChange = Schemas['AgentChange'] & { reach?: ReachCode };
export type NewAgent = Schemas['NewAgent'] & { reach?: ReachCode };

export type ProblemCode =
  | Schemas['ProblemCode']
  | 'in_use'
  | 'on_hold'
  | 'site_full'
  | 'recording_ruled'
  | 'consent_missing'
  | 'consent_refused';
export type HealthCode = Schemas['HealthCode'] | 'recordings_missing';

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** As the generator writes an operation; null where it has no path, no query or no body. */
type Operation<Path, Query, Body, Answer> = {
  parameters: { query?: Query extends null ? never : Query; header?: never; cookie?: never } & (Path extends null
    ? { path?: never }
    : { path: Path });
  responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': Answer } } };
} & (Body extends null ? { requestBody?: never } : { requestBody: { content: { 'application/json': Body } } });

interface ById {
  id: string;
}

interface Paging {
  limit?: number;
  cursor?: string;
}

export interface RecordingsAsked extends Paging {
  state: 'failed' | 'missing' | 'erased' | 'held';
  from_us?: number;
  to_us?: number;
}

interface Paths {
  '/api/v1/sites': {
    get: Operation<null, Paging, null, Page<Site>>;
    post: Operation<null, null, SiteWanted, Site>;
  };
  '/api/v1/sites/{id}': {
    get: Operation<ById, null, null, Site>;
    put: Operation<ById, null, SiteWanted & { version: number }, Site>;
    delete: Operation<ById, null, null, undefined>;
  };
  '/api/v1/recording-policy': {
    get: Operation<null, null, null, RecordingPolicy>;
    put: Operation<null, null, RecordingPolicy, RecordingPolicy>;
  };
  '/api/v1/retention-policy': {
    get: Operation<null, null, null, RetentionPolicy>;
    put: Operation<null, null, RetentionPolicy, RetentionPolicy>;
  };
  '/api/v1/recordings': { get: Operation<null, RecordingsAsked, null, Page<ListedRecording>> };
  '/api/v1/recordings/{id}/hold': {
    put: Operation<ById, null, { reason: string }, unknown>;
    delete: Operation<ById, null, { reason: string }, unknown>;
  };
  '/api/v1/recordings/{id}/erase': { post: Operation<ById, null, { reason: string }, unknown> };
  '/api/v1/recordings/{id}/download': {
    post: Operation<ById, null, { format: DownloadFormat; reason: string }, unknown>;
  };
  '/api/v1/handlings/{id}/start-recording': { post: Operation<ById, null, null, unknown> };
  '/api/v1/handlings/{id}/stop-recording': { post: Operation<ById, null, null, unknown> };
  '/api/v1/handlings/{id}/consent': { post: Operation<ById, null, { given: boolean }, unknown> };
}

/** The same client, for paths its description lacks. */
export const soon = client as unknown as Client<Paths>;

/** An answer that already has what its description lacks. */
export async function soonAs<T>(answer: Promise<unknown>): Promise<T> {
  return (await answer) as T;
}
