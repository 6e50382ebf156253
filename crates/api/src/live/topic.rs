//! Topics, who may follow them, and which events belong to them.

use std::collections::HashSet;
use std::fmt;

use domain::{AgentId, ConversationId, Event, LedgerEntry, OfferEnd, Permission, QueueId, RouteReason, Supervision};
use reporting::LiveFloor;

use crate::limits::LIVE_TOPIC_CHARS_MAX;
use crate::views::discreet::Discreet;

/// What can be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Topic {
    /// One's own desk.
    Me,
    /// The whole centre.
    Floor,
    /// How many tasks wait.
    Tasks,
    /// One queue.
    Queue(QueueId),
}

impl Topic {
    /// From its public name.
    pub fn parse(name: &str) -> Option<Topic> {
        if name.len() > LIVE_TOPIC_CHARS_MAX {
            return None;
        }
        match name {
            "me" => Some(Topic::Me),
            "floor" => Some(Topic::Floor),
            "tasks" => Some(Topic::Tasks),
            _ => name.strip_prefix("queue:")?.parse().ok().map(Topic::Queue),
        }
    }

    /// What following it needs.
    pub fn permission(self) -> Permission {
        match self {
            Topic::Me => Permission::DeskUse,
            Topic::Tasks => Permission::TasksRead,
            Topic::Floor | Topic::Queue(_) => Permission::FloorRead,
        }
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Topic::Me => f.write_str("me"),
            Topic::Floor => f.write_str("floor"),
            Topic::Tasks => f.write_str("tasks"),
            Topic::Queue(id) => write!(f, "queue:{id}"),
        }
    }
}

/// Decides which events belong to a topic, as they come in order.
#[derive(Debug)]
pub struct Filter {
    topic: Topic,
    agent: AgentId,
    /// Conversations that belong to the topic at this point of the ledger.
    inside: HashSet<ConversationId>,
    discreet: Discreet,
}

impl Filter {
    /// A filter that has seen everything `live` has folded.
    pub fn new(topic: Topic, agent: AgentId, live: &LiveFloor) -> Filter {
        let inside = match topic {
            Topic::Me => {
                let offered = live.offers.values().filter(|o| o.agent == agent).map(|o| o.conversation);
                let in_hand = live.agents.get(&agent).map(|a| a.handlings.as_slice()).unwrap_or_default();
                let handled = in_hand.iter().filter_map(|id| live.handlings.get(id)).map(|h| h.conversation);
                let heard = live.supervision_of(agent).map(|(heard, _)| heard.id);
                offered.chain(handled).chain(heard).collect()
            }
            Topic::Floor | Topic::Tasks => HashSet::new(),
            Topic::Queue(queue) => live.waiting(queue).into_iter().map(|c| c.id).collect(),
        };
        let discreet = match topic {
            Topic::Me => Discreet::from_live(live, agent),
            Topic::Floor | Topic::Tasks | Topic::Queue(_) => Discreet::default(),
        };
        Filter { topic, agent, inside, discreet }
    }

    /// A filter for entries of the past: conversations they show to have been inside before the first entry are inside.
    pub fn before(topic: Topic, agent: AgentId, live: &LiveFloor, entries: &[LedgerEntry]) -> Filter {
        let mut filter = Filter::new(topic, agent, live);
        let mut met = HashSet::new();
        for entry in entries {
            let Some(conversation) = entry.event.conversation() else { continue };
            match filter.was_inside(&entry.event) {
                Some(true) if met.insert(conversation) => drop(filter.inside.insert(conversation)),
                Some(false) if met.insert(conversation) => drop(filter.inside.remove(&conversation)),
                Some(_) | None => {}
            }
        }
        filter
    }

    /// Whether the next event belongs to the topic.
    pub fn takes(&mut self, event: &Event) -> bool {
        let Some(conversation) = event.conversation() else {
            return match self.topic {
                Topic::Me => event.agent() == Some(self.agent),
                Topic::Floor => true,
                Topic::Queue(_) | Topic::Tasks => false,
            };
        };
        if self.topic == Topic::Me && self.discreet.hides(self.agent, event) {
            return false;
        }
        let was_inside = self.inside.contains(&conversation);
        let step = self.step(event);
        match step {
            Step::Enters => drop(self.inside.insert(conversation)),
            Step::Leaves => drop(self.inside.remove(&conversation)),
            Step::Stays => {}
        }
        match self.topic {
            Topic::Floor => true,
            Topic::Tasks => false,
            Topic::Me => was_inside || step == Step::Enters || event.agent() == Some(self.agent),
            Topic::Queue(_) => was_inside || step == Step::Enters || step == Step::Leaves,
        }
    }

    /// Whether an event shows that its conversation was inside before it; `None` when it does not tell.
    #[allow(clippy::wildcard_enum_match_arm, reason = "the other events do not tell")]
    fn was_inside(&self, event: &Event) -> Option<bool> {
        match (self.topic, event) {
            (Topic::Me, Event::AgentOffered { .. } | Event::HandlingStarted { .. } | Event::WrapUpStarted { .. }) => {
                (event.agent() == Some(self.agent)).then_some(false)
            }
            (Topic::Me, Event::Supervised { what: Supervision::Began { .. }, .. }) => {
                (event.agent() == Some(self.agent)).then_some(false)
            }
            (Topic::Me, _) => (event.agent() == Some(self.agent)).then_some(true),
            (Topic::Queue(queue), Event::Queued { queue: named, .. }) => (*named == queue).then_some(false),
            (Topic::Queue(queue), Event::LeftQueue { queue: named, .. }) => (*named == queue).then_some(true),
            (
                Topic::Queue(queue),
                Event::AgentOffered {
                    queue: Some(named),
                    reason: RouteReason::OnlyEligible | RouteReason::LongestIdle | RouteReason::Assigned,
                    ..
                },
            ) => (*named == queue).then_some(true),
            (Topic::Floor | Topic::Queue(_) | Topic::Tasks, _) => None,
        }
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "the other events move nobody in or out")]
    fn step(&self, event: &Event) -> Step {
        match (self.topic, event) {
            (
                Topic::Me,
                Event::AgentOffered { agent, .. }
                | Event::HandlingStarted { agent, .. }
                | Event::WrapUpStarted { agent, .. },
            ) if *agent == self.agent => Step::Enters,
            (Topic::Me, Event::OfferEnded { agent, end, .. }) if *agent == self.agent && *end != OfferEnd::Accepted => {
                Step::Leaves
            }
            (Topic::Me, Event::Supervised { agent, what, .. }) if *agent == self.agent => match what {
                Supervision::Began { .. } => Step::Enters,
                Supervision::Changed { .. } => Step::Stays,
                Supervision::Ended { .. } => Step::Leaves,
            },
            (Topic::Me, Event::HandlingEnded { agent, .. } | Event::WrapUpFinished { agent, .. })
                if *agent == self.agent =>
            {
                Step::Leaves
            }
            (Topic::Me | Topic::Queue(_), Event::ConversationEnded { conversation, .. })
                if self.inside.contains(conversation) =>
            {
                Step::Leaves
            }
            (Topic::Queue(queue), Event::Queued { queue: joined, .. }) if *joined == queue => Step::Enters,
            (Topic::Queue(queue), Event::LeftQueue { queue: left, .. }) if *left == queue => Step::Leaves,
            _ => Step::Stays,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Enters,
    Leaves,
    Stays,
}
