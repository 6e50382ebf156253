//! Health and the test hook.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::vitals::{Reach, Registration};

/// Whether the node can do its work.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct HealthState {
    /// Overall.
    pub status: HealthStatus,
    /// What is wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub codes: Vec<HealthCode>,
}

/// Overall health.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HealthStatus {
    /// All is well.
    Ok,
    /// New calls are taken, and somebody should look.
    Degraded,
    /// New calls are refused.
    Failing,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HealthCode {
    /// The ledger cannot be written in time: new calls are refused.
    LedgerUnwritable,
    /// The loop that decides does not move.
    FloorStalled,
    /// The thread that moves sound does not answer.
    MediaStalled,
    /// Telephone signalling does not answer.
    SignallingStalled,
    /// The node waits for its last calls and ends.
    Draining,
    /// Commits take longer than 250 ms.
    LedgerSlow,
    /// Recordings are not written in full: talk goes on, what is missing is a gap.
    RecordingsFailing,
    /// Sealed recordings are not there, or not whole; the list of recordings names them.
    RecordingsMissing,
    /// The disk is nearly full.
    DiskLow,
    /// A trunk that used to ask whether we are there has stopped.
    TrunkSilent,
    /// None of the addresses a trunk is called at answers.
    TrunkDown,
    /// A trunk that wants us to register has refused or does not answer.
    TrunkUnregistered,
    /// Calls outside are stopped: too many different numbers were called. Somebody releases them on the floor.
    CallsStopped,
    /// Nearly as many files are open as may be.
    FilesLow,
    /// The certificate is over: browsers refuse the page.
    CertificateExpired,
    /// The certificate is over in less than 14 days.
    CertificateExpiring,
    /// A new certificate lies on disk and cannot be used.
    CertificateUnusable,
    /// The file that says where numbers are from cannot be used; what is inside the program is.
    LocationsUnusable,
}

impl HealthCode {
    /// The code as it stands in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            HealthCode::LedgerUnwritable => "ledger_unwritable",
            HealthCode::FloorStalled => "floor_stalled",
            HealthCode::MediaStalled => "media_stalled",
            HealthCode::SignallingStalled => "signalling_stalled",
            HealthCode::Draining => "draining",
            HealthCode::LedgerSlow => "ledger_slow",
            HealthCode::RecordingsFailing => "recordings_failing",
            HealthCode::RecordingsMissing => "recordings_missing",
            HealthCode::DiskLow => "disk_low",
            HealthCode::TrunkSilent => "trunk_silent",
            HealthCode::TrunkDown => "trunk_down",
            HealthCode::TrunkUnregistered => "trunk_unregistered",
            HealthCode::CallsStopped => "calls_stopped",
            HealthCode::FilesLow => "files_low",
            HealthCode::CertificateExpired => "certificate_expired",
            HealthCode::CertificateExpiring => "certificate_expiring",
            HealthCode::CertificateUnusable => "certificate_unusable",
            HealthCode::LocationsUnusable => "locations_unusable",
        }
    }
}

/// How the node does, in figures.
#[derive(Debug, Serialize, ToSchema)]
pub struct SystemHealth {
    /// Overall.
    pub status: HealthStatus,
    /// What is wrong.
    pub codes: Vec<HealthCode>,
    /// When this was so.
    pub at_us: i64,
    /// Version of the program.
    pub version: String,
    /// When the program began.
    pub started_at_us: i64,
    /// The ledger.
    pub ledger: LedgerHealth,
    /// Sealed recordings that were not there, or not whole, when last looked for.
    pub recordings_missing: u64,
    /// Calls at this moment.
    pub calls: CallsHealth,
    /// Carriers of the centre.
    pub trunks: Vec<TrunkHealth>,
    /// The disk the data is on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disk: Option<DiskHealth>,
    /// The certificate in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<CertificateHealth>,
    /// The data that says where numbers are from.
    pub locations: LocationsHealth,
    /// The process.
    pub process: ProcessHealth,
}

/// The data that says where numbers are from.
#[derive(Debug, Serialize, ToSchema)]
pub struct LocationsHealth {
    /// What it is called, with its version.
    pub source: String,
    /// Its date, `YYYY-MM-DD`.
    pub dated: String,
    /// It is what comes inside the program.
    pub built_in: bool,
}

/// The ledger.
#[derive(Debug, Serialize, ToSchema)]
pub struct LedgerHealth {
    /// Events not yet durable.
    pub uncommitted: u64,
    /// How long the oldest of them has been waiting.
    pub oldest_ms: i64,
    /// What 99 of 100 commits of the last minute stayed within; absent when there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit_p99_ms: Option<i64>,
}

/// Calls at this moment.
#[derive(Debug, Serialize, ToSchema)]
pub struct CallsHealth {
    /// Legs of carriers.
    pub telephone: u64,
    /// Legs of visitors' browsers.
    pub visitor: u64,
    /// Legs of agents' browsers.
    pub agent: u64,
    /// Conversations, wrap-up included.
    pub conversations: u64,
}

/// A carrier.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrunkHealth {
    /// What it is called.
    pub name: String,
    /// When it was last heard; absent when it never was since the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heard_at_us: Option<i64>,
    /// It used to ask whether we are there, and stopped.
    pub silent: bool,
    /// Calls of it since the start that were refused with 488 for want of a codec in common; absent when there were none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_codec: Option<u64>,
    /// Addresses calls to it go to, the best first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub addresses: Vec<TrunkAddress>,
    /// Our registration with it; absent when it wants none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registration: Option<TrunkRegistration>,
}

/// An address a carrier is called at.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrunkAddress {
    /// Address and port.
    pub address: String,
    /// Whether it answers; absent when it is not asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reach: Option<TrunkReach>,
}

/// Whether an address answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TrunkReach {
    /// Nobody knows yet.
    Untried,
    /// It does.
    Up,
    /// It does not; calls go there last.
    Down,
}

impl From<Reach> for TrunkReach {
    fn from(reach: Reach) -> TrunkReach {
        match reach {
            Reach::Untried => TrunkReach::Untried,
            Reach::Up => TrunkReach::Up,
            Reach::Down => TrunkReach::Down,
        }
    }
}

/// How a registration at a carrier stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TrunkRegistration {
    /// Asked for the first time.
    Asking,
    /// Registered.
    Registered,
    /// Refused; tried again later.
    Refused,
    /// Nothing came back; tried again later.
    Unreachable,
}

impl From<Registration> for TrunkRegistration {
    fn from(registration: Registration) -> TrunkRegistration {
        match registration {
            Registration::Asking => TrunkRegistration::Asking,
            Registration::Registered => TrunkRegistration::Registered,
            Registration::Refused => TrunkRegistration::Refused,
            Registration::Unreachable => TrunkRegistration::Unreachable,
        }
    }
}

/// A disk.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiskHealth {
    /// Bytes that may still be written.
    pub free_bytes: u64,
    /// Bytes in all.
    pub total_bytes: u64,
    /// How long it last took to make 4 KiB durable, in microseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sync_us: Option<i64>,
}

/// The certificate in use.
#[derive(Debug, Serialize, ToSchema)]
pub struct CertificateHealth {
    /// Made by the server itself; browsers ask before they trust it.
    pub generated: bool,
    /// Not good any more from then on.
    pub expires_at_us: i64,
    /// SHA-256 as browsers show it.
    pub sha256: String,
    /// Names and addresses it is good for.
    pub names: Vec<String>,
}

/// The process.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcessHealth {
    /// Memory in use.
    pub resident_bytes: u64,
    /// Open files and sockets.
    pub open_files: u64,
    /// How many may be open.
    pub open_files_max: u64,
}

/// How many of everything the node holds; all but `tasks` return to zero when nobody is on the line.
#[derive(Debug, Serialize, ToSchema)]
pub struct CensusState {
    /// Counts by name.
    #[schema(value_type = Object)]
    pub counts: std::collections::BTreeMap<String, u64>,
}

/// Makes the ledger's commits slow or failing.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FaultOrder {
    /// Commits wait this long from now, up to 10,000 ms.
    pub stall_ms: Option<u64>,
    /// Commits fail until told otherwise.
    pub fail_commits: Option<bool>,
    /// The process is killed at the place of this name.
    pub kill_at: Option<String>,
    /// How often it may pass the place before; 0 if not given.
    pub kill_after: Option<u32>,
}

/// The places at which a test can have the process killed.
#[derive(Debug, Serialize, ToSchema)]
pub struct KillPoints {
    /// All of them.
    pub points: Vec<KillPoint>,
}

/// A place at which the process can be killed.
#[derive(Debug, Serialize, ToSchema)]
pub struct KillPoint {
    /// Its name.
    pub name: &'static str,
    /// During what it is passed.
    pub when: KillStage,
}

/// During what a place is passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum KillStage {
    /// The first start on an empty directory.
    FirstStart,
    /// The first call of a centre.
    FirstCall,
    /// Any start.
    Start,
    /// Calls and the work of people.
    Work,
    /// A stop in order.
    Stop,
}

impl From<store::kill::When> for KillStage {
    fn from(when: store::kill::When) -> KillStage {
        match when {
            store::kill::When::FirstStart => KillStage::FirstStart,
            store::kill::When::FirstCall => KillStage::FirstCall,
            store::kill::When::Start => KillStage::Start,
            store::kill::When::Work => KillStage::Work,
            store::kill::When::Stop => KillStage::Stop,
        }
    }
}
