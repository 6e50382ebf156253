//! The only SQL of Callisto: four encrypted files, the ledger, the business records, the reports and the keys.
//!
//! It refuses to know HTTP, SIP, the engine's state and anything of the clock: time is an argument everywhere. Each question
//! or change takes the [`Scope`] of who asks; nothing outside its tenant is read or written. Without a scope are only the
//! functions of a partition's owner, which take the partition, and those that find out who somebody is.
//!
//! # Map
//!
//! | Subject | File | Functions of [`Store`] |
//! |---|---|---|
//! | opening | `store.rs`, `migrate.rs`, `key.rs` | `open` `migrate` `close` `checkpoint` `mint` `greatest_id` `node` `faults`; [`DatabaseKey`] |
//! | ledger | `ledger/` | `acquire_lease` `renew_lease` `release_lease` `append` `append_all` `head` `history` `events_after` `conversation_events` `verify_ledger` |
//! | parties | `ledger/party.rs`, `keys.rs` | `party_values` `parties_alike` (written by `append`) |
//! | tenants, teams | `business/tenants.rs` | `create_tenant` `tenants` `tenant` `create_team` `teams` |
//! | sites | `business/sites.rs` | `create_site` `update_site` `remove_site` `site` `sites` `site_holdings` |
//! | people | `business/users.rs`, `agents.rs` | `create_user` `update_user` `set_password` `user` `users` `user_by_name` `create_agent` `update_agent` `agent` `agents` |
//! | signing in | `business/sign_in.rs` | `sign_in_candidates` `create_session` `session_by_hash` `end_session` `end_sessions_of` `create_api_token` `api_token_by_hash` `api_tokens` `revoke_api_token` `purge_expired` |
//! | repeated requests | `business/idempotency.rs` | `kept_reply` `keep_reply` |
//! | customers | `business/customers.rs`, `numbers.rs` | `create_customer` `update_customer` `customer` `customers` `customers_by_number` `resolve_customer`; [`numbers::normalise`] |
//! | queues | `business/queues.rs` | `create_queue` `update_queue` `queue` `queues` |
//! | lists | `business/catalogue.rs`, `code_lists.rs` | `create_skill` `skills` `create_disposition` `update_disposition` `dispositions` `create_not_ready_reason` `update_not_ready_reason` `not_ready_reasons` |
//! | telephony | `business/telephony.rs`, `flows.rs` | `create_number` `update_number` `set_number_calendar` `remove_number` `number` `numbers` `create_trunk` `trunks` `create_flow` `publish_flow` `flow` `flows` |
//! | SIP phones | `business/devices.rs` | `create_device` `update_device` `set_device_password` `delete_device` `device` `devices` `device_secrets` |
//! | calls outside | `business/outbound.rs` | `outbound_plan` `put_outbound_plan` |
//! | what is recorded | `business/recording_policy.rs`, `queues.rs` | `recording_policy` `put_recording_policy` |
//! | who is kept out | `business/number_lists.rs`, `screening_policy.rs`, `listed.rs` | `add_list_entry` `change_list_entry` `delete_list_entry` `list_entry` `list_entries` `screening_policy` `put_screening_policy` `caller_spelling` `list_spellings` |
//! | what agents know of supervisors | `business/supervision_policy.rs` | `supervision_policy` `put_supervision_policy` |
//! | opening hours | `business/calendars.rs`, `calendar_exceptions.rs` | `create_calendar` `update_calendar` `remove_calendar` `calendar` `calendars` `create_calendar_exception` `update_calendar_exception` `remove_calendar_exception` `calendar_exception_name` |
//! | settings | `business/settings.rs` | `load_settings` |
//! | tasks | `business/tasks.rs` | `tasks_from_ledger` `tasks` `task` `step_task` `task_counts` `tasks_bell` |
//! | notes | `business/notes.rs` | `conversation_note` `put_conversation_note` |
//! | how legs sounded | `business/courses.rs` | `courses` `keep_courses` |
//! | where phones are registered | `business/registrations.rs` | `registrations` `keep_registrations` |
//! | audit | `business/audit.rs`, `audit_anchor.rs`, `audit_notes.rs` | `audit_trail` `audit_search` `verify_audit` `erase_audit_payload` `audit_denial` `audit_denials_left_out` `audit_sign_in_lock` `audit_sign_in_unlock` `audit_intrusion` `audit_conversation_end` `audit_outbound_release` |
//! | reports | `reports/` | `project` `catch_up` `rebuild_reports` `projected` `wait_projected` `list_conversations` `conversation` `last_contact` |
//! | places to be killed at | `kill.rs` | [`kill::arm`] [`kill::reach`], for tests of a running server |
//! | objects | `objects.rs` | [`ObjectStore`], [`FsObjectStore`] |
//! | recordings | `recordings/` | `create_recording` `rotate_recording_keys` `verify_recordings` `unfinished_erasures`; [`recordings::Recordings`], [`recordings::RecordingWriter`] |
//! | re-keying | `rekey.rs` | [`rekey`] |
//!
//! Reading order: [`Store::append`], then `business/write.rs` (the one way to change a business record), then `reports/`.

pub mod business;
mod codec;
mod database;
mod dialect;
mod error;
mod exit;
mod faults;
mod key;
mod keys;
pub mod kill;
mod ledger;
mod listed;
mod migrate;
mod names;
pub mod numbers;
pub mod objects;
pub mod recordings;
mod rekey;
mod reports;
mod scope;
mod seal;
mod store;
#[cfg(test)]
mod tests;
mod writer;

pub use business::{
    AgentDraft, AgentRecord, ApiToken, AuditFilter, AuditRow, CalendarDraft, CalendarExceptionDraft, CalendarRecord,
    CodeDraft, CodeRecord, Credentials, Customer, CustomerDraft, CustomerLevel, CustomerNumber, CustomerNumberDraft,
    CustomerQuery, DeviceDraft, DeviceLogin, DeviceRecord, DeviceSecret, EmergencyName, Erasure, FlowDraft, Held, Hold,
    Identity, Intrusion, KeptCourse, KeptRegistration, KeptReply, LISTS_FULL, ListChange, ListDraft, ListQuery,
    ListRecord, MOBILE_TAKEN, MOBILES_FULL, NUMBER_LISTED, NewApiToken, NewSession, NewTenant, Note, NumberDraft,
    NumberRecord, OutboundPlanRecord, QueueDraft, QueueRecord, RecordingMarks, RecordingPolicyRecord, RetentionRecord,
    SITE_RANGES_MAX, ScreeningRecord, Site, SiteDraft, SiteHoldings, SupervisionPolicyRecord, Task, TaskCounts,
    TaskFilter, TaskKind, TaskOwner, TaskResult, TaskState, TaskStep, Team, TeamDraft, TenantRow, Trunk, TrunkDraft,
    Undone, User, UserDraft, UserReach, emergency_names,
};
pub use error::StoreError;
pub use faults::Faults;
pub use key::{DatabaseKey, random_seed};
pub use ledger::{AppendBatch, ChainFault, ChainReport, Head, PartyValue};
pub use migrate::AppliedMigration;
pub use objects::{FsObjectStore, ObjectKey, ObjectStore, ObjectUpload};
pub use rekey::{Rekeyed, rekey};
pub use reports::{
    ConversationFilter, ConversationKey, ConversationRow, ConversationState, RecordingFilter, RecordingList,
    RecordingPlace, RecordingRow, RecordingState,
};
pub use scope::{PAGE_MAX, Page, Reach, Scope};
pub use store::{Store, StoreConfig};
