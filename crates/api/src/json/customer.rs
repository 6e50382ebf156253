//! Customers.

use numbering::Locations;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::codes::CustomerLevel;
use super::location::NumberLocation;

/// Which customers to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CustomerQuery {
    /// Entries on a page, 1–200; 50 when left out.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Part of a name or company.
    pub query: Option<String>,
    /// A telephone number in any usual spelling: `138…`, `0138…`, `+86138…`, `86-138…` are one.
    pub number: Option<String>,
}

/// A customer.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub struct Customer {
    /// Customer id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Standing.
    pub level: CustomerLevel,
    /// Company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// A note.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Telephone numbers; masked without `personal_data.read`.
    pub numbers: Vec<CustomerNumber>,
    /// Fields of the centre's own.
    #[schema(value_type = Object)]
    pub custom: serde_json::Map<String, serde_json::Value>,
    /// The site whose customer it is; absent when all sites share it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site_id: Option<String>,
    /// Created.
    pub created_at_us: i64,
    /// Last changed.
    pub updated_at_us: i64,
    /// To be handed back with a change.
    pub version: i64,
}

/// A telephone number of a customer.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub struct CustomerNumber {
    /// As it was typed.
    pub number: String,
    /// In E.164.
    pub e164: String,
    /// Where the number is from, masked or not; absent when nobody can tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<NumberLocation>,
    /// What it is: mobile, office …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// A telephone number to be kept.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCustomerNumber {
    /// In any usual spelling.
    pub number: String,
    /// What it is, up to 40 characters.
    pub label: Option<String>,
}

/// A customer to be created.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCustomer {
    /// Name, 1–100 characters.
    pub name: String,
    /// Standing; `standard` when left out.
    pub level: Option<CustomerLevel>,
    /// Company, up to 100 characters.
    pub company: Option<String>,
    /// A note, up to 4,000 characters.
    pub note: Option<String>,
    /// Up to 20 numbers.
    #[serde(default)]
    pub numbers: Vec<NewCustomerNumber>,
    /// Fields of the centre's own, up to 16 KiB as JSON.
    #[schema(value_type = Option<Object>)]
    pub custom: Option<serde_json::Map<String, serde_json::Value>>,
    /// The site whose customer it is; that of whoever creates it when left out, and shared by all sites when empty. Who sees one site may name that
    /// one only.
    pub site_id: Option<String>,
}

/// A change of a customer; what is left out stays. `company` and `note` are removed by an empty text, and an empty `site_id` shares it among all
/// sites.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomerChange {
    /// The version the change was made from.
    pub version: i64,
    /// Name.
    pub name: Option<String>,
    /// Standing.
    pub level: Option<CustomerLevel>,
    /// Company.
    pub company: Option<String>,
    /// A note.
    pub note: Option<String>,
    /// All numbers, in place of those there were.
    pub numbers: Option<Vec<NewCustomerNumber>>,
    /// Fields of the centre's own, in place of those there were.
    #[schema(value_type = Option<Object>)]
    pub custom: Option<serde_json::Map<String, serde_json::Value>>,
    /// The site whose customer it is. Who sees one site cannot change it.
    pub site_id: Option<String>,
}

impl Customer {
    /// A record, with its numbers shown by `number`.
    pub fn of(customer: store::Customer, locations: &Locations, number: impl Fn(String) -> String) -> Customer {
        let numbers = customer.numbers.into_iter().map(|n| CustomerNumber {
            location: NumberLocation::of(locations, &n.e164),
            number: number(n.number),
            e164: number(n.e164),
            label: n.label,
        });
        Customer {
            id: customer.id.to_string(),
            name: customer.name,
            level: customer.level.into(),
            company: customer.company,
            note: customer.note,
            numbers: numbers.collect(),
            custom: customer.custom,
            site_id: customer.site.map(|site| site.to_string()),
            created_at_us: customer.created_at.0,
            updated_at_us: customer.updated_at.0,
            version: i64::try_from(customer.version).unwrap_or(i64::MAX),
        }
    }
}
