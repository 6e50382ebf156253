//! What agents ask for. Every request gets exactly one reply, sent by the caller of [`Floor::ask`].

use domain::input::AgentAction;
use domain::{AgentId, PresenceCause, Refusal};

use crate::floor::Floor;

impl Floor {
    pub(crate) fn ask(&mut self, agent: AgentId, action: AgentAction) -> Result<(), Refusal> {
        // Whoever supervises may have no desk, and a program has none.
        let needs_desk = !matches!(
            action,
            AgentAction::ReleaseOutbound { .. }
                | AgentAction::EndConversation { .. }
                | AgentAction::PauseTalk { .. }
                | AgentAction::ResumeTalk { .. }
        );
        if needs_desk && !self.desks.contains_key(&agent) {
            return Err(Refusal::UnknownReference);
        }
        match action {
            AgentAction::SignIn => self.sign_in(agent),
            AgentAction::SignOut => self.sign_out(agent, PresenceCause::Self_),
            AgentAction::Ready => self.ready(agent),
            AgentAction::NotReady { reason } => self.not_ready(agent, reason, PresenceCause::Self_),
            AgentAction::UsePhone { device } => self.use_phone(agent, device),
            AgentAction::StartEcho => self.start_echo(agent),
            AgentAction::StopEcho => {
                self.end_echo(agent);
                Ok(())
            }
            AgentAction::Dial { to, task } => self.dial(agent, &to, task, None),
            AgentAction::Accept { offer } => self.accept(agent, offer),
            AgentAction::Decline { offer } => self.decline(agent, offer),
            AgentAction::Hold { handling } => self.hold(agent, handling),
            AgentAction::Resume { handling } => self.resume(agent, handling),
            AgentAction::Mute { handling, on } => self.mute(agent, handling, on),
            AgentAction::Transfer { handling, to, reason } => self.transfer(agent, handling, to, reason),
            AgentAction::Consult { handling, whom, reason } => self.consult(agent, handling, whom, reason),
            AgentAction::JoinConsult { handling } => self.join_consult(agent, handling),
            AgentAction::CompleteConsult { handling } => self.complete_consult(agent, handling),
            AgentAction::DropConsult { handling } => self.drop_consult(agent, handling),
            AgentAction::LeaveConsult { handling } => self.leave_consult(agent, handling),
            AgentAction::AddParty { handling, whom } => self.add_party(agent, handling, whom),
            AgentAction::MuteParty { handling, party, on } => self.mute_party(agent, handling, party, on),
            AgentAction::DropParty { handling, party } => self.drop_party(agent, handling, party),
            AgentAction::PickUp { conversation } => self.pick_up(agent, conversation),
            AgentAction::SendDigits { handling, keys } => self.send_digits(agent, handling, keys),
            AgentAction::Assign { conversation, to } => self.assign(agent, conversation, to),
            AgentAction::ForceState { target, state } => self.force_state(agent, target, state),
            AgentAction::Supervise { target, conversation, mode } => self.supervise(agent, target, conversation, mode),
            AgentAction::StopSupervising => self.stop_supervising(agent),
            AgentAction::TakeOver { target, conversation } => self.take_over(agent, target, conversation),
            AgentAction::Release { target, conversation } => self.release_call(agent, target, conversation),
            AgentAction::EndConversation { conversation } => self.end_conversation(conversation),
            AgentAction::ReleaseOutbound { stopped } => self.release_outbound(agent, stopped),
            AgentAction::HangUp { handling } => self.hang_up(agent, handling),
            AgentAction::Dispose { handling, disposition } => self.dispose(agent, handling, disposition),
            AgentAction::FinishWrapUp { handling } => self.finish_wrap_up(agent, handling),
            AgentAction::PauseRecording { handling, reason } => self.pause_recording(agent, handling, reason),
            AgentAction::ResumeRecording { handling } => self.resume_recording(agent, handling),
            AgentAction::StartRecording { handling } => self.start_recording(agent, handling),
            AgentAction::StopRecording { handling } => self.stop_recording(agent, handling),
            AgentAction::NoteConsent { handling, given } => self.note_consent(agent, handling, given),
            AgentAction::PauseTalk { conversation, reason } => self.pause_talk(agent, conversation, reason),
            AgentAction::ResumeTalk { conversation } => self.resume_talk(agent, conversation),
        }
    }
}
