//! Hands the customer to a queue. The flow is over, unless the queue is full or its limit on waiting gives the customer back.

use domain::event::FlowExit;
use domain::{ConversationId, QueueId};

use crate::conversation::{Back, CannotJoin, FlowBack};
use crate::floor::Floor;
use crate::flow::{FlowCursor, Lead, Turn};

impl Floor {
    pub(crate) fn node_enqueue(
        &mut self,
        id: ConversationId,
        cursor: &mut FlowCursor,
        queue: QueueId,
        on_timeout: u16,
        on_full: Option<u16>,
    ) -> Turn {
        match self.can_join_queue(queue) {
            Ok(()) => {
                self.leave_node(id, cursor, FlowExit::Next);
                if let Some(loan) = cursor.loan.take() {
                    self.transfer_taken(id, &loan);
                }
                self.join_queue(id, queue, Back::Flow(FlowBack { flow: cursor.flow.clone(), node: on_timeout }));
            }
            Err(CannotJoin::Full) if let Some(to) = on_full => {
                cursor.lead = Lead::full(queue);
                return Turn::Go { exit: FlowExit::Full, to };
            }
            Err(why) => {
                self.leave_node(id, cursor, FlowExit::Failed);
                match cursor.loan.take() {
                    Some(loan) => self.come_back(id, *loan),
                    None => self.refuse_waiting(id, why),
                }
            }
        }
        Turn::Over
    }
}
