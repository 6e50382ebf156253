//! The settings in force, with what the floor looks up in them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::settings::{Agent, Calendar, Device, Flow, FlowNode, Mobile, Number, Queue};
use domain::{AgentId, CalendarId, DeviceId, DispositionId, FlowId, NotReadyReasonId, NumberId, QueueId, Settings};

/// One immutable settings value and its look-up tables.
#[derive(Clone, Debug)]
pub(crate) struct Catalog {
    settings: Arc<Settings>,
    numbers: BTreeMap<String, usize>,
    flows: BTreeMap<FlowId, usize>,
    queues: BTreeMap<QueueId, usize>,
    calendars: BTreeMap<CalendarId, usize>,
    devices: BTreeMap<DeviceId, usize>,
    agents: BTreeMap<AgentId, usize>,
    reasons: BTreeSet<NotReadyReasonId>,
    dispositions: BTreeSet<DispositionId>,
}

impl Catalog {
    pub(crate) fn new(settings: Arc<Settings>) -> Catalog {
        Catalog {
            numbers: positions(&settings.numbers, |number| number.number.clone()),
            flows: positions(&settings.flows, |flow| flow.id),
            queues: positions(&settings.queues, |queue| queue.id),
            calendars: positions(&settings.calendars, |calendar| calendar.id),
            devices: positions(&settings.devices, |device| device.id),
            agents: positions(&settings.agents, |agent| agent.id),
            reasons: settings.not_ready_reasons.iter().filter(|one| one.active).map(|one| one.id).collect(),
            dispositions: settings.dispositions.iter().filter(|one| one.active).map(|one| one.id).collect(),
            settings,
        }
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(crate) fn number(&self, called: &str) -> Option<&Number> {
        self.settings.numbers.get(*self.numbers.get(called)?)
    }

    /// The opening hours of a number; `None` when it has none.
    pub(crate) fn calendar_of(&self, number: NumberId) -> Option<CalendarId> {
        self.settings.numbers.iter().find(|one| one.id == number)?.calendar
    }

    pub(crate) fn queue(&self, id: QueueId) -> Option<&Queue> {
        self.settings.queues.get(*self.queues.get(&id)?)
    }

    pub(crate) fn calendar(&self, id: CalendarId) -> Option<&Calendar> {
        self.settings.calendars.get(*self.calendars.get(&id)?)
    }

    pub(crate) fn flow(&self, id: FlowId) -> Option<FlowRef> {
        let index = *self.flows.get(&id)?;
        Some(FlowRef { settings: Arc::clone(&self.settings), index })
    }

    pub(crate) fn device(&self, id: DeviceId) -> Option<&Device> {
        self.settings.devices.get(*self.devices.get(&id)?)
    }

    /// The number outside with this id.
    pub(crate) fn mobile(&self, id: DeviceId) -> Option<&Mobile> {
        self.settings.mobiles.iter().find(|mobile| mobile.id == id)
    }

    /// Whether an agent may work with a phone of ours, or a number outside, of this id.
    pub(crate) fn is_phone_of(&self, id: DeviceId, agent: AgentId) -> bool {
        let is_device = self.device(id).is_some_and(|device| device.agent == Some(agent));
        is_device || self.mobile(id).is_some_and(|mobile| mobile.agent == agent)
    }

    pub(crate) fn has_agent(&self, id: AgentId) -> bool {
        self.agents.contains_key(&id)
    }

    pub(crate) fn agent(&self, id: AgentId) -> Option<&Agent> {
        self.settings.agents.get(*self.agents.get(&id)?)
    }

    /// Whether there is such a reason, and it can be chosen.
    pub(crate) fn has_reason(&self, id: NotReadyReasonId) -> bool {
        self.reasons.contains(&id)
    }

    /// Whether there is such an outcome, and it can be chosen.
    pub(crate) fn has_disposition(&self, id: DispositionId) -> bool {
        self.dispositions.contains(&id)
    }
}

fn positions<T, K: Ord>(items: &[T], key: impl Fn(&T) -> K) -> BTreeMap<K, usize> {
    items.iter().enumerate().map(|(index, item)| (key(item), index)).collect()
}

/// A flow as it was when a caller entered it: later settings do not change the drawing under somebody's feet.
#[derive(Clone, Debug)]
pub(crate) struct FlowRef {
    settings: Arc<Settings>,
    index: usize,
}

impl FlowRef {
    pub(crate) fn flow(&self) -> Option<&Flow> {
        self.settings.flows.get(self.index)
    }

    pub(crate) fn node(&self, node: u16) -> Option<&FlowNode> {
        self.flow()?.nodes.get(usize::from(node))
    }
}
