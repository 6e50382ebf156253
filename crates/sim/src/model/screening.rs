//! Who is kept out: by looking at the beginning of a number.

use domain::screening::{ScreenAction, ScreenReason, Screening};
use domain::{ConversationId, LegId};

use super::{Model, SCREENED, Verdict, hold};
use crate::centre::{ALLOWED, BLOCKED, FAR};

impl Model {
    /// Notes a carrier's call that may not be let in.
    pub(super) fn bar(&mut self, leg: LegId, known: &str) {
        let is_blocked = BLOCKED.iter().any(|begins| known.starts_with(begins)) || known.starts_with(FAR);
        if is_blocked && !known.starts_with(ALLOWED) {
            self.barred.insert(leg);
        }
    }

    pub(super) fn screened(&mut self, id: ConversationId, Screening { reason, action }: Screening) -> Verdict {
        let fits = match reason {
            ScreenReason::BlockList(_) | ScreenReason::BlockArea(_) => action == ScreenAction::Refused,
            ScreenReason::Anonymous => matches!(action, ScreenAction::Diverted(_)),
            ScreenReason::AllowList(_) => action == ScreenAction::LetIn,
            ScreenReason::Nuisance | ScreenReason::AllowArea(_) => false,
        };
        hold(SCREENED, fits, || format!("{id} is screened for {reason:?}: {action:?}"))
    }
}
