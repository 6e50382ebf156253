import type { components } from './generated/schema';

type Schemas = components['schemas'];

/** Short names for what the generated schema calls by its own. */
export type Presence = Schemas['Presence'];
export type AgentState = Schemas['AgentStateCode'];
export type PresenceCause = Schemas['PresenceCause'];
export type CustomerLevel = Schemas['CustomerLevel'];
export type Language = Schemas['Language'];
export type Role = Schemas['RoleCode'];
export type WantedPresence = Schemas['WantedPresence'];
export type EndedBy = Schemas['EndedBy'];
export type EndReason = Schemas['EndReason'];
export type EventKind = Schemas['EventKind'];
export type FlowExit = Schemas['FlowExitCode'];
export type FlowNodeKind = Schemas['FlowNodeKind'];

export type Me = Schemas['Me'];
export type MeState = Schemas['MeState'];
export type Offer = Schemas['DeskOffer'];
export type Handling = Schemas['DeskHandling'];
export type Party = Schemas['Party'];
export type SupervisedBy = Schemas['SupervisedBy'];
export type PartyWanted = Schemas['PartyWanted'];
export type Brief = Schemas['Brief'];
export type NumberLocation = Schemas['NumberLocation'];

export type FloorState = Schemas['FloorState'];
export type SiteRow = Schemas['SiteRow'];
export type TrunkRow = Schemas['TrunkRow'];
export type OutboundStop = Schemas['OutboundStop'];
export type QueueState = Schemas['QueueState'];
export type QueueRow = Schemas['QueueRow'];
export type AgentRow = Schemas['AgentRow'];
export type ForwardedRow = Schemas['ForwardedRow'];
export type WaitingRow = Schemas['WaitingRow'];

/** The schema leaves `data` open; each kind of event brings its own ids, codes and names. */
export type LiveEvent = Omit<Schemas['TimelineEvent'], 'data'> & { data: Record<string, unknown> };

export type ConversationSummary = Schemas['ConversationSummary'];
export type ConversationDetail = Omit<Schemas['ConversationDetail'], 'timeline'> & { timeline: LiveEvent[] };

export type ConversationQuality = Schemas['ConversationQuality'];
export type LegQuality = Schemas['LegQuality'];
export type QualitySample = Schemas['QualitySample'];
export type FloorQuality = Schemas['FloorQuality'];
export type AgentQuality = Schemas['AgentQuality'];

export type Customer = Schemas['Customer'];
export type NewCustomer = Schemas['NewCustomer'];
export type CustomerChange = Schemas['CustomerChange'];

export type Task = Schemas['Task'];
export type TaskResult = Schemas['TaskResult'];
export type TasksState = Schemas['TasksState'];

export type Queue = Schemas['Queue'];
export type NewQueue = Schemas['NewQueue'];
export type QueueChange = Schemas['QueueChange'];
export type Agent = Schemas['Agent'];
export type NewAgent = Schemas['NewAgent'];
export type AgentChange = Schemas['AgentChange'];
export type Device = Schemas['Device'];
export type DeviceWithPassword = Schemas['DeviceWithPassword'];
export type NewDevice = Schemas['NewDevice'];
export type DeviceChange = Schemas['DeviceChange'];
export type OutboundResult = Schemas['OutboundResult'];
export type DeskPhone = Schemas['DeskPhone'];
export type SystemHealth = Schemas['SystemHealth'];
export type HealthCode = Schemas['HealthCode'];
export type Named = Schemas['Named'];
export type BilingualName = Schemas['BilingualName'];
export type NewBilingualName = Schemas['NewBilingualName'];
export type BilingualNameChange = Schemas['BilingualNameChange'];
export type PhoneNumber = Schemas['Number'];
export type NewNumber = Schemas['NewNumber'];
export type NumberChange = Schemas['NumberChange'];
export type FlowSummary = Schemas['FlowSummary'];
export type Flow = Schemas['Flow'];
export type FlowNode = Schemas['FlowNode'];
export type Calendar = Schemas['Calendar'];
export type CalendarChange = Schemas['CalendarChange'];
export type NewCalendar = Schemas['NewCalendar'];
export type CalendarException = Schemas['CalendarException'];
export type CalendarExceptionWanted = Schemas['CalendarExceptionWanted'];
export type CalendarMonth = Schemas['CalendarMonth'];
export type CalendarDay = Schemas['CalendarDay'];
export type CalendarDayState = Schemas['CalendarDayState'];
export type ExceptionKind = Schemas['ExceptionKind'];
export type WeeklyInterval = Schemas['WeeklyInterval'];
export type HoursStanding = Schemas['HoursStanding'];
export type AuditRow = Schemas['AuditRow'];
export type Phone = Schemas['Phone'];
export type VisitorCall = Schemas['VisitorCall'];
export type DeskRecording = Schemas['DeskRecording'];
export type PauseReason = Schemas['PauseReason'];
export type ForcedPresence = Schemas['ForcedPresence'];
export type Parked = Schemas['Parked'];
export type Consult = Schemas['DeskConsult'];
export type ConsultWanted = Schemas['ConsultWanted'];
export type Supervision = Schemas['DeskSupervision'];
export type SupervisionMode = Schemas['SupervisionMode'];
export type Transfer = Schemas['Transfer'];
export type TransferReason = Schemas['TransferReason'];
export type TransferTargets = Schemas['TransferTargets'];
export type TransferAgent = Schemas['TransferAgent'];
export type TransferQueue = Schemas['TransferQueue'];
export type Site = Schemas['Site'];
export type SiteWanted = Schemas['SiteWanted'];
export type Codec = Schemas['Codec'];
export type ReachCode = Schemas['ReachCode'];
export type PhoneKind = Schemas['PhoneKind'];
export type Recording = Schemas['Recording'];
export type ListedRecording = Schemas['ListedRecording'];
export type RecordingHold = Schemas['RecordingHold'];
export type RecordingErasure = Schemas['RecordingErasure'];
export type RecordingMode = Schemas['RecordingMode'];
export type RecordingRule = Schemas['RecordingRule'];
export type RecordingPolicy = Schemas['RecordingPolicy'];
export type RetentionPolicy = Schemas['RetentionPolicy'];
export type DownloadFormat = Schemas['DownloadFormat'];
export type Waveform = Schemas['Waveform'];
export type ProblemCode = Schemas['ProblemCode'];
export type FieldFault = Schemas['FieldFault'];

export interface List<T> {
  items: T[];
  next_cursor: string | null;
}

/** The closed list of `domain`; the server sends it as plain strings. */
export type Permission =
  | 'self.read'
  | 'desk.use'
  | 'floor.read'
  | 'conversations.read'
  | 'recordings.play'
  | 'recordings.download'
  | 'recordings.pause'
  | 'recordings.hold'
  | 'recordings.erase'
  | 'customers.read'
  | 'customers.write'
  | 'tasks.read'
  | 'tasks.write'
  | 'personal_data.read'
  | 'settings.read'
  | 'settings.write'
  | 'users.write'
  | 'audit.read'
  | 'metrics.read'
  | 'floor.supervise';
