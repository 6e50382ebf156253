//! Customer look-up beside the flow: the caller hears the greeting while the record is found.

use std::collections::HashMap;
use std::sync::Arc;

use domain::{ConversationId, CustomerId, Input, PartitionId, PartyId, TenantId};
use numbering::Locations;
use store::numbers::international;
use store::{Scope, Store};
use tokio::sync::mpsc;
use tracing::warn;

use crate::floor_loop::Message;

/// Finds the customer of `calling` and says so as `Input::CustomerResolved`.
pub fn resolve(
    store: Arc<Store>,
    floor: mpsc::Sender<Message>,
    partition: PartitionId,
    tenant: TenantId,
    conversation: ConversationId,
    calling: String,
) {
    tokio::spawn(async move {
        let customer = find(&store, tenant, &calling).await;
        let input = Input::CustomerResolved { conversation, customer };
        let _ = floor.send(Message::Input(partition, input)).await;
    });
}

/// Finds which of `among` stand for `calling` and says so as `Input::CallerRecognised`.
pub fn recognise(
    store: Arc<Store>,
    floor: mpsc::Sender<Message>,
    (partition, tenant): (PartitionId, TenantId),
    conversation: ConversationId,
    calling: String,
    among: Vec<PartyId>,
) {
    tokio::spawn(async move {
        let parties = store.parties_alike(&Scope::system(tenant), &among, &calling).await.unwrap_or_else(|error| {
            warn!(%error, "a caller could not be compared with those whose place is kept");
            Vec::new()
        });
        let input = Input::CallerRecognised { conversation, parties };
        let _ = floor.send(Message::Input(partition, input)).await;
    });
}

/// Puts the caller of an arriving call into the spelling of the lists, and says where the number was given out.
pub fn spell(store: &Store, locations: &Locations, tenant: TenantId, input: Input) -> Input {
    let Input::LegArrived { leg, source, called, calling, known, area: _ } = input else { return input };
    let (known, area) = compared(store, locations, tenant, &known);
    Input::LegArrived { leg, source, called, calling, known, area }
}

/// How a number is compared with the lists: its spelling, and its area; empty where there is none.
pub fn compared(store: &Store, locations: &Locations, tenant: TenantId, number: &str) -> (String, String) {
    let known = store.caller_spelling(&Scope::system(tenant), number).unwrap_or_default();
    let area = area_of(locations, &known);
    (known, area)
}

fn area_of(locations: &Locations, known: &str) -> String {
    locations.locate(&international(known)).map(|location| location.area()).unwrap_or_default()
}

/// Finds the numbers of callers of the run before and says so as `Input::CallersRecalled`.
pub fn recall(
    store: Arc<Store>,
    floor: mpsc::Sender<Message>,
    (partition, tenant): (PartitionId, TenantId),
    among: Vec<PartyId>,
) {
    tokio::spawn(async move {
        let scope = Scope::system(tenant);
        let values = store.party_values(&scope, &among).await.unwrap_or_else(|error| {
            warn!(%error, "the numbers of earlier callers could not be opened");
            HashMap::new()
        });
        let spelled =
            |(party, value): (PartyId, store::PartyValue)| Some((party, store.caller_spelling(&scope, &value.raw)?));
        let callers = values.into_iter().filter_map(spelled).collect();
        let _ = floor.send(Message::Input(partition, Input::CallersRecalled { callers })).await;
    });
}

async fn find(store: &Store, tenant: TenantId, calling: &str) -> Option<CustomerId> {
    if calling.is_empty() {
        return None;
    }
    match store.resolve_customer(&Scope::system(tenant), calling).await {
        Ok(found) => found,
        Err(error) => {
            warn!(%error, "the customer of a call could not be looked up");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_a_country_is_of_it_in_either_spelling_though_nobody_was_given_it() {
        for (known, area) in [
            ("+12125551234", "US"),
            ("+13801234567", "US"),
            ("0013801234567", "US"),
            ("+8675588886666", "CN/广东/深圳"),
            ("95588", ""),
            ("", ""),
        ] {
            let found = area_of(numbering::built_in(), known);
            assert!(found == area || (!area.is_empty() && found.starts_with(&format!("{area}/"))), "{known}: {found}");
        }
    }
}
