//! Customers: list, find by number, create, read, change.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode};
use domain::{CustomerId, Permission};
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::{Body, Params, PathId};
use crate::json::List;
use crate::json::customer::{Customer, CustomerChange, CustomerQuery, NewCustomer};
use crate::json::problem::ProblemCode;

pub fn declare(routes: Routes) -> Routes {
    routes
        .needs(Permission::CustomersRead, routes!(list))
        .command(Permission::CustomersWrite, routes!(create))
        .needs(Permission::CustomersRead, routes!(read))
        .needs(Permission::CustomersWrite, routes!(change))
}

/// Customers.
#[utoipa::path(get, path = "/api/v1/customers", tag = "customers", operation_id = "list_customers",
    params(CustomerQuery), responses((status = 200, body = List<Customer>)))]
async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(query): Params<CustomerQuery>,
) -> Answer<Json<List<Customer>>> {
    let _ = (app, caller, query);
    Err(RouteError::of(ProblemCode::Unavailable))
}

/// Creates one.
#[utoipa::path(post, path = "/api/v1/customers", tag = "customers", operation_id = "create_customer", request_body = NewCustomer,
    responses((status = 201, body = Customer, headers(("Location" = String, description = "The new one.")))))]
async fn create(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(new): Body<NewCustomer>,
) -> Answer<(StatusCode, [(HeaderName, String); 1], Json<Customer>)> {
    let _ = (app, caller, new);
    Err(RouteError::of(ProblemCode::Unavailable))
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/customers/{id}", tag = "customers", operation_id = "get_customer",
    params(("id" = String, Path)), responses((status = 200, body = Customer)))]
async fn read(State(app): State<Arc<App>>, caller: Caller, PathId(id): PathId<CustomerId>) -> Answer<Json<Customer>> {
    let _ = (app, caller, id);
    Err(RouteError::of(ProblemCode::Unavailable))
}

/// Changes one.
#[utoipa::path(patch, path = "/api/v1/customers/{id}", tag = "customers", operation_id = "change_customer",
    params(("id" = String, Path)), request_body = CustomerChange, responses((status = 200, body = Customer)))]
async fn change(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<CustomerId>,
    Body(change): Body<CustomerChange>,
) -> Answer<Json<Customer>> {
    let _ = (app, caller, id, change);
    Err(RouteError::of(ProblemCode::Unavailable))
}
