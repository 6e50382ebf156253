//! What a node knows of itself, as the API is told. `server` gathers it; tests make it up.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use domain::{TenantId, Utc};

/// All of it, at one moment.
#[derive(Clone, Debug, Default)]
pub struct Vitals {
    /// The ledger.
    pub ledger: LedgerVitals,
    /// Calls in progress.
    pub calls: CallVitals,
    /// How long carriers' calls took to come about.
    pub set_ups: SetUpVitals,
    /// How long ago the loop that decides was last seen at work.
    pub floor_seen: Duration,
    /// Packets; `None` when the thread that moves them does not answer.
    pub media: Option<MediaVitals>,
    /// Telephone signalling; `None` when it does not answer.
    pub signalling: Option<SignallingVitals>,
    /// The carriers.
    pub trunks: Vec<TrunkVitals>,
    /// Agents and rules whose calls outside an alarm stopped, of each centre that has any.
    pub outbound_stops: BTreeMap<TenantId, u64>,
    /// The disk the data is on; `None` when it cannot be asked.
    pub disk: Option<DiskVitals>,
    /// The process.
    pub process: ProcessVitals,
}

impl Vitals {
    /// Whether calls outside are stopped in a centre; without one, in any.
    pub fn has_stops(&self, centre: Option<TenantId>) -> bool {
        let mut stops = self.outbound_stops.iter().filter(|(_, stops)| **stops > 0);
        stops.any(|(of, _)| centre.is_none_or(|centre| centre == *of))
    }
}

/// The ledger.
#[derive(Clone, Debug, Default)]
pub struct LedgerVitals {
    /// Events not yet durable.
    pub uncommitted: u64,
    /// How long the oldest of them has been waiting.
    pub oldest: Duration,
    /// What 99 of 100 commits of the last minute stayed within.
    pub commit_p99: Option<Duration>,
    /// All commits: upper bounds of the buckets, and how many fell into each; one more than bounds, for those beyond.
    pub commit_bounds: Vec<Duration>,
    /// See `commit_bounds`.
    pub commit_counts: Vec<u64>,
    /// Time of all commits together.
    pub commit_sum: Duration,
}

/// Calls in progress.
#[derive(Clone, Copy, Debug, Default)]
pub struct CallVitals {
    /// Legs of carriers.
    pub telephone: u64,
    /// Legs of visitors' browsers.
    pub visitor: u64,
    /// Legs of agents' browsers, whether they talk or not.
    pub agent: u64,
    /// Conversations, wrap-up included.
    pub conversations: u64,
}

/// How long carriers' calls took to come about, since the start.
#[derive(Clone, Debug, Default)]
pub struct SetUpVitals {
    /// Upper bounds of the buckets.
    pub bounds: Vec<Duration>,
    /// Calls that came in, from their arrival to our answer or our sound before it: how many fell into each bucket; one more than bounds, for those beyond.
    pub answered: Vec<u64>,
    /// Their time together.
    pub answered_sum: Duration,
    /// Calls that went out, from the order to dial to the first sign of the far side: the same.
    pub rang: Vec<u64>,
    /// Their time together.
    pub rang_sum: Duration,
}

/// Packets since the start.
#[derive(Clone, Debug, Default)]
pub struct MediaVitals {
    /// Came.
    pub received: u64,
    /// Left.
    pub sent: u64,
    /// Dropped, by reason.
    pub dropped: BTreeMap<&'static str, u64>,
    /// How legs sound.
    pub sound: SoundVitals,
}

/// How legs sound, as estimated every ten seconds of each.
#[derive(Clone, Debug, Default)]
pub struct SoundVitals {
    /// Legs that are bad at this moment.
    pub bad_legs: u64,
    /// Times a leg became bad, since the start.
    pub fell: u64,
    /// Scores since the start, hundredths: upper bounds of the buckets, and how many fell into each; one more than bounds, for those beyond.
    pub score_bounds_hundredths: Vec<u16>,
    /// See `score_bounds_hundredths`.
    pub scores: Vec<u64>,
    /// All scores together, hundredths.
    pub scores_sum_hundredths: u64,
}

/// Telephone signalling since the start.
#[derive(Clone, Debug, Default)]
pub struct SignallingVitals {
    /// Calls that asked to come in.
    pub invites: u64,
    /// Questions whether we are there.
    pub options: u64,
    /// Requests refused before they became a call, by status.
    pub refused: BTreeMap<u16, u64>,
    /// Messages from addresses that are no trunk's: of devices, and of strangers.
    pub others: u64,
    /// Datagrams dropped unread.
    pub dropped: u64,
    /// Live legs with a codec that has to be coded.
    pub coded_legs: u64,
    /// Times there were as many as may be, and nothing but G.711 was offered or taken.
    pub uncoded: u64,
}

/// A carrier.
#[derive(Clone, Debug)]
pub struct TrunkVitals {
    /// Whose it is.
    pub tenant: TenantId,
    /// What it is called.
    pub name: String,
    /// How long ago it was last heard.
    pub heard: Option<Duration>,
    /// It used to ask whether we are there, and stopped.
    pub is_silent: bool,
    /// Calls of it that were refused for want of a codec in common.
    pub no_codec: u64,
    /// Addresses our calls go to, the best first.
    pub addresses: Vec<AddressVitals>,
    /// Our registration with it, where it wants one.
    pub registration: Option<Registration>,
}

impl TrunkVitals {
    /// Whether every address our calls go to was asked and does not answer.
    pub fn is_down(&self) -> bool {
        !self.addresses.is_empty() && self.addresses.iter().all(|address| address.reach == Some(Reach::Down))
    }

    /// Whether it wants us to register and does not have us.
    pub fn is_unregistered(&self) -> bool {
        matches!(self.registration, Some(Registration::Refused | Registration::Unreachable))
    }
}

/// An address a carrier is called at.
#[derive(Clone, Copy, Debug)]
pub struct AddressVitals {
    /// Which.
    pub address: SocketAddr,
    /// Whether it answers; `None` when it is not asked.
    pub reach: Option<Reach>,
}

/// Whether an address answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Nobody knows yet.
    Untried,
    /// It does.
    Up,
    /// It does not; calls go there last.
    Down,
}

/// How a registration at a carrier stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registration {
    /// Asked for the first time.
    Asking,
    /// Registered.
    Registered,
    /// Refused; tried again later.
    Refused,
    /// Nothing came back; tried again later.
    Unreachable,
}

/// A disk.
#[derive(Clone, Copy, Debug, Default)]
pub struct DiskVitals {
    /// Bytes we may still write.
    pub free_bytes: u64,
    /// Bytes in all.
    pub total_bytes: u64,
    /// How long it last took to make 4 KiB durable.
    pub sync: Option<Duration>,
}

/// The process.
#[derive(Clone, Copy, Debug, Default)]
pub struct ProcessVitals {
    /// Memory in use.
    pub resident_bytes: u64,
    /// Open files and sockets.
    pub open_files: u64,
    /// How many of them may be open.
    pub open_files_max: u64,
    /// Processor time so far.
    pub cpu: Duration,
    /// When it began.
    pub started_at: Utc,
}
