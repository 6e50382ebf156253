//! What the loop is told.

use super::*;

/// Everything the loop is told.
pub enum Message {
    /// From signalling.
    Sip(SipEvent),
    /// From the media thread.
    Media(MediaEvent),
    /// For one floor.
    Input(PartitionId, Input),
    /// From the writer of recordings.
    Recorder(WriterReport),
    /// A port for a telephone leg.
    Reserved { leg: LegId, port: Result<u16, MediaError> },
    /// A person or program asks.
    Ask { tenant: TenantId, agent: AgentId, action: AgentAction, answer: Answer },
    /// An agent's event stream opened or closed.
    Stream { tenant: TenantId, agent: AgentId, opened: bool },
    /// An agent's browser wants a leg.
    AgentPhone { tenant: TenantId, agent: AgentId, answer: oneshot::Sender<Result<LegId, PhoneError>> },
    /// A visitor's browser wants a leg.
    VisitorPhone { tenant: TenantId, number: String, answer: oneshot::Sender<Result<LegId, PhoneError>> },
    /// A browser's offer could not be used.
    BrowserFailed { leg: LegId },
    /// A browser said that it leaves.
    BrowserGone { tenant: TenantId, agent: Option<AgentId>, leg: LegId },
    /// New settings.
    Settings(Arc<Settings>),
    /// The SIP phones of all tenants.
    Devices(Vec<(TenantId, sip::DeviceAccount)>),
    /// Where SIP phones are registered.
    Contacts(oneshot::Sender<Vec<sip::ContactView>>),
    /// Which SIP phones spoke from outside the addresses of their site.
    Refusals(oneshot::Sender<Vec<sip::RefusedView>>),
    /// Entries became durable.
    Committed { partition: PartitionId, entries: Vec<LedgerEntry> },
    /// Another node owns the partition.
    Fenced(PartitionId),
    /// What would become of a call from a number.
    Screen { tenant: TenantId, number: String, answer: oneshot::Sender<Option<Judgement>> },
    /// Count everything.
    Census(oneshot::Sender<Census>),
    /// Count the legs.
    Legs(oneshot::Sender<LegCounts>),
    /// Take no new calls any more.
    Drain,
    /// End every call and the loop.
    Stop(oneshot::Sender<()>),
}
