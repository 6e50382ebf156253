//! What one connection follows, and what it was told.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use domain::{AgentId, Event, LedgerEntry, TenantId};
use reporting::LiveFloor;

use super::feed::{live_after, missed};
use super::resting::Resting;
use super::topic::{Filter, Topic};
use crate::app::App;
use crate::auth::{Caller, denials};
use crate::directory::Wanted;
use crate::error::{Answer, RouteError};
use crate::json::conversation::TimelineEvent;
use crate::json::live::{ServerMessage, TopicState, TopicUpdate};
use crate::json::problem::ProblemCode;
use crate::limits::{LIVE_TOPICS_MAX, LIVE_UPDATE_EVENTS_MAX};
use crate::views;
use crate::views::sight::Sight;
use crate::views::timeline::{self, FlowsSeen};

/// The topics of one connection.
pub struct Following {
    app: Arc<App>,
    /// Who follows, as last looked up.
    pub caller: Caller,
    /// Every event up to here has been sorted into the topics.
    seq: u64,
    topics: BTreeMap<Topic, Followed>,
    flows: FlowsSeen,
}

struct Followed {
    filter: Filter,
    pending: VecDeque<LedgerEntry>,
    /// Something happened that may change the state without being one of its events.
    stirred: bool,
    told: Option<TopicState>,
    /// What was told was made from this, when the desk was at rest.
    resting: Option<Resting>,
    _stream: Option<AgentStream>,
}

/// When an update goes out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// At once, all topics but the floor.
    Change,
    /// Once a second, all topics: states also change by time, settings and health.
    Tick,
}

impl Following {
    /// Nothing yet.
    pub fn new(app: Arc<App>, caller: Caller) -> Following {
        let live = app.floor.live(caller.tenant);
        let seq = live.as_ref().map_or(0, |live| live.seq);
        let flows = live.map(|live| FlowsSeen::from_live(&live)).unwrap_or_default();
        Following { app, caller, seq, topics: BTreeMap::new(), flows }
    }

    /// Begins to follow a topic: its state, and the events after `cursor`.
    pub async fn subscribe(&mut self, name: &str, cursor: Option<&str>) -> Answer<ServerMessage> {
        let topic = Topic::parse(name).ok_or_else(RouteError::not_found)?;
        if let Err(refused) = self.caller.demand(topic.permission()) {
            denials::record(&self.app, &self.caller, &format!("topic {topic}"), topic.permission()).await;
            return Err(refused);
        }
        if self.topics.len() >= LIVE_TOPICS_MAX && !self.topics.contains_key(&topic) {
            return Err(RouteError::of(ProblemCode::Overload));
        }
        let live = self.catch_up().await?;
        let agent = self.caller.agent();
        // What was missed is not told to whoever sees one site: whose it was is not known of what is over. The state is whole.
        let cursor = cursor.filter(|_| topic == Topic::Me || self.caller.site().is_none());
        let from = cursor.and_then(|token| self.app.seals.open_ledger_cursor(self.caller.partition, token));
        let mut pending = VecDeque::new();
        if let Some(from) = from
            && let Some(entries) = missed(&self.app, &self.caller, from, &live).await?
        {
            entries.iter().for_each(|entry| self.flows.see(entry));
            let mut past = Filter::before(topic, agent, &live, &entries);
            pending.extend(entries.into_iter().filter(|entry| past.takes(&entry.event)));
        }
        let state = self.state(topic, &live).await?.ok_or_else(RouteError::not_found)?;
        let events = self.show(pending.make_contiguous()).await?;
        let stream = match self.topics.remove(&topic) {
            Some(before) => before._stream,
            None if topic == Topic::Me => Some(AgentStream::open(&self.app, self.caller.tenant, agent)),
            None => None,
        };
        let filter = Filter::new(topic, agent, &live);
        let told = Some(state.clone());
        let followed =
            Followed { filter, pending: VecDeque::new(), stirred: false, told, resting: None, _stream: stream };
        self.topics.insert(topic, followed);
        Ok(self.update(topic, state, events))
    }

    /// Follows a topic no longer.
    pub fn unsubscribe(&mut self, name: &str) {
        if let Some(topic) = Topic::parse(name) {
            self.topics.remove(&topic);
        }
    }

    /// Takes the caller as looked up again; gives the topics that are no longer permitted.
    pub fn permit(&mut self, caller: Caller) -> Vec<Topic> {
        self.caller = caller;
        let lost: Vec<Topic> = self.topics.keys().copied().filter(|t| !self.caller.can(t.permission())).collect();
        lost.iter().for_each(|topic| drop(self.topics.remove(topic)));
        lost
    }

    /// Whether a topic wants to hear of everybody, and not of the own desk alone.
    pub fn watches_all(&self) -> bool {
        self.topics.keys().any(|topic| matches!(topic, Topic::Floor | Topic::Queue(_)))
    }

    /// Sorts committed entries into the topics; there are no others for them up to `seq`.
    pub fn absorb(&mut self, entries: &[LedgerEntry], seq: u64) {
        for entry in entries {
            // A partition can hold several centres.
            if entry.seq <= self.seq || entry.tenant != self.caller.tenant {
                continue;
            }
            self.seq = entry.seq;
            self.flows.see(entry);
            for followed in self.topics.values_mut() {
                // What is said of supervisors is not told, but what an agent may know of them is part of the state.
                let is_about_supervisors = matches!(entry.event, Event::Supervised { .. });
                followed.stirred |= entry.event.conversation().is_none() || is_about_supervisors;
                if !followed.filter.takes(&entry.event) {
                    continue;
                }
                if followed.pending.len() >= LIVE_UPDATE_EVENTS_MAX {
                    followed.pending.pop_front();
                }
                followed.pending.push_back(entry.clone());
            }
        }
        self.seq = self.seq.max(seq);
    }

    /// Reads what was missed from the ledger; gives the live floor everything is sorted up to.
    pub async fn catch_up(&mut self) -> Answer<Arc<LiveFloor>> {
        let live = live_after(&self.app, &self.caller, &[])?;
        match missed(&self.app, &self.caller, self.seq, &live).await? {
            Some(entries) => self.absorb(&entries, live.seq),
            None => {
                self.flows = FlowsSeen::from_live(&live);
                let agent = self.caller.agent();
                for (topic, followed) in &mut self.topics {
                    followed.pending.clear();
                    followed.filter = Filter::new(*topic, agent, &live);
                }
            }
        }
        self.seq = self.seq.max(live.seq);
        Ok(live)
    }

    /// The updates that are due, given the entries that came last. A topic that cannot be told yet keeps its events for
    /// the next time.
    pub async fn updates(&mut self, pace: Pace, entries: &[LedgerEntry]) -> Answer<Vec<ServerMessage>> {
        let live = live_after(&self.app, &self.caller, entries)?;
        let mut updates = Vec::new();
        let topics: Vec<Topic> = self.topics.keys().copied().collect();
        for topic in topics {
            match self.due(topic, pace, &live).await {
                Ok(update) => updates.extend(update),
                Err(error) => tracing::debug!(%topic, ?error, "a topic cannot be told"),
            }
        }
        self.flows.prune(&live);
        Ok(updates)
    }

    async fn due(&mut self, topic: Topic, pace: Pace, live: &LiveFloor) -> Answer<Option<ServerMessage>> {
        let Some(followed) = self.topics.get(&topic) else { return Ok(None) };
        let is_time = match pace {
            Pace::Change if topic == Topic::Tasks => true,
            Pace::Change => topic != Topic::Floor && (followed.stirred || !followed.pending.is_empty()),
            Pace::Tick => true,
        };
        if !is_time {
            return Ok(None);
        }
        let resting = match topic {
            Topic::Me => Resting::of(&self.app, &self.caller, live).await?,
            Topic::Floor | Topic::Queue(_) | Topic::Tasks => None,
        };
        let Some(followed) = self.topics.get_mut(&topic) else { return Ok(None) };
        if followed.pending.is_empty() && resting.is_some() && followed.resting == resting {
            followed.stirred = false;
            return Ok(None);
        }
        let sight = match topic {
            Topic::Me => None,
            Topic::Floor | Topic::Queue(_) | Topic::Tasks => Sight::of(&self.app, &self.caller).await?,
        };
        let Some(followed) = self.topics.get(&topic) else { return Ok(None) };
        let is_told = |entry: &&LedgerEntry| sight.as_ref().is_none_or(|sight| sight.tells(live, &entry.event));
        let pending: Vec<LedgerEntry> = followed.pending.iter().filter(is_told).cloned().collect();
        let Some(state) = self.state(topic, live).await? else {
            self.topics.remove(&topic);
            return Ok(Some(ServerMessage::Error { code: ProblemCode::NotFound, topic: Some(topic.to_string()) }));
        };
        pending.iter().for_each(|entry| self.flows.recall(entry, live));
        let events = self.show(&pending).await?;
        let Some(followed) = self.topics.get_mut(&topic) else { return Ok(None) };
        followed.stirred = false;
        followed.resting = resting;
        followed.pending.clear();
        if events.is_empty() && followed.told.as_ref().is_some_and(|told| told.is_same(&state)) {
            return Ok(None);
        }
        followed.told = Some(state.clone());
        Ok(Some(self.update(topic, state, events)))
    }

    fn update(&self, topic: Topic, state: TopicState, events: Vec<TimelineEvent>) -> ServerMessage {
        ServerMessage::Update(Box::new(TopicUpdate {
            topic: topic.to_string(),
            cursor: self.app.seals.ledger_cursor(self.caller.partition, self.seq),
            at_us: self.app.clock.now().utc.0,
            events,
            state,
        }))
    }

    async fn state(&self, topic: Topic, live: &LiveFloor) -> Answer<Option<TopicState>> {
        Ok(match topic {
            Topic::Me => Some(TopicState::Me(Box::new(views::me_of(&self.app, &self.caller, live).await?))),
            Topic::Floor => {
                let state = views::floor_of(&self.app, &self.caller, live).await?;
                Some(TopicState::Floor(Box::new(Arc::unwrap_or_clone(state))))
            }
            Topic::Tasks => Some(TopicState::Tasks(views::task::state(&self.app, &self.caller).await?)),
            Topic::Queue(queue) => views::queue_of(&self.app, &self.caller, live, queue)
                .await?
                .map(|state| TopicState::Queue(Box::new(state))),
        })
    }

    async fn show(&self, entries: &[LedgerEntry]) -> Answer<Vec<TimelineEvent>> {
        let mut wanted = Wanted::default();
        entries.iter().for_each(|entry| timeline::want(&mut wanted, &self.flows, entry));
        let names = self.app.directory.names(&self.app, self.caller.tenant, wanted).await?;
        Ok(entries.iter().map(|entry| timeline::show(entry, &names, &self.flows)).collect())
    }
}

/// Tells the floor that an agent's desk is open, and when it is no more.
struct AgentStream {
    app: Arc<App>,
    tenant: TenantId,
    agent: AgentId,
}

impl AgentStream {
    fn open(app: &Arc<App>, tenant: TenantId, agent: AgentId) -> AgentStream {
        app.floor.stream_opened(tenant, agent);
        AgentStream { app: app.clone(), tenant, agent }
    }
}

impl Drop for AgentStream {
    fn drop(&mut self) {
        self.app.floor.stream_closed(self.tenant, self.agent);
    }
}
