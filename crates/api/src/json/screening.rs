//! What is done about callers nobody wants.

use domain::FlowId;
use domain::screening::{DeadAirAction as Action, DeadAirRule, Diversion, ScreeningPolicy as Policy};
use serde::{Deserialize, Serialize};
use store::ScreeningRecord;
use utoipa::ToSchema;

/// What happens to a caller who is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DiversionAction {
    /// The call is refused before it is answered.
    Refuse,
    /// The caller goes through a flow.
    Flow,
}

/// What happens to a caller who withholds the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnonymousAction {
    /// Let in as everybody.
    Accept,
    /// The call is refused before it is answered.
    Refuse,
    /// The caller goes through a flow.
    Flow,
}

/// What happens to callers of the block list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BlockPolicy {
    /// What.
    pub action: DiversionAction,
    /// The flow, for `flow`.
    #[schema(required = true)]
    pub flow_id: Option<String>,
}

/// What happens to callers who withhold their number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnonymousPolicy {
    /// What.
    pub action: AnonymousAction,
    /// The flow, for `flow`.
    #[schema(required = true)]
    pub flow_id: Option<String>,
}

/// What happens to a number that calls again and again and is gone after seconds each time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NuisancePolicy {
    /// In force.
    pub on: bool,
    /// Short calls that are too many, 2–100.
    pub calls: i64,
    /// In which time, 1–60.
    pub within_minutes: i64,
    /// A call its caller ends before this is short, 1–60.
    pub shorter_than_s: i64,
    /// How long the number is kept out after the last of them, 1–1,440.
    pub for_minutes: i64,
    /// What happens to it.
    pub action: DiversionAction,
    /// The flow, for `flow`.
    #[schema(required = true)]
    pub flow_id: Option<String>,
}

/// What happens to a caller of whom nothing is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeadAirAction {
    /// The call is ended.
    End,
    /// The caller goes through a flow.
    Flow,
}

/// What happens to a caller of whom neither a sound nor a key has come since the answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeadAirPolicy {
    /// In force.
    pub on: bool,
    /// Seconds in a flow or in a talk, 10–120; an agent is told first and has as long again.
    pub after_s: i64,
    /// What happens.
    pub action: DeadAirAction,
    /// The flow, for `flow`.
    #[schema(required = true)]
    pub flow_id: Option<String>,
}

impl From<DeadAirRule> for DeadAirPolicy {
    fn from(rule: DeadAirRule) -> DeadAirPolicy {
        let (action, flow_id) = match rule.action {
            Action::End => (DeadAirAction::End, None),
            Action::Flow(flow) => (DeadAirAction::Flow, Some(flow.to_string())),
        };
        let after_s = i64::try_from(rule.after.as_secs()).unwrap_or(i64::MAX);
        DeadAirPolicy { on: rule.on, after_s, action, flow_id }
    }
}

/// What is done about callers nobody wants. A change gives all of it, with the version it was made from; 0 for the first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScreeningPolicy {
    /// To be handed back with a change.
    pub version: i64,
    /// About the block list.
    pub block: BlockPolicy,
    /// About withheld numbers.
    pub anonymous: AnonymousPolicy,
    /// About repeated short calls.
    pub nuisance: NuisancePolicy,
    /// About callers of whom nothing is heard.
    pub dead_air: DeadAirPolicy,
}

fn said(diversion: Diversion) -> (DiversionAction, Option<String>) {
    match diversion {
        Diversion::Refuse => (DiversionAction::Refuse, None),
        Diversion::Flow(flow) => (DiversionAction::Flow, Some(flow.to_string())),
    }
}

fn is_flow(diversion: Option<Diversion>) -> Option<FlowId> {
    match diversion? {
        Diversion::Flow(flow) => Some(flow),
        Diversion::Refuse => None,
    }
}

impl From<ScreeningRecord> for ScreeningPolicy {
    fn from(record: ScreeningRecord) -> ScreeningPolicy {
        let Policy { block, anonymous, nuisance, dead_air } = record.policy;
        let (block_action, block_flow) = said(block);
        let (nuisance_action, nuisance_flow) = said(nuisance.action);
        let count = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
        let minutes = |time: std::time::Duration| count(time.as_secs() / 60);
        ScreeningPolicy {
            version: count(record.version),
            block: BlockPolicy { action: block_action, flow_id: block_flow },
            anonymous: AnonymousPolicy {
                action: match anonymous {
                    None => AnonymousAction::Accept,
                    Some(Diversion::Refuse) => AnonymousAction::Refuse,
                    Some(Diversion::Flow(_)) => AnonymousAction::Flow,
                },
                flow_id: is_flow(anonymous).map(|flow| flow.to_string()),
            },
            nuisance: NuisancePolicy {
                on: nuisance.on,
                calls: i64::from(nuisance.calls),
                within_minutes: minutes(nuisance.within),
                shorter_than_s: count(nuisance.shorter_than.as_secs()),
                for_minutes: minutes(nuisance.lasts),
                action: nuisance_action,
                flow_id: nuisance_flow,
            },
            dead_air: dead_air.into(),
        }
    }
}
