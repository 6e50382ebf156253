//! A carrier's call is judged before anything is promised to it.

use domain::screening::ScreenAction;
use domain::{Command, ConversationId, Event, FlowId, TrunkId, Utc};

use super::{Calling, Unheard};
use crate::floor::Floor;
use crate::screening::{Caller, Judgement};

/// How a caller who is let in goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WayIn {
    /// Through which flow.
    flow: FlowId,
    /// In place of the one of the number.
    pub is_diverted: bool,
    is_vip: bool,
    /// Whether nothing but a sound or a key of theirs keeps them.
    is_watched: bool,
}

impl Floor {
    /// What is decided about whoever calls so, without a trace.
    pub(crate) fn would_screen(&self, caller: Caller<'_>, now: Utc) -> Judgement {
        self.screen.judge(caller, now, |flow| self.catalog.flow(flow).is_some())
    }

    /// Judges a call that has just begun; `None` keeps it out. A visitor's browser comes from no carrier and has no number to be judged by.
    pub(super) fn screen_call(
        &mut self,
        id: ConversationId,
        trunk: Option<TrunkId>,
        calling: &Calling,
        usual: FlowId,
    ) -> Option<WayIn> {
        let judged = match trunk {
            Some(_) => {
                self.screen.note(id, &calling.known);
                let Calling { shown, known, area } = calling;
                let caller = Caller { known, area, is_withheld: shown.is_empty() };
                self.would_screen(caller, self.now.utc)
            }
            None => Judgement::default(),
        };
        if let Some(screening) = judged.screening {
            self.emit(Event::Screened { conversation: id, screening });
        }
        let (flow, is_diverted) = match judged.action() {
            ScreenAction::Refused => return None,
            ScreenAction::Diverted(flow) => (flow, true),
            ScreenAction::LetIn => (usual, false),
        };
        if let Some(entry) = judged.vip {
            self.emit(Event::VipRecognised { conversation: id, entry });
        }
        let is_exempt = judged.is_allowed || judged.vip.is_some();
        Some(WayIn { flow, is_diverted, is_vip: judged.vip.is_some(), is_watched: trunk.is_some() && !is_exempt })
    }

    pub(super) fn lead_through(&mut self, id: ConversationId, way: WayIn) {
        let flow = self.catalog.flow(way.flow);
        let rule = self.screen.dead_air().filter(|_| way.is_watched);
        if let Some(conversation) = self.conversations.get_mut(&id) {
            (conversation.flow, conversation.is_vip) = (flow, way.is_vip);
            conversation.unheard = rule.map(Unheard::new);
        }
    }

    /// At a start: who made short calls before it is known as a party only.
    pub(crate) fn ask_for_nameless_callers(&mut self) {
        let among = self.screen.nameless();
        if !among.is_empty() {
            self.command(Command::RecallCallers { among });
        }
    }
}
