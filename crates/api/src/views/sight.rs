//! What an account sees of a centre: all of it, or one site.
//!
//! A conversation is of the site of its number, and of every site whose people had a part in it; the store draws the same line for what is over.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use domain::outbound::Stopped;
use domain::{AgentId, ConversationId, Event, Settings, SiteId};
use reporting::{LiveConversation, LiveFloor};

use crate::app::App;
use crate::auth::Caller;
use crate::error::{Answer, RouteError};

/// The view of one site.
#[derive(Clone, Debug)]
pub struct Sight {
    site: SiteId,
    people: HashSet<AgentId>,
}

impl Sight {
    /// How far the caller sees; `None` is all of the centre.
    pub async fn of(app: &App, caller: &Caller) -> Answer<Option<Sight>> {
        let Some(site) = caller.site() else { return Ok(None) };
        let settings = app.directory.settings(app, caller.tenant).await?;
        Ok(Some(Sight::at(site, &settings)))
    }

    fn at(site: SiteId, settings: &Settings) -> Sight {
        let people = settings.agents.iter().filter(|agent| agent.site == site).map(|agent| agent.id);
        Sight { site, people: people.collect() }
    }

    /// Whether an agent is of the site.
    pub fn sees_agent(&self, agent: AgentId) -> bool {
        self.people.contains(&agent)
    }

    /// Whether a live conversation is of the site.
    pub fn sees(&self, live: &LiveFloor, id: ConversationId) -> bool {
        live.conversations.get(&id).is_some_and(|conversation| self.sees_conversation(live, conversation))
    }

    fn sees_conversation(&self, live: &LiveFloor, conversation: &LiveConversation) -> bool {
        let id = conversation.id;
        conversation.site == Some(self.site)
            || live.handlings.values().any(|part| part.conversation == id && self.sees_agent(part.agent))
            || live.offers.values().any(|offer| offer.conversation == id && self.sees_agent(offer.agent))
    }

    /// Conversations of the site, of all that are live.
    fn seen(&self, live: &LiveFloor) -> HashSet<ConversationId> {
        let begun = live.conversations.values().filter(|of| of.site == Some(self.site)).map(|of| of.id);
        let parts = live.handlings.values().filter(|part| self.sees_agent(part.agent)).map(|part| part.conversation);
        let offers = live.offers.values().filter(|offer| self.sees_agent(offer.agent)).map(|offer| offer.conversation);
        begun.chain(parts).chain(offers).filter(|id| live.conversations.contains_key(id)).collect()
    }

    /// The live floor without what is not of the site. Calls through trunks are the whole centre's and are left out.
    pub fn narrow(&self, live: &LiveFloor) -> LiveFloor {
        let seen = self.seen(live);
        LiveFloor {
            seq: live.seq,
            at: live.at,
            conversations: those(&live.conversations, |id, _| seen.contains(id)),
            offers: those(&live.offers, |_, offer| seen.contains(&offer.conversation)),
            handlings: those(&live.handlings, |_, part| seen.contains(&part.conversation)),
            agents: those(&live.agents, |agent, _| self.sees_agent(*agent)),
            parked: live.parked.iter().filter(|id| seen.contains(*id)).copied().collect(),
            kept: those(&live.kept, |id, _| seen.contains(id)),
            queues: live.queues.clone(),
            lines: Default::default(),
            stops: those(&live.stops, |stopped, stop| match stopped {
                Stopped::Agent(agent) => self.sees_agent(*agent),
                Stopped::Rule(_) => self.sees_agent(stop.by),
            }),
        }
    }

    /// The settings without what is not of the site, as far as a floor shows them.
    pub fn narrow_settings(&self, settings: &Settings) -> Arc<Settings> {
        let mut narrow = settings.clone();
        narrow.agents.retain(|agent| agent.site == self.site);
        narrow.queues.retain(|queue| queue.site == self.site);
        narrow.devices.retain(|device| device.site == self.site);
        narrow.mobiles.retain(|mobile| narrow.agents.iter().any(|agent| agent.id == mobile.agent));
        narrow.sites.retain(|site| site.id == self.site);
        Arc::new(narrow)
    }

    /// Whether one of the live events may be told to somebody who watches the floor of the site; `live` has folded it.
    pub fn tells(&self, live: &LiveFloor, event: &Event) -> bool {
        let about = event.agent().is_some_and(|agent| self.sees_agent(agent));
        match event.conversation() {
            None => about,
            Some(conversation) => {
                let begins = matches!(event, Event::ConversationStarted { site, .. } if *site == Some(self.site));
                about || begins || self.sees(live, conversation)
            }
        }
    }
}

fn those<K: Ord + Copy, V: Clone>(all: &BTreeMap<K, V>, keep: impl Fn(&K, &V) -> bool) -> BTreeMap<K, V> {
    all.iter().filter(|(key, value)| keep(key, value)).map(|(key, value)| (*key, value.clone())).collect()
}

/// Refuses a caller who does not see the conversation, as if there were none.
pub async fn demand_conversation(app: &App, caller: &Caller, id: ConversationId) -> Answer<()> {
    let Some(sight) = Sight::of(app, caller).await? else { return Ok(()) };
    let live = app.floor.live(caller.tenant).ok_or_else(RouteError::not_found)?;
    if sight.sees(&live, id) { Ok(()) } else { Err(RouteError::not_found()) }
}

/// Refuses a caller who does not see the agent, as if there were none.
pub async fn demand_agent(app: &App, caller: &Caller, id: AgentId) -> Answer<()> {
    match Sight::of(app, caller).await? {
        Some(sight) if !sight.sees_agent(id) => Err(RouteError::not_found()),
        Some(_) | None => Ok(()),
    }
}
