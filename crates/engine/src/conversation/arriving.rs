//! A leg arrives and is answered.

use domain::input::LegSource;
use domain::room::PortRole;
use domain::settings::Number;
use domain::{
    Cause, Channel, Command, ConversationId, Direction, EndReason, EndedBy, Event, Language, LegId, Party, PartyId,
};

use super::{Conversation, CustomerStage, End};
use crate::floor::Floor;
use crate::flow::Lead;
use crate::limits::{CONVERSATIONS_MAX, PARTY_CHARS_MAX};
use crate::output::{Ignored, Output};
use crate::rooms::Room;

/// Who calls.
#[derive(Clone, Debug, Default)]
pub(crate) struct Calling {
    /// As presented; empty when withheld.
    pub shown: String,
    /// In the spelling of the lists; empty when nobody knows it.
    pub known: String,
    /// Where that was given out, as the lists name areas; empty when nobody knows.
    pub area: String,
}

impl Floor {
    pub(crate) fn leg_arrived(&mut self, leg: LegId, source: LegSource, called: String, calling: Calling) {
        if self.index.legs.contains_key(&leg) {
            return self.ignore(Ignored::Duplicate);
        }
        let number = self.catalog.number(&called).cloned();
        let id: ConversationId = self.mint();
        self.guard.subject = Some(id);
        let (from, to) = (self.party(&calling.shown), self.party(&called));
        self.emit(Event::ConversationStarted {
            conversation: id,
            channel: Channel::Voice,
            direction: Direction::Inbound,
            number: number.as_ref().map(|number| number.id),
            from,
            to,
            language: number.as_ref().map_or(Language::Zh, |number| number.language),
            site: number.as_ref().map(|number| number.site),
            parent: None,
        });
        if self.conversations.len() >= CONVERSATIONS_MAX {
            // Nothing is kept of it, so that a flood cannot grow the floor; its LegEnded will name an unknown leg.
            self.command(Command::Refuse { leg, cause: Cause::Overload });
            let (by, reason) = (EndedBy::System, EndReason::Overload);
            return self.emit(Event::ConversationEnded { conversation: id, by, reason });
        }
        let trunk = match source {
            LegSource::Trunk(trunk) => Some(trunk),
            LegSource::Visitor => None,
        };
        self.trunk_heard(trunk);
        if self.is_turned_away(id, leg, trunk) {
            return;
        }
        self.index.legs.insert(leg, id);
        let shown: String = calling.shown.chars().take(PARTY_CHARS_MAX).collect();
        let Some(number) = number else {
            self.command(Command::Refuse { leg, cause: Cause::UnknownNumber });
            let end = End { by: EndedBy::System, reason: EndReason::UnknownNumber };
            self.add_conversation(id, leg, shown, None, CustomerStage::Leaving(end));
            return;
        };
        let Some(way) = self.screen_call(id, trunk, &calling, number.flow) else {
            self.command(Command::Refuse { leg, cause: Cause::Declined });
            let end = End { by: EndedBy::System, reason: EndReason::Screened };
            self.add_conversation(id, leg, shown, Some(&number), CustomerStage::Leaving(end));
            return;
        };
        self.add_conversation(id, leg, shown.clone(), Some(&number), CustomerStage::Arriving);
        self.lead_through(id, way);
        self.emit(Event::LegJoined { conversation: id, leg, role: PortRole::Customer, agent: None, trunk });
        self.take_call(id, leg, trunk, &number);
        if !shown.is_empty() {
            if !way.is_diverted {
                self.ask_for_kept_places(id, &shown);
            }
            self.command(Command::ResolveCustomer { conversation: id, calling: shown });
        }
    }

    fn add_conversation(
        &mut self,
        id: ConversationId,
        leg: LegId,
        calling: String,
        number: Option<&Number>,
        stage: CustomerStage,
    ) {
        let conversation = Conversation {
            id,
            leg,
            has_leg: true,
            calling,
            callee: None,
            far_phone: None,
            outside_call: None,
            language: number.map_or(Language::Zh, |number| number.language),
            is_vip: false,
            number: number.map(|number| number.id),
            flow: number.and_then(|number| self.catalog.flow(number.flow)),
            stage,
            earlier: Vec::new(),
            room: None,
            handlings: Vec::new(),
            supervisors: Vec::new(),
            progress: None,
            unheard: None,
            early: None,
        };
        self.conversations.insert(id, conversation);
    }

    pub(crate) fn party(&mut self, raw: &str) -> PartyId {
        let id = self.mint();
        self.out.push_back(Output::Party(Party { id, raw: raw.chars().take(PARTY_CHARS_MAX).collect() }));
        id
    }

    pub(crate) fn leg_answered(&mut self, leg: LegId) {
        if let Some((id, outside)) = self.outside_of_leg(leg) {
            return self.outside_answered(id, outside);
        }
        let Some(id) = self.conversation_of_leg(leg) else { return };
        let Some(conversation) = self.conversations.get_mut(&id) else { return };
        match conversation.stage {
            CustomerStage::Arriving => {}
            CustomerStage::Dialling(_) => return self.dial_answered(id, leg),
            CustomerStage::Leaving(_) | CustomerStage::Gone(_) => return self.ignore(Ignored::Late),
            CustomerStage::InFlow(_)
            | CustomerStage::Waiting(_)
            | CustomerStage::Ringing(_)
            | CustomerStage::Parked(_)
            | CustomerStage::Returning(_)
            | CustomerStage::Forwarded(_)
            | CustomerStage::Talking(_) => return self.answered_after_all(id, leg),
        }
        // Without an offer of theirs there was nothing to let them hear us by.
        conversation.early = None;
        self.emit(Event::LegAnswered { conversation: id, leg });
        self.begin_flow(id);
    }

    /// Opens the room and enters the flow of the call.
    pub(super) fn begin_flow(&mut self, id: ConversationId) {
        let flow = self.conversations.get_mut(&id).and_then(|conversation| conversation.flow.take());
        self.open_room(id);
        match flow {
            Some(flow) => self.enter_flow(id, flow, None, Lead::START),
            None => self.fail_customer(id, EndReason::FlowFailed),
        }
    }

    pub(crate) fn open_room(&mut self, id: ConversationId) {
        let room = self.mint();
        self.index.rooms.insert(room, id);
        if let Some(conversation) = self.conversations.get_mut(&id) {
            conversation.room = Some(Room::new(room));
        }
    }
}
