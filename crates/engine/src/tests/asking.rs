//! What agents of a script ask for, by its words.

use domain::input::{AgentAction, ForcedState, Input};
use domain::outbound::Stopped;
use domain::recording::PauseReason;
use domain::*;

use super::run::{agent_named, device_named, mode_named, target_named, whom_named};
use super::script::World;

impl World {
    pub(crate) fn ask(&mut self, agent: AgentId, action: &str, rest: &[&str]) {
        let offer = self.floor.inspect().records().conversations.values().find_map(|record| record.offer);
        let offer = offer.filter(|(_, to)| *to == agent).map_or(OfferId(1), |(offer, _)| offer);
        let handling = self.floor.inspect().conversations().flat_map(|view| view.handlings);
        let handling = handling.filter(|handling| handling.agent == agent).map(|handling| handling.id).next();
        let handling = handling.unwrap_or(HandlingId(1));
        let action = match action {
            "sign_in" => AgentAction::SignIn,
            "sign_out" => AgentAction::SignOut,
            "ready" => AgentAction::Ready,
            "not_ready" => {
                let reason = rest.first().map(|name| NotReadyReasonId(if *name == "break" { 701 } else { 799 }));
                AgentAction::NotReady { reason }
            }
            "use" => {
                let device = rest.first().filter(|name| **name != "browser").map(|name| device_named(name));
                AgentAction::UsePhone { device }
            }
            "dial" => AgentAction::Dial { to: rest.join(" "), task: None },
            "accept" => AgentAction::Accept { offer },
            "decline" => AgentAction::Decline { offer },
            "echo" => AgentAction::StartEcho,
            "no_echo" => AgentAction::StopEcho,
            "hold" => AgentAction::Hold { handling },
            "resume" => AgentAction::Resume { handling },
            "mute" => AgentAction::Mute { handling, on: true },
            "unmute" => AgentAction::Mute { handling, on: false },
            "transfer" => AgentAction::Transfer { handling, to: target_named(rest[0]), reason: None },
            "consult" => AgentAction::Consult { handling, whom: whom_named(rest[0]), reason: None },
            "add" | "silence" | "unsilence" | "throw_out" => self.about_party(agent, handling, action, rest[0]),
            "join" => AgentAction::JoinConsult { handling },
            "complete" => AgentAction::CompleteConsult { handling },
            "drop" => AgentAction::DropConsult { handling },
            "leave" => AgentAction::LeaveConsult { handling },
            "supervise" => {
                let (target, conversation) = self.talk_of(rest[0]);
                AgentAction::Supervise { target, conversation, mode: mode_named(rest[1]) }
            }
            "unsupervise" => AgentAction::StopSupervising,
            "take_over" => {
                let (target, conversation) = self.talk_of(rest[0]);
                AgentAction::TakeOver { target, conversation }
            }
            "release" => {
                let (target, conversation) = self.talk_of(rest[0]);
                AgentAction::Release { target, conversation }
            }
            "pick_up" => AgentAction::PickUp { conversation: self.conversation_of(rest[0]) },
            "assign" => AgentAction::Assign { conversation: self.conversation_of(rest[0]), to: agent_named(rest[1]) },
            "end" => AgentAction::EndConversation { conversation: self.conversation_of(rest[0]) },
            "force" => AgentAction::ForceState { target: agent_named(rest[0]), state: forced(&rest[1..]) },
            "press" => {
                let keys = rest[0].chars().filter_map(Key::from_char).collect();
                AgentAction::SendDigits { handling, keys }
            }
            "unstop" | "unstop_rule" => AgentAction::ReleaseOutbound { stopped: stopped_named(action, rest[0]) },
            "hang_up" => AgentAction::HangUp { handling },
            "finish" => AgentAction::FinishWrapUp { handling },
            "pause" | "unpause" | "start" | "stop" | "consent" | "pause_talk" | "resume_talk" => {
                self.about_recording(handling, action, rest)
            }
            "dispose" => {
                let disposition = DispositionId(if rest == ["solved"] { 801 } else { 899 });
                AgentAction::Dispose { handling, disposition }
            }
            _ => panic!("no such action: {action}"),
        };
        self.requests += 1;
        self.input(Input::AgentAsked { request: RequestId(self.requests), agent, action });
    }

    fn about_recording(&mut self, handling: HandlingId, action: &str, rest: &[&str]) -> AgentAction {
        match action {
            "pause" => AgentAction::PauseRecording {
                handling,
                reason: if rest == ["card"] { PauseReason::CardData } else { PauseReason::Other },
            },
            "unpause" => AgentAction::ResumeRecording { handling },
            "start" => AgentAction::StartRecording { handling },
            "stop" => AgentAction::StopRecording { handling },
            "consent" => AgentAction::NoteConsent { handling, given: rest == ["yes"] },
            "pause_talk" => {
                let (_, conversation) = self.talk_of(rest[0]);
                AgentAction::PauseTalk { conversation, reason: PauseReason::CardData }
            }
            "resume_talk" => {
                let (_, conversation) = self.talk_of(rest[0]);
                AgentAction::ResumeTalk { conversation }
            }
            _ => panic!("no such action about a recording: {action}"),
        }
    }

    /// The conversation of a customer's leg.
    fn conversation_of(&mut self, leg: &str) -> ConversationId {
        let leg = self.leg(leg);
        let found = self.floor.inspect().conversations().find(|view| view.leg == leg);
        found.map_or(ConversationId(1), |view| view.id)
    }

    fn about_party(&self, agent: AgentId, handling: HandlingId, action: &str, whom: &str) -> AgentAction {
        match action {
            "add" => AgentAction::AddParty { handling, whom: whom_named(whom) },
            "throw_out" => AgentAction::DropParty { handling, party: self.party(agent, whom) },
            _ => AgentAction::MuteParty { handling, party: self.party(agent, whom), on: action == "silence" },
        }
    }

    /// The first, second … of a conference; after them whoever is asked or rung.
    fn party(&self, agent: AgentId, which: &str) -> TransferId {
        let at = self.floor.inspect().agent(agent).and_then(|agent| agent.conversation);
        let talk = at.and_then(|id| self.floor.conversations.get(&id)?.talk());
        let members = talk.iter().flat_map(|talk| &talk.members).map(|member| member.transfer);
        let asked = talk.iter().filter_map(|talk| Some(talk.consult?.transfer));
        let which: usize = which.parse().unwrap();
        members.chain(asked).nth(which - 1).unwrap_or(TransferId(1))
    }

    /// An agent, and the conversation they are in.
    fn talk_of(&self, name: &str) -> (AgentId, ConversationId) {
        let target = agent_named(name);
        let conversation = self.floor.inspect().agent(target).and_then(|agent| agent.conversation);
        (target, conversation.unwrap_or(ConversationId(1)))
    }
}

fn forced(words: &[&str]) -> ForcedState {
    match words {
        ["ready"] => ForcedState::Ready,
        ["sign_out"] => ForcedState::SignedOut,
        [_, reason @ ..] => ForcedState::NotReady { reason: reason.first().map(|_| NotReadyReasonId(701)) },
        [] => panic!("force to what?"),
    }
}

fn stopped_named(action: &str, name: &str) -> Stopped {
    if action == "unstop" {
        return Stopped::Agent(agent_named(name));
    }
    Stopped::Rule(DestinationRuleId(name.parse().unwrap()))
}
