//! Agents: they answer, decline, do not answer, hold, wrap up, take breaks; their browsers reload, crash and come back.

use domain::input::{AgentAction, Consulted, TransferTo};
use domain::outbound::Stopped;
use domain::{
    AgentId, ConversationId, Event, HandlingId, Input, Key, LegId, PresenceCause, TransferKind, TransferReason,
};

use crate::Violation;
use crate::agenda::{ConsultStep, Happening, PartyStep};
use crate::centre::{BREAK, OUTSIDE, SOLVED};
use crate::world::{SECOND, World};

const MS: u64 = 1_000;

/// Until somebody has looked into a stop of calls outside.
const STOPPED_FOR: u64 = 300 * SECOND;

/// One of ten numbers outside, each customer's own.
fn outside(handling: HandlingId) -> String {
    format!("{OUTSIDE}{}", handling.0 % 10)
}

/// An agent's browser.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Robot {
    page: bool,
    phone: Option<LegId>,
}

impl World {
    #[allow(clippy::wildcard_enum_match_arm, reason = "`happen` has already sorted what happens by who does it")]
    pub(crate) fn agent_happens(&mut self, what: Happening) -> Result<(), Violation> {
        match what {
            Happening::AgentAnswers(agent, offer) if self.sees(agent) => self.ask(agent, AgentAction::Accept { offer }),
            Happening::AgentDeclines(agent, offer) if self.sees(agent) => {
                self.ask(agent, AgentAction::Decline { offer })
            }
            Happening::AgentHolds(agent, handling) => self.ask(agent, AgentAction::Hold { handling }),
            Happening::AgentResumes(agent, handling) => self.ask(agent, AgentAction::Resume { handling }),
            Happening::AgentMutes(agent, handling, on) => self.ask(agent, AgentAction::Mute { handling, on }),
            Happening::AgentHangsUp(agent, handling) => {
                if self.sees(agent) {
                    return self.ask(agent, AgentAction::HangUp { handling });
                }
                self.plan(5 * SECOND, Happening::AgentHangsUp(agent, handling));
                Ok(())
            }
            Happening::AgentTransfers(agent, handling) if self.sees(agent) => {
                let to = self.transfer_target();
                let reason = self.random.percent(70).then_some(TransferReason::Specialist);
                self.ask(agent, AgentAction::Transfer { handling, to, reason })
            }
            Happening::AgentConsults(agent, handling, step) if self.sees(agent) => self.consults(agent, handling, step),
            Happening::AgentChangesParty(agent, handling, party, step) if self.sees(agent) => {
                let action = match step {
                    PartyStep::Mute(on) => AgentAction::MuteParty { handling, party, on },
                    PartyStep::Drop => AgentAction::DropParty { handling, party },
                };
                self.ask(agent, action)
            }
            Happening::AgentPicksUp(agent, conversation) if self.sees(agent) => {
                self.ask(agent, AgentAction::PickUp { conversation })
            }
            Happening::AgentPresses(agent, handling) => {
                let keys = "123#".chars().filter_map(Key::from_char).collect();
                self.ask(agent, AgentAction::SendDigits { handling, keys })
            }
            Happening::StopIsReleased(agent) => {
                self.ask(agent, AgentAction::ReleaseOutbound { stopped: Stopped::Agent(agent) })
            }
            Happening::AgentSupervises(agent) if self.sees(agent) => self.supervises(agent),
            Happening::AgentDisposes(agent, handling) => {
                self.ask(agent, AgentAction::Dispose { handling, disposition: SOLVED })
            }
            Happening::AgentFinishes(agent, handling) => self.ask(agent, AgentAction::FinishWrapUp { handling }),
            Happening::AgentIsReady(agent) => self.ask(agent, AgentAction::Ready),
            Happening::Incident(agent) => self.incident(agent),
            Happening::PhoneGoes(agent) => self.phone_goes(agent),
            Happening::AgentReturns(agent) => self.returns(agent),
            _ => Ok(()),
        }
    }

    /// Asks a colleague and thinks of what to do with them; some of it comes too early, too late, or at the wrong time.
    fn consults(&mut self, agent: AgentId, handling: HandlingId, step: ConsultStep) -> Result<(), Violation> {
        let action = match step {
            ConsultStep::Ask => {
                for step in [ConsultStep::Join, ConsultStep::Complete, ConsultStep::Drop] {
                    if self.random.percent(40) {
                        let after = self.random.between(SECOND, 60 * SECOND);
                        self.plan(after, Happening::AgentConsults(agent, handling, step));
                    }
                }
                let reason = self.random.percent(70).then_some(TransferReason::Specialist);
                let whom = match self.random.percent(25) {
                    true => Consulted::Dialled(outside(handling)),
                    false => Consulted::Agent(self.colleague()),
                };
                AgentAction::Consult { handling, whom, reason }
            }
            ConsultStep::Join => AgentAction::JoinConsult { handling },
            ConsultStep::Complete => AgentAction::CompleteConsult { handling },
            ConsultStep::Drop => AgentAction::DropConsult { handling },
            ConsultStep::Add => {
                let again = self.random.between(5 * SECOND, 40 * SECOND);
                if self.random.percent(60) {
                    self.plan(again, Happening::AgentConsults(agent, handling, ConsultStep::Add));
                }
                let whom = match self.random.percent(40) {
                    true => Consulted::Dialled(outside(handling)),
                    false => Consulted::Agent(self.colleague()),
                };
                AgentAction::AddParty { handling, whom }
            }
        };
        self.ask(agent, action)
    }

    fn sees(&self, agent: AgentId) -> bool {
        self.robots.get(&agent).is_some_and(|robot| robot.page && robot.phone.is_some())
    }

    pub(crate) fn ask(&mut self, agent: AgentId, action: AgentAction) -> Result<(), Violation> {
        let request = self.request();
        self.feed(Input::AgentAsked { request, agent, action })
    }

    /// Something that is not about a call.
    fn incident(&mut self, agent: AgentId) -> Result<(), Violation> {
        let next = self.random.around(self.scale.incident_mean());
        self.plan(next, Happening::Incident(agent));
        let back = self.random.between(500 * MS, 70 * SECOND);
        match self.random.below(9) {
            // A reload: page and phone go together and come back soon.
            0 | 1 => {
                let back = self.random.between(300 * MS, 4 * SECOND);
                self.plan(back, Happening::AgentReturns(agent));
                self.page_goes(agent)?;
                self.phone_goes(agent)
            }
            // A crash: the page is missed at once, the phone some time later.
            2 => {
                let phone = self.random.below(28 * SECOND);
                self.plan(phone, Happening::PhoneGoes(agent));
                self.plan(phone + back, Happening::AgentReturns(agent));
                self.page_goes(agent)
            }
            // Only the stream drops.
            3 => {
                self.plan(back, Happening::AgentReturns(agent));
                self.page_goes(agent)
            }
            // Only the phone drops.
            4 => {
                self.plan(back, Happening::AgentReturns(agent));
                self.phone_goes(agent)
            }
            // A second tab takes the phone over.
            5 => self.connect(agent),
            6 => {
                let reason = if self.random.percent(80) { Some(BREAK) } else { None };
                self.plan(back, Happening::AgentIsReady(agent));
                self.ask(agent, AgentAction::NotReady { reason })
            }
            7 => {
                self.plan(back, Happening::AgentReturns(agent));
                self.ask(agent, AgentAction::SignOut)
            }
            _ if self.sees(agent) => self.walks_the_floor(agent),
            _ => Ok(()),
        }
    }

    fn page_goes(&mut self, agent: AgentId) -> Result<(), Violation> {
        let Some(robot) = self.robots.get_mut(&agent).filter(|robot| robot.page) else { return Ok(()) };
        robot.page = false;
        self.feed(Input::AgentConnected { agent, connected: false })
    }

    fn phone_goes(&mut self, agent: AgentId) -> Result<(), Violation> {
        let Some(robot) = self.robots.get_mut(&agent).filter(|robot| robot.phone.is_some()) else { return Ok(()) };
        robot.phone = None;
        self.feed(Input::DeviceChanged { agent, leg: None })
    }

    fn connect(&mut self, agent: AgentId) -> Result<(), Violation> {
        self.legs += 1;
        let leg = LegId(5_000_000 + self.legs);
        if let Some(robot) = self.robots.get_mut(&agent) {
            robot.phone = Some(leg);
        }
        self.feed(Input::DeviceChanged { agent, leg: Some(leg) })
    }

    /// Page, phone, sign-in, ready: whatever is missing, in the order a browser does it, or the other way round.
    fn returns(&mut self, agent: AgentId) -> Result<(), Violation> {
        let phone_first = self.random.percent(30);
        if phone_first && self.robots.get(&agent).is_some_and(|robot| robot.phone.is_none()) {
            self.connect(agent)?;
        }
        if let Some(robot) = self.robots.get_mut(&agent).filter(|robot| !robot.page) {
            robot.page = true;
            self.feed(Input::AgentConnected { agent, connected: true })?;
        }
        if self.robots.get(&agent).is_some_and(|robot| robot.phone.is_none()) {
            self.connect(agent)?;
        }
        self.ask(agent, AgentAction::SignIn)?;
        let after = self.random.below(5 * SECOND);
        self.plan(after, Happening::AgentIsReady(agent));
        Ok(())
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "people react to few events, a new one changes nothing for them")]
    pub(crate) fn agents_react(&mut self, event: &Event) {
        match event {
            Event::OutboundStopped { by, .. } => self.plan(STOPPED_FOR, Happening::StopIsReleased(*by)),
            Event::AgentOffered { agent, offer, .. } => {
                let after = self.random.between(500 * MS, 16 * SECOND);
                match self.random.below(100) {
                    0..82 => self.plan(after, Happening::AgentAnswers(*agent, *offer)),
                    82..90 => self.plan(after, Happening::AgentDeclines(*agent, *offer)),
                    // An accept that is too late.
                    90..93 => self.plan(after + 30 * SECOND, Happening::AgentAnswers(*agent, *offer)),
                    _ => {}
                }
            }
            Event::HandlingStarted { conversation, agent, handling, .. } => {
                self.plan_talk(*conversation, *agent, *handling);
            }
            Event::WrapUpStarted { agent, handling, .. } => {
                let finish = self.random.between(2 * SECOND, 60 * SECOND);
                if self.random.percent(50) {
                    self.plan(finish / 2, Happening::AgentDisposes(*agent, *handling));
                }
                if self.random.percent(60) {
                    self.plan(finish, Happening::AgentFinishes(*agent, *handling));
                }
            }
            Event::AgentNotReady {
                agent,
                cause:
                    PresenceCause::OfferUnanswered
                    | PresenceCause::OfferDeclined
                    | PresenceCause::PhoneBusy
                    | PresenceCause::Supervisor,
                ..
            } => {
                let after = self.random.between(5 * SECOND, 60 * SECOND);
                self.plan(after, Happening::AgentIsReady(*agent));
            }
            Event::TransferStarted { conversation, kind: TransferKind::Park, .. } => {
                for _ in 0..2 {
                    let (after, who) = (self.random.between(SECOND, 150 * SECOND), self.colleague());
                    if self.random.percent(60) {
                        self.plan(after, Happening::AgentPicksUp(who, *conversation));
                    }
                }
            }
            Event::TransferStarted { kind: TransferKind::Conference, handling, agent, transfer, .. } => {
                for (step, percent) in
                    [(PartyStep::Mute(true), 30), (PartyStep::Mute(false), 30), (PartyStep::Drop, 25)]
                {
                    let after = self.random.between(SECOND, 60 * SECOND);
                    if self.random.percent(percent) {
                        self.plan(after, Happening::AgentChangesParty(*agent, *handling, *transfer, step));
                    }
                }
            }
            Event::AgentSignedOut { agent, cause: PresenceCause::GraceExpired | PresenceCause::Supervisor } => {
                let after = self.random.between(20 * SECOND, 200 * SECOND);
                self.plan(after, Happening::AgentReturns(*agent));
            }
            _ => {}
        }
    }

    fn plan_talk(&mut self, conversation: ConversationId, agent: AgentId, handling: HandlingId) {
        let length = self.random.around(100 * SECOND) + SECOND;
        if self.random.percent(20) {
            let (hold, resume) = (self.random.below(length), self.random.below(length));
            self.plan(hold.min(resume), Happening::AgentHolds(agent, handling));
            self.plan(hold.max(resume), Happening::AgentResumes(agent, handling));
        }
        if self.random.percent(10) {
            let (mute, unmute) = (self.random.below(length), self.random.below(length));
            self.plan(mute.min(unmute), Happening::AgentMutes(agent, handling, true));
            self.plan(mute.max(unmute), Happening::AgentMutes(agent, handling, false));
        }
        if self.random.percent(12) {
            let transfer = self.random.below(length);
            self.plan(transfer, Happening::AgentTransfers(agent, handling));
        }
        if self.random.percent(5) {
            let press = self.random.below(length);
            self.plan(press, Happening::AgentPresses(agent, handling));
        }
        if self.random.percent(12) {
            let ask = self.random.below(length);
            self.plan(ask, Happening::AgentConsults(agent, handling, ConsultStep::Ask));
        }
        if self.random.percent(10) {
            let add = self.random.below(length);
            self.plan(add, Happening::AgentConsults(agent, handling, ConsultStep::Add));
        }
        let customer = self.floor.inspect().conversation(conversation).map(|view| view.leg);
        match customer {
            Some(leg) if self.random.percent(50) => self.plan(length, Happening::CallerGoes(leg)),
            _ => self.plan(length, Happening::AgentHangsUp(agent, handling)),
        }
    }

    /// A colleague as a rule, whatever they are doing.
    fn transfer_target(&mut self) -> TransferTo {
        let (queues, flows) = (&self.settings.queues, &self.settings.flows);
        match self.random.below(14) {
            10 | 11 => TransferTo::Park,
            12 | 13 => TransferTo::Dialled(format!("{OUTSIDE}0")),
            0 | 1 => TransferTo::Queue(queues[self.random.below(queues.len() as u64) as usize].id),
            2 => TransferTo::Flow(flows[self.random.below(flows.len() as u64) as usize].id),
            3 => TransferTo::Loan(flows[self.random.below(flows.len() as u64) as usize].id),
            _ => TransferTo::Agent(self.colleague()),
        }
    }

    /// Somebody, whatever they are doing; now and then the one who asks.
    pub(crate) fn colleague(&mut self) -> AgentId {
        let agents = &self.settings.agents;
        agents[self.random.below(agents.len() as u64) as usize].id
    }

    pub(crate) fn robots_lost_their_browsers(&mut self) {
        let agents: Vec<AgentId> = self.robots.keys().copied().collect();
        for agent in agents {
            self.robots.insert(agent, Robot::default());
            let after = if self.random.percent(80) {
                self.random.between(SECOND, 8 * SECOND)
            } else {
                self.random.between(20 * SECOND, 60 * SECOND)
            };
            self.plan(after, Happening::AgentReturns(agent));
        }
    }
}
