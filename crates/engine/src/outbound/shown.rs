//! Which number of ours the far side sees.

use domain::outbound::{OutboundPlan, OutboundTrunk, ShownNumber};
use domain::settings::{Agent, Number};
use domain::{NumberId, SiteId};

/// What the choice is made from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice<'a> {
    pub numbers: &'a [Number],
    pub agent: Option<&'a Agent>,
    /// The number the customer dialled, for one who is handed over or asked about.
    pub dialled: Option<NumberId>,
}

/// A number that is not there any more is as if none had been chosen; `None` when none is shown.
pub(super) fn shown(
    how: ShownNumber,
    plan: &OutboundPlan,
    trunk: &OutboundTrunk,
    choice: Choice<'_>,
) -> Option<NumberId> {
    let usual = || choice.ours(plan.number).or_else(|| choice.numbers.first().map(|number| number.id));
    let site = || choice.agent.and_then(|agent| choice.of_site(agent.site)).or_else(usual);
    match how {
        ShownNumber::Usual => usual(),
        ShownNumber::Fixed(number) => choice.ours(Some(number)).or_else(usual),
        ShownNumber::Dialled => choice.ours(choice.dialled).or_else(site),
        ShownNumber::Site => site(),
        ShownNumber::Withheld if trunk.withholds => None,
        ShownNumber::Withheld => site(),
    }
}

impl Choice<'_> {
    fn ours(&self, id: Option<NumberId>) -> Option<NumberId> {
        id.filter(|id| self.numbers.iter().any(|number| number.id == *id))
    }

    fn of_site(&self, site: SiteId) -> Option<NumberId> {
        self.numbers.iter().find(|number| number.site == site).map(|number| number.id)
    }
}
