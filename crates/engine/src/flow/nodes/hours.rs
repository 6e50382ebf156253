//! Branches on opening hours: those of the number, or of a calendar the node names.

use domain::calendar::Standing;
use domain::event::FlowExit;
use domain::settings::HoursOf;
use domain::{CalendarId, ConversationId, Event, HoursReason};

use crate::floor::Floor;
use crate::flow::{FlowCursor, Turn};

/// A number without opening hours is always open.
const ALWAYS: Standing = Standing { open: true, why: HoursReason::NoCalendar, exception: None };

pub(crate) fn enter(
    floor: &mut Floor,
    id: ConversationId,
    cursor: &FlowCursor,
    of: HoursOf,
    open: u16,
    closed: u16,
) -> Turn {
    let calendar = match of {
        HoursOf::Calendar(calendar) => Some(calendar),
        HoursOf::Number => number_calendar(floor, id),
    };
    let standing = match calendar {
        Some(calendar) => floor.catalog.calendar(calendar).and_then(|calendar| calendar.standing(floor.now.utc)),
        None => Some(ALWAYS),
    };
    let Some(Standing { open: is_open, why, exception }) = standing else {
        floor.leave_node(id, cursor, FlowExit::Failed);
        floor.flow_failed(id, cursor);
        return Turn::Over;
    };
    let (segment, node) = (cursor.segment, cursor.node);
    floor.emit(Event::HoursChecked { conversation: id, segment, node, calendar, open: is_open, why, exception });
    if is_open { Turn::Go { exit: FlowExit::Open, to: open } } else { Turn::Go { exit: FlowExit::Closed, to: closed } }
}

fn number_calendar(floor: &Floor, id: ConversationId) -> Option<CalendarId> {
    let number = floor.conversations.get(&id)?.number?;
    floor.catalog.calendar_of(number)
}
