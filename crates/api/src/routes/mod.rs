//! One file per family of operations. Each declares its routes with the permission they need.

mod agents;
mod audit;
mod calendar_check;
mod calendars;
mod calls;
mod code_lists;
mod conversations;
mod customers;
mod devices;
mod download;
mod floor;
mod handlings;
mod keeping;
mod live;
mod me;
mod mobiles;
mod number_list;
mod numbers;
mod offers;
mod outbound;
mod outbound_check;
mod outbound_stops;
mod outbound_try;
mod phone;
mod quality;
mod queues;
mod recording_policy;
mod recordings;
mod references;
mod screening;
mod session;
mod settings;
mod sites;
mod supervision;
mod supervision_policy;
mod system;
mod talks;
mod tasks;
mod tokens;
mod transfers;
mod visitor;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;

/// Tells the floor and the views that settings were written.
async fn settings_written(app: &App, caller: &Caller) {
    app.directory.forget_settings(caller.tenant);
    app.views.forget(caller.tenant);
    app.floor.settings_changed(caller.tenant).await;
}

/// Every route of the API.
pub fn declare() -> Routes {
    let routes = Routes::default();
    let routes = session::declare(routes);
    let routes = me::declare(routes);
    let routes = phone::declare(routes);
    let routes = offers::declare(routes);
    let routes = handlings::declare(routes);
    let routes = transfers::declare(routes);
    let routes = supervision::declare(routes);
    let routes = calls::declare(routes);
    let routes = conversations::declare(routes);
    let routes = recordings::declare(routes);
    let routes = recording_policy::declare(routes);
    let routes = talks::declare(routes);
    let routes = keeping::declare(routes);
    let routes = download::declare(routes);
    let routes = quality::declare(routes);
    let routes = floor::declare(routes);
    let routes = live::declare(routes);
    let routes = customers::declare(routes);
    let routes = tasks::declare(routes);
    let routes = queues::declare(routes);
    let routes = agents::declare(routes);
    let routes = mobiles::declare(routes);
    let routes = calendars::declare(routes);
    let routes = settings::declare(routes);
    let routes = numbers::declare(routes);
    let routes = code_lists::declare(routes);
    let routes = sites::declare(routes);
    let routes = devices::declare(routes);
    let routes = outbound::declare(routes);
    let routes = number_list::declare(routes);
    let routes = screening::declare(routes);
    let routes = supervision_policy::declare(routes);
    let routes = outbound_stops::declare(routes);
    let routes = audit::declare(routes);
    let routes = tokens::declare(routes);
    let routes = visitor::declare(routes);
    system::declare(routes)
}
