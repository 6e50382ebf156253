//! Business records: ordinary tables with an audit trail. One file per subject; every change goes through [`write`].

mod agents;
mod audit;
mod audit_anchor;
mod audit_notes;
mod calendar_exceptions;
mod calendars;
mod catalogue;
mod code_lists;
mod courses;
mod customers;
mod devices;
mod emergency_names;
mod flow_codec;
#[cfg(test)]
mod flow_fuzz;
mod flows;
mod idempotency;
mod mobiles;
mod notes;
mod number_lists;
mod outbound;
mod outbound_codec;
mod queues;
mod recording_erasures;
mod recording_holds;
mod recording_policy;
mod retention_policy;
mod rows;
mod screening_policy;
mod settings;
mod sign_in;
mod sites;
mod supervision_policy;
mod tasks;
mod telephony;
mod tenants;
mod users;
mod write;

pub use agents::{AgentDraft, AgentRecord};
pub use audit::{AuditFilter, AuditRow};
pub use audit_notes::Intrusion;
pub use calendar_exceptions::CalendarExceptionDraft;
pub use calendars::{CalendarDraft, CalendarRecord};
pub use code_lists::{CodeDraft, CodeRecord};
pub use courses::KeptCourse;
pub use customers::{Customer, CustomerDraft, CustomerLevel, CustomerNumber, CustomerNumberDraft, CustomerQuery};
pub use devices::{DeviceDraft, DeviceLogin, DeviceRecord, DeviceSecret};
pub use emergency_names::{EmergencyName, emergency_names};
pub use flows::FlowDraft;
pub use idempotency::KeptReply;
pub use mobiles::{MOBILE_TAKEN, MOBILES_FULL};
pub use notes::Note;
pub use number_lists::{LISTS_FULL, ListChange, ListDraft, ListQuery, ListRecord, NUMBER_LISTED};
pub use outbound::OutboundPlanRecord;
pub use queues::{QueueDraft, QueueRecord};
pub use recording_erasures::Erasure;
pub(crate) use recording_erasures::Noted;
pub use recording_holds::{Held, Hold, RecordingMarks};
pub use recording_policy::RecordingPolicyRecord;
pub use retention_policy::RetentionRecord;
pub(crate) use rows::Columns;
pub use screening_policy::ScreeningRecord;
pub use sign_in::{ApiToken, Credentials, Identity, NewApiToken, NewSession};
pub use sites::{SITE_RANGES_MAX, Site, SiteDraft, SiteHoldings};
pub use supervision_policy::SupervisionPolicyRecord;
pub use tasks::{Task, TaskCounts, TaskFilter, TaskKind, TaskOwner, TaskResult, TaskState, TaskStep};
pub use telephony::{NumberDraft, NumberRecord, Trunk, TrunkDraft};
pub use tenants::{NewTenant, Team, TeamDraft, TenantRow};
pub use users::{User, UserDraft, UserReach};
pub(crate) use write::BusinessFile;

#[cfg(test)]
pub(crate) use flow_codec::tests as flow_codec_tests;
#[cfg(test)]
pub(crate) use outbound_codec::from_text as outbound_plan_from_text;
