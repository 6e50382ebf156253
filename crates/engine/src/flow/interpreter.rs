//! Walks a caller through a flow until a node waits or the flow is over.

use domain::event::FlowExit;
use domain::settings::FlowNodeKind;
use domain::{ConversationId, EndReason, Event, Key};

use super::nodes::{consent, hang_up, hours, menu, play, voicemail};
use super::{FlowCursor, KeyBuffer, Lead, NodeStep, Turn};
use crate::catalog::FlowRef;
use crate::conversation::{CustomerStage, Transfer};
use crate::floor::Floor;
use crate::limits::FLOW_STEPS_PER_INPUT_MAX;
use crate::output::Ignored;
use crate::timers::Timer;

impl Floor {
    /// Enters a flow at its first node, or at `node` when a queue gives the customer back; `lead` says what led there.
    pub(crate) fn enter_flow(&mut self, id: ConversationId, flow: FlowRef, node: Option<u16>, lead: Lead) {
        let Some(node) = node.or_else(|| flow.flow().map(|flow| flow.entry)) else {
            return self.give_up_customer(id, EndReason::FlowFailed);
        };
        self.keep_before_queue(id);
        let segment = self.mint();
        let (step, keys) = (NodeStep::Playing, KeyBuffer::default());
        self.walk(id, FlowCursor { flow, segment, node, step, keys, lead, loan: None });
    }

    /// Enters a flow that the customer of an agent is lent to.
    pub(crate) fn enter_lent(&mut self, id: ConversationId, flow: FlowRef, loan: Transfer) {
        let Some(node) = flow.flow().map(|flow| flow.entry) else { return self.come_back(id, loan) };
        let segment = self.mint();
        let (step, keys, lead) = (NodeStep::Playing, KeyBuffer::default(), Lead::START);
        self.walk(id, FlowCursor { flow, segment, node, step, keys, lead, loan: Some(Box::new(loan)) });
    }

    fn walk(&mut self, id: ConversationId, mut cursor: FlowCursor) {
        for _ in 0..FLOW_STEPS_PER_INPUT_MAX {
            let Some(node) = cursor.flow.node(cursor.node) else { break };
            let kind = node.kind.clone();
            self.enter_node(id, &cursor);
            match self.node_entered(id, &mut cursor, &kind) {
                Turn::Go { exit, to } => {
                    self.leave_node(id, &cursor, exit);
                    cursor.go(exit, to);
                }
                Turn::Stay(step) => {
                    cursor.step = step;
                    return self.set_stage(id, CustomerStage::InFlow(cursor));
                }
                Turn::Over => return,
            }
        }
        // A node that does not exist, or more steps than any sensible drawing has. Every node entered has been left.
        self.flow_failed(id, &cursor);
    }

    /// A flow cannot go on; the node has been left. Whoever was lent to it is not lost with it.
    pub(crate) fn flow_failed(&mut self, id: ConversationId, cursor: &FlowCursor) {
        match cursor.loan.clone() {
            Some(loan) => self.come_back(id, *loan),
            None => self.give_up_customer(id, EndReason::FlowFailed),
        }
    }

    fn enter_node(&mut self, id: ConversationId, cursor: &FlowCursor) {
        let Some((flow, flow_version)) = cursor.flow.flow().map(|flow| (flow.id, flow.version)) else { return };
        let (segment, node) = (cursor.segment, cursor.node);
        self.emit(Event::FlowNodeEntered { conversation: id, segment, flow, flow_version, node });
    }

    pub(crate) fn leave_node(&mut self, id: ConversationId, cursor: &FlowCursor, exit: FlowExit) {
        self.emit(Event::FlowNodeLeft { conversation: id, segment: cursor.segment, node: cursor.node, exit });
    }

    fn node_entered(&mut self, id: ConversationId, cursor: &mut FlowCursor, kind: &FlowNodeKind) -> Turn {
        if kind.needs_answer() {
            self.answer_caller(id);
        }
        match kind {
            FlowNodeKind::Play { sounds, stop_on, next } => play::enter(self, id, cursor, sounds, *stop_on, *next),
            FlowNodeKind::Menu { .. } => match menu::Menu::of(kind) {
                Some(menu) => menu.enter(self, id, cursor),
                None => Turn::Over,
            },
            FlowNodeKind::Hours { calendar, open, closed } => hours::enter(self, id, cursor, *calendar, *open, *closed),
            FlowNodeKind::SetLanguage { language, next } => {
                if let Some(conversation) = self.conversations.get_mut(&id) {
                    conversation.language = *language;
                }
                Turn::Go { exit: FlowExit::Next, to: *next }
            }
            FlowNodeKind::Enqueue { queue, on_timeout, on_full } => {
                self.node_enqueue(id, cursor, *queue, *on_timeout, *on_full)
            }
            FlowNodeKind::Voicemail { .. } => match voicemail::Voicemail::of(kind) {
                Some(voicemail) => voicemail.enter(self, id, cursor),
                None => Turn::Over,
            },
            FlowNodeKind::Consent { .. } => match consent::Consent::of(kind) {
                Some(consent) => consent.enter(self, id, cursor),
                None => Turn::Over,
            },
            FlowNodeKind::HangUp { closed } => hang_up::enter(self, id, cursor, *closed),
        }
    }

    /// The flow is torn off where the customer stands.
    pub(crate) fn leave_flow(&mut self, id: ConversationId, cursor: &FlowCursor, exit: FlowExit) {
        self.timers.cancel(Timer::Menu(id));
        self.keep_message(id, cursor);
        self.leave_node(id, cursor, exit);
    }

    pub(crate) fn flow_key(&mut self, id: ConversationId, mut cursor: FlowCursor, key: Key) {
        let Some(kind) = cursor.flow.node(cursor.node).map(|node| node.kind.clone()) else { return };
        let turn = if let Some(menu) = menu::Menu::of(&kind) {
            menu.key(self, id, &mut cursor, key)
        } else if let Some(voicemail) = voicemail::Voicemail::of(&kind) {
            voicemail.key(self, id, &mut cursor, key)
        } else if let Some(consent) = consent::Consent::of(&kind) {
            consent.key(self, id, &cursor, key)
        } else if let FlowNodeKind::Play { stop_on, next, .. } = &kind {
            play::key(self, &mut cursor, *stop_on, *next, key)
        } else {
            return self.ignore(Ignored::UnwantedKey);
        };
        self.go_on(id, cursor, turn);
    }

    pub(crate) fn flow_play_ended(&mut self, id: ConversationId, mut cursor: FlowCursor) {
        let Some(kind) = cursor.flow.node(cursor.node).map(|node| node.kind.clone()) else { return };
        let turn = if let Some(menu) = menu::Menu::of(&kind) {
            menu.prompt_ended(self, id, &cursor)
        } else if let Some(voicemail) = voicemail::Voicemail::of(&kind) {
            voicemail.play_ended(self, id, &mut cursor)
        } else if let Some(consent) = consent::Consent::of(&kind) {
            consent.question_ended(self, id, &cursor)
        } else if let FlowNodeKind::Play { next, .. } = &kind {
            Turn::Go { exit: FlowExit::Next, to: *next }
        } else {
            return;
        };
        self.go_on(id, cursor, turn);
    }

    pub(crate) fn menu_timed_out(&mut self, id: ConversationId) {
        let stage = self.conversations.get(&id).map(|conversation| conversation.stage.clone());
        let Some(CustomerStage::InFlow(cursor)) = stage else { return self.ignore(Ignored::Late) };
        self.guard.subject = Some(id);
        let Some(kind) = cursor.flow.node(cursor.node).map(|node| node.kind.clone()) else { return };
        let turn = if let Some(menu) = menu::Menu::of(&kind) {
            menu.timed_out(self, id, &cursor)
        } else if let Some(consent) = consent::Consent::of(&kind) {
            consent.timed_out(self, id, &cursor)
        } else {
            return self.ignore(Ignored::Late);
        };
        self.go_on(id, cursor, turn);
    }

    pub(super) fn go_on(&mut self, id: ConversationId, mut cursor: FlowCursor, turn: Turn) {
        match turn {
            Turn::Go { exit, to } => {
                self.leave_node(id, &cursor, exit);
                cursor.go(exit, to);
                self.walk(id, cursor);
            }
            Turn::Stay(step) => {
                cursor.step = step;
                self.set_stage(id, CustomerStage::InFlow(cursor));
            }
            Turn::Over => {}
        }
    }
}
