//! Flows and their versions.

use domain::settings::{Flow, FlowNode};
use domain::{FlowId, Utc};

use crate::{Scope, Store, StoreError};

/// What a caller says about a flow.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowDraft {
    /// Its name.
    pub name: String,
    /// Index of the first node.
    pub entry: u16,
    /// The nodes; every exit must be the index of one.
    pub nodes: Vec<FlowNode>,
}

impl Store {
    /// Makes a flow and publishes it as version 1.
    pub async fn create_flow(&self, scope: &Scope, now: Utc, draft: &FlowDraft) -> Result<Flow, StoreError> {
        let _ = (scope, now, draft);
        todo!()
    }

    /// Publishes the next version. Earlier versions stay readable for the timelines of old conversations.
    pub async fn publish_flow(
        &self,
        scope: &Scope,
        now: Utc,
        id: FlowId,
        draft: &FlowDraft,
    ) -> Result<Flow, StoreError> {
        let _ = (scope, now, id, draft);
        todo!()
    }

    /// One version of a flow; without `version` the published one.
    pub async fn flow(&self, scope: &Scope, id: FlowId, version: Option<u32>) -> Result<Flow, StoreError> {
        let _ = (scope, id, version);
        todo!()
    }

    /// The published version of every flow, oldest flow first.
    pub async fn flows(&self, scope: &Scope) -> Result<Vec<Flow>, StoreError> {
        let _ = scope;
        todo!()
    }
}
