//! Callers nobody wants, and those who go first: lists of numbers, what is done about withheld ones, and about those who call again and again.
//!
//! Lists hold numbers and beginnings of numbers in one spelling, and areas numbers are given out to. Of the entries of the block and the allow
//! list that fit a caller, the closest decides: a longer number or beginning before a shorter one, any of them before an area, a city before its
//! province, a province before its country. Of two that are as close, the one that allows. The VIP list stands beside both: it never lets in
//! and never keeps out.

use std::time::Duration;

use crate::{AgentId, FlowId, ListEntryId, Utc};

/// Entries of all lists of a tenant: ten times what a centre of a thousand agents has collected in years. Beyond: nothing is added.
pub const LIST_ENTRIES_MAX: usize = 10_000;

/// Digits a beginning must have behind the code of the centre's own country: with one of them half the country would be kept out.
pub const PREFIX_DIGITS_MIN: usize = 2;

/// A list of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NumberList {
    /// Kept out.
    Block,
    /// Let in whatever else is said of them.
    Allow,
    /// Served before others.
    Vip,
}

impl NumberList {
    /// The stable name.
    pub const fn name(self) -> &'static str {
        match self {
            NumberList::Block => "block",
            NumberList::Allow => "allow",
            NumberList::Vip => "vip",
        }
    }

    /// From its stable name.
    pub fn from_name(name: &str) -> Option<NumberList> {
        [NumberList::Block, NumberList::Allow, NumberList::Vip].into_iter().find(|list| list.name() == name)
    }
}

/// What an entry of a list stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Covers {
    /// One number.
    Number,
    /// Every number that begins like this.
    Prefix,
    /// Every number that was given out there: a country, one of its provinces, or one of their cities.
    Area,
}

impl Covers {
    /// The stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Covers::Number => "number",
            Covers::Prefix => "prefix",
            Covers::Area => "area",
        }
    }

    /// From its stable name.
    pub fn from_name(name: &str) -> Option<Covers> {
        [Covers::Number, Covers::Prefix, Covers::Area].into_iter().find(|covers| covers.name() == name)
    }
}

/// An entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListEntry {
    /// Its id.
    pub id: ListEntryId,
    /// Of which list.
    pub list: NumberList,
    /// One number, all that begin so, or all of an area.
    pub covers: Covers,
    /// In the one spelling of callers; a beginning may stand for several. Of an area its path: `CN/广东/深圳`, `CN/广东`, `US`.
    pub spellings: Vec<String>,
    /// From when on it says nothing any more, civil time.
    pub expires: Option<Utc>,
}

/// What happens to a caller who is not let in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Diversion {
    /// The call is refused before it is answered.
    #[default]
    Refuse,
    /// The caller goes through this flow in place of the one of the number; refused when there is no such flow any more.
    Flow(FlowId),
}

/// A number that calls again and again and is gone after seconds each time is kept out for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NuisanceRule {
    /// In force.
    pub on: bool,
    /// Short calls that are too many, 2–100.
    pub calls: u32,
    /// In which time, 1–60 minutes.
    pub within: Duration,
    /// A call the caller ends before this is short, 1–60 s from its arrival.
    pub shorter_than: Duration,
    /// How long the number is kept out after the last of them, 1 minute – 24 hours.
    pub lasts: Duration,
    /// What happens to it.
    pub action: Diversion,
}

/// Short calls that can be asked for.
pub const NUISANCE_CALLS: (u32, u32) = (2, 100);
/// Minutes they may lie within.
pub const NUISANCE_WITHIN_MINUTES: (u64, u64) = (1, 60);
/// Seconds a short call may last.
pub const NUISANCE_SHORTER_THAN_S: (u64, u64) = (1, 60);
/// Minutes a number may be kept out.
pub const NUISANCE_FOR_MINUTES: (u64, u64) = (1, 24 * 60);

impl Default for NuisanceRule {
    fn default() -> NuisanceRule {
        NuisanceRule {
            on: false,
            calls: 5,
            within: Duration::from_secs(10 * 60),
            shorter_than: Duration::from_secs(10),
            lasts: Duration::from_secs(60 * 60),
            action: Diversion::Refuse,
        }
    }
}

/// Seconds without a sound that can be asked for.
pub const DEAD_AIR_AFTER_S: (u64, u64) = (10, 120);

/// A caller of whom nothing has been heard since the answer, neither a sound nor a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeadAirRule {
    /// In force.
    pub on: bool,
    /// How long nothing may be heard, 10–120 s in a flow or in a talk; an agent is told first and has as long again.
    pub after: Duration,
    /// What happens to the caller.
    pub action: DeadAirAction,
}

/// What happens to a caller of whom nothing is heard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DeadAirAction {
    /// The call is ended.
    #[default]
    End,
    /// The caller goes through this flow; ended when there is no such flow any more.
    Flow(FlowId),
}

impl Default for DeadAirRule {
    fn default() -> DeadAirRule {
        DeadAirRule { on: false, after: Duration::from_secs(30), action: DeadAirAction::End }
    }
}

/// What was done about a caller of whom nothing was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeadAirStep {
    /// The agent in talk was told.
    Told(AgentId),
    /// The caller was heard after all.
    Over,
    /// The call was ended.
    Ended,
    /// The caller was sent through a flow.
    Diverted(FlowId),
}

/// What is done about whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScreeningPolicy {
    /// About callers of the block list.
    pub block: Diversion,
    /// About those who withhold their number; `None` lets them in.
    pub anonymous: Option<Diversion>,
    /// About those who call again and again.
    pub nuisance: NuisanceRule,
    /// About those of whom nothing is heard.
    pub dead_air: DeadAirRule,
}

/// Everything callers are judged by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScreeningRules {
    /// The lists; entries that have expired may be among them.
    pub entries: Vec<ListEntry>,
    /// What is done.
    pub policy: ScreeningPolicy,
}

/// Why a caller was not treated as everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScreenReason {
    /// An entry of the block list.
    BlockList(ListEntryId),
    /// The number is withheld.
    Anonymous,
    /// Too many short calls.
    Nuisance,
    /// An entry of the allow list, without which the caller would have been kept out.
    AllowList(ListEntryId),
    /// An entry of the block list that names an area. Of a withheld number it is `BlockList`: where that is from is told to nobody.
    BlockArea(ListEntryId),
    /// An entry of the allow list that names an area; of a withheld number `AllowList`.
    AllowArea(ListEntryId),
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScreenAction {
    /// Refused before an answer.
    Refused,
    /// Sent through another flow.
    Diverted(FlowId),
    /// Let in.
    LetIn,
}

/// A judgement about an arriving call, as the ledger keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Screening {
    /// Why.
    pub reason: ScreenReason,
    /// What.
    pub action: ScreenAction,
}
