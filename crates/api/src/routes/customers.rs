//! Customers: list, find by number, create, read, change.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use domain::{CustomerId, Permission, SiteId};
use store::{ConversationFilter, CustomerDraft, CustomerNumberDraft, Page, Scope, StoreError};
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::{Body, Params, PathId};
use crate::faults::Faults;
use crate::json::List;
use crate::json::codes::CustomerLevel;
use crate::json::customer::{Customer, CustomerChange, CustomerQuery, NewCustomer, NewCustomerNumber};
use crate::limits::{
    CUSTOM_BYTES_MAX, CUSTOMER_NAME_CHARS_MAX, CUSTOMER_NUMBERS_MAX, NOTE_CHARS_MAX, NUMBER_CHARS_MAX,
    NUMBER_LABEL_CHARS_MAX, SEARCH_CHARS_MAX,
};
use crate::page::{after, limit, page};
use crate::views::sight::Sight;

pub fn declare(routes: Routes) -> Routes {
    routes
        .needs(Permission::CustomersRead, routes!(list))
        .command(Permission::CustomersWrite, routes!(create))
        .needs(Permission::CustomersRead, routes!(read))
        .needs(Permission::CustomersWrite, routes!(change))
}

/// Customers, the newest first.
#[utoipa::path(get, path = "/api/v1/customers", tag = "customers", operation_id = "list_customers",
    params(CustomerQuery), responses((status = 200, body = List<Customer>)))]
async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(query): Params<CustomerQuery>,
) -> Answer<Json<List<Customer>>> {
    let limit = limit(query.limit.as_deref())?;
    let mut faults = Faults::default();
    let wanted = store::CustomerQuery {
        text: faults.optional("query", query.query.as_deref(), SEARCH_CHARS_MAX),
        number: faults.optional("number", query.number.as_deref(), NUMBER_CHARS_MAX),
    };
    faults.none()?;
    let asked = Page { limit: limit + 1, after: after(&app, "customers", query.cursor.as_deref())? };
    let rows = app.store.customers(&caller.scope(), &wanted, asked).await?;
    let unmasked = caller.can(Permission::PersonalDataRead);
    let show = |row| Customer::show(&app, row, unmasked);
    Ok(Json(page(&app, "customers", limit, rows, |row| row.id.to_string(), show)))
}

/// Creates a customer.
#[utoipa::path(post, path = "/api/v1/customers", tag = "customers", operation_id = "create_customer",
    request_body = NewCustomer,
    responses((status = 201, body = Customer, headers(("Location" = String, description = "The new one.")))))]
async fn create(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(new): Body<NewCustomer>,
) -> Answer<(StatusCode, [(HeaderName, String); 1], Json<Customer>)> {
    let site = site(&app, &caller, Some(caller.user.site), new.site_id.as_deref()).await?;
    let draft = check(CustomerDraft {
        name: new.name,
        level: new.level.unwrap_or(CustomerLevel::Standard).into(),
        company: new.company,
        note: new.note,
        numbers: drafts(new.numbers),
        custom: new.custom.unwrap_or_default(),
        site,
        team: None,
    })?;
    let made = app.store.create_customer(&caller.scope(), app.clock.now().utc, &draft).await?;
    let location = [(header::LOCATION, format!("/api/v1/customers/{}", made.id))];
    let shown = Customer::show(&app, made, caller.can(Permission::PersonalDataRead));
    Ok((StatusCode::CREATED, location, Json(shown)))
}

/// One customer.
#[utoipa::path(get, path = "/api/v1/customers/{id}", tag = "customers", operation_id = "get_customer",
    params(("id" = String, Path)), responses((status = 200, body = Customer)))]
async fn read(State(app): State<Arc<App>>, caller: Caller, PathId(id): PathId<CustomerId>) -> Answer<Json<Customer>> {
    let (_, customer) = within_reach(&app, &caller, id).await?;
    Ok(Json(Customer::show(&app, customer, caller.can(Permission::PersonalDataRead))))
}

/// Changes a customer.
#[utoipa::path(patch, path = "/api/v1/customers/{id}", tag = "customers", operation_id = "change_customer",
    params(("id" = String, Path)), request_body = CustomerChange, responses((status = 200, body = Customer)))]
async fn change(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<CustomerId>,
    Body(change): Body<CustomerChange>,
) -> Answer<Json<Customer>> {
    let (scope, before) = within_reach(&app, &caller, id).await?;
    let site = site(&app, &caller, before.site, change.site_id.as_deref()).await?;
    let kept = before.numbers.into_iter().map(|n| CustomerNumberDraft { number: n.number, label: n.label });
    // Whoever sees masked numbers only cannot give them back whole.
    if change.numbers.is_some() {
        caller.demand(Permission::PersonalDataRead)?;
    }
    let draft = check(CustomerDraft {
        name: change.name.unwrap_or(before.name),
        level: change.level.map_or(before.level, Into::into),
        company: change.company.or(before.company),
        note: change.note.or(before.note),
        numbers: change.numbers.map_or_else(|| kept.collect(), drafts),
        custom: change.custom.unwrap_or(before.custom),
        site,
        team: before.team,
    })?;
    let version = u64::try_from(change.version).unwrap_or(0);
    let after = app.store.update_customer(&scope, app.clock.now().utc, id, version, &draft).await?;
    app.directory.forget_customer(caller.tenant, id);
    app.views.forget(caller.tenant);
    Ok(Json(Customer::show(&app, after, caller.can(Permission::PersonalDataRead))))
}

/// The site a customer is to be of, `kept` when nothing is said.
async fn site(app: &App, caller: &Caller, kept: Option<SiteId>, wanted: Option<&str>) -> Answer<Option<SiteId>> {
    let Some(text) = wanted else { return Ok(kept) };
    if text.is_empty() && (caller.site().is_none() || kept.is_none()) {
        return Ok(None);
    }
    let sites = app.store.sites(&caller.scope()).await?;
    let may = |id: &SiteId| kept == Some(*id) || (caller.site().is_none() && sites.iter().any(|site| site.id == *id));
    let mut faults = Faults::default();
    let site = faults.id("site_id", text, may);
    faults.none()?;
    Ok(site)
}

/// A customer the caller may see, and the scope it was found in: one of the own reach, or one of another site who had a conversation within it, now
/// or before.
async fn within_reach(app: &App, caller: &Caller, id: CustomerId) -> Answer<(Scope, store::Customer)> {
    let scope = caller.scope();
    match app.store.customer(&scope, id).await {
        Err(StoreError::NotFound(_)) if caller.site().is_some() => {
            let known = ConversationFilter { customer: Some(id), ..ConversationFilter::default() };
            let spoke = !app.store.list_conversations(&scope, &known, Page::first(1)).await?.is_empty();
            if !spoke && !is_here(app, caller, id).await? {
                return Err(RouteError::not_found());
            }
            let whole = Scope::of(caller.tenant, caller.user.id);
            Ok((whole, app.store.customer(&whole, id).await?))
        }
        found => Ok((scope, found?)),
    }
}

/// Whether the customer is in a conversation the caller sees at this moment; lists follow a little later.
async fn is_here(app: &App, caller: &Caller, id: CustomerId) -> Answer<bool> {
    let (Some(sight), Some(live)) = (Sight::of(app, caller).await?, app.floor.live(caller.tenant)) else {
        return Ok(false);
    };
    let theirs = live.conversations.values().filter(|conversation| conversation.customer == Some(id));
    Ok(theirs.map(|conversation| conversation.id).any(|conversation| sight.sees(&live, conversation)))
}

fn drafts(numbers: Vec<NewCustomerNumber>) -> Vec<CustomerNumberDraft> {
    numbers.into_iter().map(|n| CustomerNumberDraft { number: n.number, label: n.label }).collect()
}

fn check(draft: CustomerDraft) -> Answer<CustomerDraft> {
    let mut faults = Faults::default();
    let mut numbers = Vec::new();
    faults.length("numbers", draft.numbers.len(), 0, CUSTOMER_NUMBERS_MAX);
    for (n, given) in draft.numbers.iter().enumerate() {
        let field = format!("numbers.{n}.number");
        let number = faults.text(&field, &given.number, 1, NUMBER_CHARS_MAX);
        faults.pattern(&field, &number, is_number);
        let label = faults.optional(&format!("numbers.{n}.label"), given.label.as_deref(), NUMBER_LABEL_CHARS_MAX);
        numbers.push(CustomerNumberDraft { number, label });
    }
    let custom_bytes = serde_json::to_vec(&draft.custom).map_or(usize::MAX, |bytes| bytes.len());
    faults.length("custom", custom_bytes, 0, CUSTOM_BYTES_MAX);
    let checked = CustomerDraft {
        name: faults.text("name", &draft.name, 1, CUSTOMER_NAME_CHARS_MAX),
        company: faults.optional("company", draft.company.as_deref(), CUSTOMER_NAME_CHARS_MAX),
        note: faults.optional("note", draft.note.as_deref(), NOTE_CHARS_MAX),
        numbers,
        ..draft
    };
    faults.none().map(|()| checked)
}

/// Digits and the signs people write between them, with three digits at least.
fn is_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits >= 3 && text.chars().all(|c| c.is_ascii_digit() || "+-() .#*".contains(c))
}

impl Customer {
    fn show(app: &App, customer: store::Customer, unmasked: bool) -> Customer {
        let shown = |number: String| if unmasked { number } else { crate::views::mask::mask(&number) };
        Customer::of(customer, &app.numbers.locations, shown)
    }
}
