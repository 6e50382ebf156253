//! Who is kept out, let in against that, and served first: decided about a carrier's call before it is answered.
//!
//! ```text
//! emergency? ─▶ let in
//! lists ─▶ withheld ─▶ nuisance        the first that says no decides, unless the allow list says yes
//! VIP                                  beside it
//! ```
//! *Invariants.* A look-up costs the digits of one number and the three parts of its area, however many entries there are. Entries lapse by civil time, without anything being
//! told. Short calls are counted by the fold of the ledger's events, so a restart forgives nobody; what no event says, the numbers, is noted
//! beside it and asked for again at a start. A flow that does not exist any more keeps out: it never lets in.

mod lists;
mod nuisance;

use domain::outbound::is_emergency_number;
use domain::screening::{
    DeadAirRule, Diversion, NuisanceRule, ScreenAction, ScreenReason, Screening, ScreeningPolicy, ScreeningRules,
};
use domain::{ConversationId, Event, FlowId, ListEntryId, PartyId, Utc};

pub use nuisance::SHORT_CALLS_MAX;

use lists::{Hit, Lists};
use nuisance::Nuisances;

/// Who calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller<'a> {
    /// The number in the spelling of the lists; empty when nobody knows it.
    pub known: &'a str,
    /// Where that number was given out, as the lists name areas; empty when nobody knows.
    pub area: &'a str,
    /// The number is withheld from us.
    pub is_withheld: bool,
}

/// What is decided about a caller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    /// Why the caller is not treated as everybody, and how; `None` lets in without a word.
    pub screening: Option<Screening>,
    /// The entry of the block or the allow list that decides between the two.
    pub entry: Option<ListEntryId>,
    /// The entry of the VIP list.
    pub vip: Option<ListEntryId>,
    /// The allow list, or being one of those who help, speaks for the caller.
    pub is_allowed: bool,
}

impl Judgement {
    /// What is done.
    pub fn action(&self) -> ScreenAction {
        self.screening.map_or(ScreenAction::LetIn, |screening| screening.action)
    }
}

/// The rules in force and the fold of short calls.
#[derive(Clone, Debug, Default)]
pub(crate) struct Screen {
    lists: Lists,
    policy: ScreeningPolicy,
    nuisances: Nuisances,
}

impl Screen {
    /// Puts rules in force.
    pub(crate) fn adopt(&mut self, rules: &ScreeningRules) {
        self.lists = Lists::new(&rules.entries);
        self.policy = rules.policy;
        self.nuisances.adopt(rules.policy.nuisance);
    }

    /// Decides about a call.
    pub(crate) fn judge(&self, caller: Caller<'_>, now: Utc, has_flow: impl Fn(FlowId) -> bool) -> Judgement {
        if is_emergency_number(caller.known) {
            // Whoever helps calls back.
            return Judgement { is_allowed: true, ..Judgement::default() };
        }
        let found = self.lists.find(caller.known, caller.area, now);
        let against = self.against(caller, found.block, now);
        let screening = match (found.allow, against) {
            (_, None) => None,
            (Some(hit), Some(_)) => {
                let of_area = hit.is_area && !caller.is_withheld;
                let reason = if of_area { ScreenReason::AllowArea } else { ScreenReason::AllowList }(hit.id);
                Some(Screening { reason, action: ScreenAction::LetIn })
            }
            (None, Some((reason, diversion))) => Some(Screening { reason, action: action(diversion, &has_flow) }),
        };
        let is_allowed = found.allow.is_some();
        let entry = found.allow.or(found.block).map(|hit| hit.id);
        Judgement { screening, entry, vip: found.vip, is_allowed }
    }

    /// The rule about callers of whom nothing is heard, while there is one.
    pub(crate) fn dead_air(&self) -> Option<DeadAirRule> {
        Some(self.policy.dead_air).filter(|rule| rule.on)
    }

    fn against(&self, caller: Caller<'_>, block: Option<Hit>, now: Utc) -> Option<(ScreenReason, Diversion)> {
        let NuisanceRule { action: nuisance, .. } = self.policy.nuisance;
        if let Some(hit) = block {
            let of_area = hit.is_area && !caller.is_withheld;
            let reason = if of_area { ScreenReason::BlockArea } else { ScreenReason::BlockList }(hit.id);
            Some((reason, self.policy.block))
        } else if let Some(anonymous) = self.policy.anonymous.filter(|_| caller.is_withheld) {
            Some((ScreenReason::Anonymous, anonymous))
        } else {
            self.nuisances.is_one(caller.known, now).then_some((ScreenReason::Nuisance, nuisance))
        }
    }

    /// The number of the caller of a conversation that has just begun.
    pub(crate) fn note(&mut self, conversation: ConversationId, known: &str) {
        self.nuisances.note(conversation, known);
    }

    /// Folds one event.
    pub(crate) fn apply(&mut self, event: &Event, at: Utc) {
        self.nuisances.apply(event, at);
    }

    /// Callers of the run before whose numbers are not known.
    pub(crate) fn nameless(&self) -> Vec<PartyId> {
        self.nuisances.nameless()
    }

    /// What their numbers are.
    pub(crate) fn recalled(&mut self, callers: Vec<(PartyId, String)>) {
        self.nuisances.recalled(callers);
    }
}

fn action(diversion: Diversion, has_flow: impl Fn(FlowId) -> bool) -> ScreenAction {
    match diversion {
        Diversion::Flow(flow) if has_flow(flow) => ScreenAction::Diverted(flow),
        Diversion::Flow(_) | Diversion::Refuse => ScreenAction::Refused,
    }
}

#[cfg(test)]
mod tests;
