//! Ends the call, or gives a customer who was lent back.

use domain::event::FlowExit;
use domain::{Cause, ConversationId, EndReason, EndedBy};

use crate::conversation::End;
use crate::floor::Floor;
use crate::flow::{FlowCursor, Turn};

pub(crate) fn enter(floor: &mut Floor, id: ConversationId, cursor: &FlowCursor, closed: bool) -> Turn {
    floor.leave_node(id, cursor, FlowExit::Next);
    if let Some(loan) = cursor.loan.clone() {
        floor.come_back(id, *loan);
        return Turn::Over;
    }
    let reason = if closed { EndReason::Closed } else { EndReason::FlowEnded };
    floor.release_customer(id, End { by: EndedBy::System, reason }, Cause::Normal);
    Turn::Over
}
