//! What is recorded, and on which conditions: read, change.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use domain::Permission;
use domain::recording_policy::{PAUSE_MAX_S, RecordingMode as Mode, RecordingPolicy as Policy, SharePercent};
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::Answer;
use crate::extract::Body;
use crate::faults::Faults;
use crate::json::problem::FaultCode;
use crate::json::recording_policy::{RecordingMode, RecordingPolicy, RecordingRule};

pub fn declare(routes: Routes) -> Routes {
    routes.needs(Permission::SettingsRead, routes!(read)).needs(Permission::SettingsWrite, routes!(change))
}

/// What is recorded outside queues, and on which conditions.
#[utoipa::path(get, path = "/api/v1/recording-policy", tag = "settings", operation_id = "get_recording_policy",
    responses((status = 200, body = RecordingPolicy)))]
async fn read(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<RecordingPolicy>> {
    Ok(Json(app.store.recording_policy(&caller.scope()).await?.into()))
}

/// Changes what is recorded. It counts from the next customer who comes to a flow, joins a queue or is answered.
#[utoipa::path(put, path = "/api/v1/recording-policy", tag = "settings", operation_id = "change_recording_policy",
    request_body = RecordingPolicy, responses((status = 200, body = RecordingPolicy)))]
async fn change(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(wanted): Body<RecordingPolicy>,
) -> Answer<Json<RecordingPolicy>> {
    let mut faults = Faults::default();
    let outbound = mode(&mut faults, "outbound", wanted.outbound);
    let pause_max = faults.count("pause_max_s", wanted.pause_max_s, PAUSE_MAX_S);
    faults.none()?;
    let policy = Policy {
        before_queue: wanted.before_queue,
        outbound,
        pause_max: Duration::from_secs(u64::from(pause_max)),
        consent_required: wanted.consent_required,
    };
    let (now, version) = (app.clock.now().utc, u64::try_from(wanted.version).unwrap_or(u64::MAX));
    let record = app.store.put_recording_policy(&caller.scope(), now, version, &policy).await?;
    super::settings_written(&app, &caller).await;
    Ok(Json(record.into()))
}

/// A share needs its percentage, and nothing else has one.
pub(super) fn mode(faults: &mut Faults, field: &str, wanted: RecordingRule) -> Mode {
    let field = format!("{field}.share_percent");
    let (least, most) = SharePercent::RANGE;
    match (wanted.mode, wanted.share_percent) {
        (RecordingMode::Share, Some(percent)) => {
            let percent = faults.count(&field, percent, (u32::from(least), u32::from(most)));
            u8::try_from(percent).ok().and_then(SharePercent::new).map_or(Mode::None, Mode::Share)
        }
        (RecordingMode::Share, None) => {
            faults.add(&field, FaultCode::Missing);
            Mode::None
        }
        (RecordingMode::All | RecordingMode::None | RecordingMode::OnDemand, Some(_)) => {
            faults.add(&field, FaultCode::Unknown);
            Mode::None
        }
        (RecordingMode::All, None) => Mode::All,
        (RecordingMode::None, None) => Mode::None,
        (RecordingMode::OnDemand, None) => Mode::OnDemand,
    }
}
