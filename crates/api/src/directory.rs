//! Names behind ids, kept in memory so that live views ask the store once for each.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use domain::settings::Flow;
use domain::{
    AgentId, CalendarExceptionId, ConversationId, CustomerId, FlowId, Mono, PartyId, Settings, TenantId, Utc,
};
use numbering::Locations;
use store::{PartyValue, Scope, Store, StoreError, TenantRow};

use crate::app::App;
use crate::config::NumberData;
use crate::error::Answer;
use crate::json::conversation::CustomerBrief;
use crate::limits::{NAMES_AGE_MAX, NAMES_KEPT_MAX, SETTINGS_AGE_MAX};

/// What was read of the names of all centres. Every key begins with the centre.
#[derive(Default)]
pub struct Directory {
    tenants: Kept<TenantId, Arc<TenantRow>>,
    settings: Kept<TenantId, (Mono, Arc<Settings>)>,
    parties: Kept<(TenantId, PartyId), PartyValue>,
    customers: Kept<(TenantId, CustomerId), (Mono, Option<CustomerBrief>)>,
    people: Kept<(TenantId, AgentId), Option<String>>,
    flows: Kept<(TenantId, FlowId, u32), Option<Arc<Flow>>>,
    contacts: Kept<(TenantId, ConversationId, CustomerId), Option<Utc>>,
    exceptions: Kept<(TenantId, CalendarExceptionId), (Mono, Option<String>)>,
}

/// What a view needs names for.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Numbers as they arrived.
    pub parties: HashSet<PartyId>,
    /// Customers.
    pub customers: HashSet<CustomerId>,
    /// Agents; those who may not sign in any more are not in the settings.
    pub agents: HashSet<AgentId>,
    /// Versions of flows.
    pub flows: HashSet<(FlowId, u32)>,
    /// Conversations whose customer's last contact is shown.
    pub contacts: HashSet<(ConversationId, CustomerId)>,
    /// Holidays, make-up workdays and closures, removed ones too.
    pub exceptions: HashSet<CalendarExceptionId>,
}

/// Names of one centre for one view.
#[derive(Debug)]
pub struct Names {
    /// Queues, agents, numbers, reasons, dispositions.
    pub settings: Arc<Settings>,
    /// Numbers as they arrived, and in E.164 where they can be read.
    pub parties: HashMap<PartyId, PartyValue>,
    /// Customers.
    pub customers: HashMap<CustomerId, CustomerBrief>,
    /// Agents who are not in the settings.
    pub people: HashMap<AgentId, String>,
    /// Flows.
    pub flows: HashMap<(FlowId, u32), Arc<Flow>>,
    /// Last contacts before a conversation.
    pub contacts: HashMap<ConversationId, Utc>,
    /// Holidays, make-up workdays and closures.
    pub exceptions: HashMap<CalendarExceptionId, String>,
    /// Where numbers are from.
    pub locations: Arc<Locations>,
    /// The same with the areas there are.
    pub numbers: NumberData,
}

impl Directory {
    /// A centre.
    pub async fn tenant(&self, store: &Store, tenant: TenantId) -> Result<Arc<TenantRow>, StoreError> {
        if let Some(row) = self.tenants.get(&tenant) {
            return Ok(row);
        }
        let row = Arc::new(store.tenant(&Scope::system(tenant)).await?);
        self.tenants.put(tenant, row.clone());
        Ok(row)
    }

    /// The settings of a centre, at most [`SETTINGS_AGE_MAX`] behind the store.
    pub async fn settings(&self, app: &App, tenant: TenantId) -> Result<Arc<Settings>, StoreError> {
        let now = app.clock.now().mono;
        let scope = Scope::system(tenant);
        if let Some((read_at, settings)) = self.settings.get(&tenant) {
            if now.since(read_at) < SETTINGS_AGE_MAX {
                return Ok(settings);
            }
            if app.store.tenant(&scope).await?.settings_version == settings.version {
                self.settings.put(tenant, (now, settings.clone()));
                return Ok(settings);
            }
        }
        let settings = Arc::new(app.store.load_settings(&scope).await?);
        self.settings.put(tenant, (now, settings.clone()));
        Ok(settings)
    }

    /// Forgets the settings of a centre after they were written.
    pub fn forget_settings(&self, tenant: TenantId) {
        self.settings.forget(&tenant);
    }

    /// Forgets an agent after the record was written.
    pub fn forget_agent(&self, tenant: TenantId, agent: AgentId) {
        self.people.forget(&(tenant, agent));
    }

    /// Forgets a customer after the record was written.
    pub fn forget_customer(&self, tenant: TenantId, customer: CustomerId) {
        self.customers.forget(&(tenant, customer));
    }

    /// All names a view wants. What has none is left out.
    pub async fn names(&self, app: &App, tenant: TenantId, wanted: Wanted) -> Answer<Names> {
        let settings = self.settings(app, tenant).await?;
        let mut names = Names {
            parties: self.party_names(app, tenant, wanted.parties).await?,
            customers: self.customer_names(app, tenant, wanted.customers).await?,
            people: self.people_names(app, tenant, &settings, wanted.agents).await?,
            flows: HashMap::new(),
            contacts: HashMap::new(),
            exceptions: self.exception_names(app, tenant, wanted.exceptions).await?,
            locations: Arc::clone(&app.numbers.locations),
            numbers: app.numbers.clone(),
            settings,
        };
        for (flow, version) in wanted.flows {
            if let Some(found) = self.flow(app, tenant, &names.settings, flow, version).await? {
                names.flows.insert((flow, version), found);
            }
        }
        for (conversation, customer) in wanted.contacts {
            let key = (tenant, conversation, customer);
            let last = match self.contacts.get(&key) {
                Some(last) => last,
                None => {
                    let last = app.store.last_contact(&Scope::system(tenant), customer, Some(conversation)).await?;
                    self.contacts.put(key, last);
                    last
                }
            };
            names.contacts.extend(last.map(|at| (conversation, at)));
        }
        Ok(names)
    }

    async fn party_names(
        &self,
        app: &App,
        tenant: TenantId,
        wanted: HashSet<PartyId>,
    ) -> Result<HashMap<PartyId, PartyValue>, StoreError> {
        let mut names = HashMap::new();
        let mut missing = Vec::new();
        for id in wanted {
            match self.parties.get(&(tenant, id)) {
                Some(value) => drop(names.insert(id, value)),
                None => missing.push(id),
            }
        }
        if !missing.is_empty() {
            for (id, value) in app.store.party_values(&Scope::system(tenant), &missing).await? {
                self.parties.put((tenant, id), value.clone());
                names.insert(id, value);
            }
        }
        Ok(names)
    }

    async fn customer_names(
        &self,
        app: &App,
        tenant: TenantId,
        wanted: HashSet<CustomerId>,
    ) -> Result<HashMap<CustomerId, CustomerBrief>, StoreError> {
        let now = app.clock.now().mono;
        let mut names = HashMap::new();
        let mut missing = Vec::new();
        for id in wanted {
            match self.customers.get(&(tenant, id)) {
                Some((read_at, brief)) if now.since(read_at) < NAMES_AGE_MAX => {
                    names.extend(brief.map(|brief| (id, brief)));
                }
                _ => missing.push(id),
            }
        }
        if !missing.is_empty() {
            let found = app.store.customers_by_id(&Scope::system(tenant), &missing).await?;
            for id in missing {
                let brief = found.iter().find(|c| c.id == id).map(CustomerBrief::from);
                self.customers.put((tenant, id), (now, brief.clone()));
                names.extend(brief.map(|brief| (id, brief)));
            }
        }
        Ok(names)
    }

    async fn exception_names(
        &self,
        app: &App,
        tenant: TenantId,
        wanted: HashSet<CalendarExceptionId>,
    ) -> Result<HashMap<CalendarExceptionId, String>, StoreError> {
        let now = app.clock.now().mono;
        let mut names = HashMap::new();
        for id in wanted {
            let known = match self.exceptions.get(&(tenant, id)) {
                Some((read_at, known)) if now.since(read_at) < NAMES_AGE_MAX => known,
                Some(_) | None => {
                    let known = app.store.calendar_exception_name(&Scope::system(tenant), id).await?;
                    self.exceptions.put((tenant, id), (now, known.clone()));
                    known
                }
            };
            names.extend(known.map(|name| (id, name)));
        }
        Ok(names)
    }

    async fn people_names(
        &self,
        app: &App,
        tenant: TenantId,
        settings: &Settings,
        wanted: HashSet<AgentId>,
    ) -> Result<HashMap<AgentId, String>, StoreError> {
        let mut names = HashMap::new();
        for id in wanted.into_iter().filter(|id| settings.agents.iter().all(|agent| agent.id != *id)) {
            let known = match self.people.get(&(tenant, id)) {
                Some(known) => known,
                None => {
                    let known = match app.store.user(&Scope::system(tenant), id.into()).await {
                        Ok(user) => Some(user.name),
                        Err(StoreError::NotFound(_)) => None,
                        Err(error) => return Err(error),
                    };
                    self.people.put((tenant, id), known.clone());
                    known
                }
            };
            names.extend(known.map(|name| (id, name)));
        }
        Ok(names)
    }

    async fn flow(
        &self,
        app: &App,
        tenant: TenantId,
        settings: &Settings,
        flow: FlowId,
        version: u32,
    ) -> Result<Option<Arc<Flow>>, StoreError> {
        let key = (tenant, flow, version);
        if let Some(found) = self.flows.get(&key) {
            return Ok(found);
        }
        let published = settings.flows.iter().find(|f| f.id == flow && f.version == version);
        let found = match published {
            Some(published) => Some(Arc::new(published.clone())),
            None => match app.store.flow(&Scope::system(tenant), flow, Some(version)).await {
                Ok(found) => Some(Arc::new(found)),
                Err(StoreError::NotFound(_)) => None,
                Err(error) => return Err(error),
            },
        };
        self.flows.put(key, found.clone());
        Ok(found)
    }
}

/// A map of at most [`NAMES_KEPT_MAX`] entries; a full one is emptied.
struct Kept<K, V>(Mutex<HashMap<K, V>>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Kept(Mutex::new(HashMap::new()))
    }
}

impl<K: Eq + Hash, V: Clone> Kept<K, V> {
    fn get(&self, key: &K) -> Option<V> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn put(&self, key: K, value: V) {
        let mut map = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if map.len() >= NAMES_KEPT_MAX {
            map.clear();
        }
        map.insert(key, value);
    }

    fn forget(&self, key: &K) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}
