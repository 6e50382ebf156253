//! Opening hours, numbers customers dial, and trunks.

use std::net::IpAddr;

use domain::settings::{Calendar, Number, OpenInterval};
use domain::{CalendarId, FlowId, Language, NumberId, SiteId, TrunkId, Utc};

use crate::{Scope, Store, StoreError};

/// What a caller says about opening hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarDraft {
    /// Its name.
    pub name: String,
    /// IANA time zone.
    pub time_zone: String,
    /// Weekly intervals.
    pub weekly: Vec<OpenInterval>,
}

/// What a caller says about a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberDraft {
    /// Digits as a trunk presents them; unique in the tenant.
    pub number: String,
    /// What it is for.
    pub name: String,
    /// The flow that answers it.
    pub flow: FlowId,
    /// The language callers start in.
    pub language: Language,
    /// Where it belongs.
    pub site: SiteId,
}

/// An IP line to a carrier, trusted by address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trunk {
    /// Its id.
    pub id: TrunkId,
    /// Its name.
    pub name: String,
    /// Where its requests come from.
    pub addresses: Vec<IpAddr>,
    /// Site.
    pub site: Option<SiteId>,
    /// Grows with every change.
    pub version: u64,
}

/// What a caller says about a trunk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrunkDraft {
    /// Its name.
    pub name: String,
    /// Where its requests come from.
    pub addresses: Vec<IpAddr>,
    /// Site.
    pub site: Option<SiteId>,
}

impl Store {
    /// Makes opening hours.
    pub async fn create_calendar(
        &self,
        scope: &Scope,
        now: Utc,
        draft: &CalendarDraft,
    ) -> Result<Calendar, StoreError> {
        let _ = (scope, now, draft);
        todo!()
    }

    /// Changes opening hours.
    pub async fn update_calendar(
        &self,
        scope: &Scope,
        now: Utc,
        id: CalendarId,
        draft: &CalendarDraft,
    ) -> Result<Calendar, StoreError> {
        let _ = (scope, now, id, draft);
        todo!()
    }

    /// Opening hours, oldest first.
    pub async fn calendars(&self, scope: &Scope) -> Result<Vec<Calendar>, StoreError> {
        let _ = scope;
        todo!()
    }

    /// Makes a number.
    pub async fn create_number(&self, scope: &Scope, now: Utc, draft: &NumberDraft) -> Result<Number, StoreError> {
        let _ = (scope, now, draft);
        todo!()
    }

    /// Changes a number.
    pub async fn update_number(
        &self,
        scope: &Scope,
        now: Utc,
        id: NumberId,
        draft: &NumberDraft,
    ) -> Result<Number, StoreError> {
        let _ = (scope, now, id, draft);
        todo!()
    }

    /// Numbers, oldest first.
    pub async fn numbers(&self, scope: &Scope) -> Result<Vec<Number>, StoreError> {
        let _ = scope;
        todo!()
    }

    /// Makes a trunk.
    pub async fn create_trunk(&self, scope: &Scope, now: Utc, draft: &TrunkDraft) -> Result<Trunk, StoreError> {
        let _ = (scope, now, draft);
        todo!()
    }

    /// Trunks, oldest first.
    pub async fn trunks(&self, scope: &Scope) -> Result<Vec<Trunk>, StoreError> {
        let _ = scope;
        todo!()
    }
}
