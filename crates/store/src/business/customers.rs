//! Customers and their numbers.

use domain::{CustomerId, SiteId, TeamId, Utc};
use serde_json::{Map, Value};

use crate::{Page, Scope, Store, StoreError};

/// How a customer is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CustomerLevel {
    /// As everybody.
    Standard,
    /// First.
    Vip,
}

impl CustomerLevel {
    /// The stable name.
    pub const fn name(self) -> &'static str {
        match self {
            CustomerLevel::Standard => "standard",
            CustomerLevel::Vip => "vip",
        }
    }

    /// From its stable name.
    pub fn from_name(name: &str) -> Option<CustomerLevel> {
        [CustomerLevel::Standard, CustomerLevel::Vip].into_iter().find(|level| level.name() == name)
    }
}

/// A customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Customer {
    /// Their id.
    pub id: CustomerId,
    /// Name.
    pub name: String,
    /// Level.
    pub level: CustomerLevel,
    /// Company.
    pub company: Option<String>,
    /// Free text.
    pub note: Option<String>,
    /// Numbers, the preferred one first.
    pub numbers: Vec<CustomerNumber>,
    /// Fields of the tenant's own.
    pub custom: Map<String, Value>,
    /// Site, where the customer belongs to one.
    pub site: Option<SiteId>,
    /// Team, where the customer belongs to one.
    pub team: Option<TeamId>,
    /// When the record was made.
    pub created_at: Utc,
    /// When it was last changed.
    pub updated_at: Utc,
    /// Grows with every change.
    pub version: u64,
}

/// A number of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerNumber {
    /// As it was typed.
    pub number: String,
    /// Normalised: what is compared.
    pub e164: String,
    /// Mobile, office and so on.
    pub label: Option<String>,
}

/// A number as a caller gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerNumberDraft {
    /// As it was typed.
    pub number: String,
    /// Mobile, office and so on.
    pub label: Option<String>,
}

/// What a caller says about a customer.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerDraft {
    /// Name.
    pub name: String,
    /// Level.
    pub level: CustomerLevel,
    /// Company.
    pub company: Option<String>,
    /// Free text.
    pub note: Option<String>,
    /// Numbers, the preferred one first.
    pub numbers: Vec<CustomerNumberDraft>,
    /// Fields of the tenant's own.
    pub custom: Map<String, Value>,
    /// Site.
    pub site: Option<SiteId>,
    /// Team.
    pub team: Option<TeamId>,
}

/// Which customers a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerQuery {
    /// Part of a name or company, or the beginning of a number in any spelling.
    pub text: Option<String>,
    /// Exactly this number, in any spelling.
    pub number: Option<String>,
}

impl Store {
    /// Makes a customer.
    pub async fn create_customer(
        &self,
        scope: &Scope,
        now: Utc,
        draft: &CustomerDraft,
    ) -> Result<Customer, StoreError> {
        let _ = (scope, now, draft);
        todo!()
    }

    /// Changes a customer if `version` is still the current one.
    pub async fn update_customer(
        &self,
        scope: &Scope,
        now: Utc,
        id: CustomerId,
        version: u64,
        draft: &CustomerDraft,
    ) -> Result<Customer, StoreError> {
        let _ = (scope, now, id, version, draft);
        todo!()
    }

    /// One customer.
    pub async fn customer(&self, scope: &Scope, id: CustomerId) -> Result<Customer, StoreError> {
        let _ = (scope, id);
        todo!()
    }

    /// Several customers at once, in no order; those out of reach are left out.
    pub async fn customers_by_id(&self, scope: &Scope, ids: &[CustomerId]) -> Result<Vec<Customer>, StoreError> {
        let _ = (scope, ids);
        todo!()
    }

    /// Customers, newest first.
    pub async fn customers(
        &self,
        scope: &Scope,
        query: &CustomerQuery,
        page: Page<CustomerId>,
    ) -> Result<Vec<Customer>, StoreError> {
        let _ = (scope, query, page);
        todo!()
    }

    /// Customers with this number in any spelling, the last changed first.
    pub async fn customers_by_number(&self, scope: &Scope, number: &str) -> Result<Vec<Customer>, StoreError> {
        let _ = (scope, number);
        todo!()
    }

    /// The customer a call with this number belongs to: the last changed of those who have it.
    pub async fn resolve_customer(&self, scope: &Scope, number: &str) -> Result<Option<CustomerId>, StoreError> {
        let _ = (scope, number);
        todo!()
    }
}
