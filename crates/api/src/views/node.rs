//! The node as those see it who look after it: health and figures.

use std::sync::Arc;
use std::time::Duration;

use domain::{Mono, TenantId};
use reporting::{AgentState, LiveFloor};
use tokio::sync::Mutex;

use super::floor::millis;
use super::gather::moment;
use crate::app::App;
use crate::error::Answer;
use crate::exposition::Exposition;
use crate::health::{CertificateState, judge, status_of};
use crate::json::system::{
    CallsHealth, CertificateHealth, DiskHealth, HealthCode, HealthStatus, LedgerHealth, LocationsHealth, ProcessHealth,
    SystemHealth, TrunkAddress, TrunkHealth,
};
use crate::vitals::{AddressVitals, Reach, Registration, SetUpVitals, SoundVitals, Vitals};

/// Asked more often, the same is answered: the open route must not be a lever.
const AGE_MAX: Duration = Duration::from_secs(1);
/// Bounds of the waits until an answer, in seconds: the usual targets of service level and what lies beyond them.
const WAIT_BOUNDS_S: [u32; 8] = [5, 10, 15, 20, 30, 60, 120, 300];

/// Vitals as last gathered, and when.
pub type Kept = Mutex<Option<(Mono, Arc<Vitals>)>>;

async fn vitals(app: &App) -> Arc<Vitals> {
    // Held while they are gathered: those who ask meanwhile get the same.
    let mut kept = app.vitals.lock().await;
    let now = app.clock.now().mono;
    match &*kept {
        Some((at, vitals)) if now.since(*at) < AGE_MAX => vitals.clone(),
        Some(_) | None => {
            let vitals = Arc::new(app.floor.vitals().await);
            *kept = Some((now, vitals.clone()));
            vitals
        }
    }
}

fn certificate(app: &App) -> Option<CertificateState> {
    let keeper = app.certificates.as_ref()?;
    Some(CertificateState { facts: keeper.facts(), is_stuck: keeper.is_stuck() })
}

/// What is wrong, and what it was judged by. With a centre, calls that are stopped in another are none of its business.
pub async fn verdict(app: &App, centre: Option<TenantId>) -> (Vec<HealthCode>, Arc<Vitals>) {
    let health = app.floor.health();
    let vitals = vitals(app).await;
    let fell_back = app.numbers.fell_back;
    let certificate = certificate(app);
    (judge(app.clock.now().utc, centre, health, &vitals, certificate.as_ref(), fell_back), vitals)
}

/// Everything about the node; of the carriers and of calls that are stopped, those of `tenant`.
pub async fn health(app: &App, tenant: TenantId) -> SystemHealth {
    let (codes, vitals) = verdict(app, Some(tenant)).await;
    let now = app.clock.now().utc;
    let ago = |age: Duration| now.0.saturating_sub(i64::try_from(age.as_micros()).unwrap_or(i64::MAX));
    let trunks = vitals.trunks.iter().filter(|trunk| trunk.tenant == tenant).map(|trunk| TrunkHealth {
        name: trunk.name.clone(),
        heard_at_us: trunk.heard.map(ago),
        silent: trunk.is_silent,
        no_codec: Some(trunk.no_codec).filter(|calls| *calls > 0),
        addresses: trunk.addresses.iter().map(address).collect(),
        registration: trunk.registration.map(Into::into),
    });
    SystemHealth {
        status: status_of(&codes),
        codes,
        at_us: now.0,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        started_at_us: vitals.process.started_at.0,
        ledger: LedgerHealth {
            uncommitted: vitals.ledger.uncommitted,
            oldest_ms: millis(vitals.ledger.oldest),
            commit_p99_ms: vitals.ledger.commit_p99.map(millis),
        },
        recordings_missing: app.floor.health().recordings_missing,
        calls: CallsHealth {
            telephone: vitals.calls.telephone,
            visitor: vitals.calls.visitor,
            agent: vitals.calls.agent,
            conversations: vitals.calls.conversations,
        },
        trunks: trunks.collect(),
        disk: vitals.disk.map(|disk| DiskHealth {
            free_bytes: disk.free_bytes,
            total_bytes: disk.total_bytes,
            sync_us: disk.sync.map(|sync| i64::try_from(sync.as_micros()).unwrap_or(i64::MAX)),
        }),
        certificate: certificate(app).map(|certificate| CertificateHealth {
            generated: !app.strict_transport,
            expires_at_us: certificate.facts.expires_at.0,
            sha256: certificate.facts.fingerprint(),
            names: certificate.facts.names,
        }),
        locations: LocationsHealth {
            source: app.numbers.locations.source().to_owned(),
            dated: app.numbers.locations.dated(),
            built_in: app.numbers.file.is_none() || app.numbers.fell_back,
        },
        process: ProcessHealth {
            resident_bytes: vitals.process.resident_bytes,
            open_files: vitals.process.open_files,
            open_files_max: vitals.process.open_files_max,
        },
    }
}

fn address(of: &AddressVitals) -> TrunkAddress {
    TrunkAddress { address: of.address.to_string(), reach: of.reach.map(Into::into) }
}

/// All figures as text.
pub async fn metrics(app: &App, tenant: TenantId) -> Answer<String> {
    let (codes, vitals) = verdict(app, Some(tenant)).await;
    let mut text = Exposition::default();
    of_health(&mut text, &codes, app.floor.health().draining);
    of_process(&mut text, &vitals);
    of_ledger(&mut text, &vitals);
    of_calls(&mut text, &vitals);
    of_set_ups(&mut text, &vitals.set_ups);
    of_signalling(&mut text, &vitals, tenant);
    let requests = app.requests.read();
    let requests = requests.iter().map(|(class, count)| (("status", *class), *count as f64));
    text.counters("callisto_http_requests_total", "Requests answered, by class of status.", requests);
    text.gauge("callisto_live_connections", "Open live streams.", app.connections.count() as f64);
    if let Some(certificate) = certificate(app) {
        let expires_s = certificate.facts.expires_at.0 as f64 / 1e6;
        text.gauge("callisto_certificate_expiry_timestamp_seconds", "When the certificate is over.", expires_s);
    }
    if let Some(live) = app.floor.live(tenant) {
        let help = "Agents and rules whose calls outside are stopped until somebody releases them.";
        text.gauge("callisto_outbound_stops", help, live.stops.len() as f64);
        of_agents(&mut text, &live, app, tenant).await?;
        of_queues(&mut text, &live, app, tenant).await?;
    }
    Ok(text.into_text())
}

fn of_health(text: &mut Exposition, codes: &[HealthCode], draining: bool) {
    let weight = match status_of(codes) {
        HealthStatus::Ok => 0.0,
        HealthStatus::Degraded => 1.0,
        HealthStatus::Failing => 2.0,
    };
    text.gauge("callisto_health", "0 ok, 1 degraded, 2 failing: new calls are refused.", weight);
    let found = codes.iter().map(|code| (("code", code.name()), 1.0));
    text.gauges("callisto_health_code", "1 for everything that is wrong.", found);
    text.gauge("callisto_draining", "1 while the node waits for its last calls.", f64::from(u8::from(draining)));
    text.begin("callisto_build_info", "The program.", "gauge");
    text.sample("callisto_build_info", &[("version", env!("CARGO_PKG_VERSION"))], 1.0);
}

fn of_process(text: &mut Exposition, vitals: &Vitals) {
    let process = &vitals.process;
    let resident = process.resident_bytes as f64;
    text.gauge("process_resident_memory_bytes", "Memory in use.", resident);
    text.gauge("process_open_fds", "Open files and sockets.", process.open_files as f64);
    text.gauge("process_max_fds", "How many may be open.", process.open_files_max as f64);
    text.counter("process_cpu_seconds_total", "Processor time.", process.cpu.as_secs_f64());
    text.gauge("process_start_time_seconds", "When the program began.", process.started_at.0 as f64 / 1e6);
    if let Some(disk) = &vitals.disk {
        text.gauge("callisto_disk_free_bytes", "Bytes that may still be written.", disk.free_bytes as f64);
        text.gauge("callisto_disk_size_bytes", "Bytes of the disk with the data.", disk.total_bytes as f64);
        if let Some(sync) = disk.sync {
            let help = "How long it last took to make 4 KiB durable.";
            text.gauge("callisto_disk_sync_seconds", help, sync.as_secs_f64());
        }
    }
}

fn of_ledger(text: &mut Exposition, vitals: &Vitals) {
    let ledger = &vitals.ledger;
    text.begin("callisto_ledger_commit_seconds", "Commits of the ledger, fsync included.", "histogram");
    let (bounds, counts) = (&ledger.commit_bounds, &ledger.commit_counts);
    text.histogram("callisto_ledger_commit_seconds", &[], bounds, counts, ledger.commit_sum);
    text.gauge("callisto_ledger_uncommitted_events", "Events not yet durable.", ledger.uncommitted as f64);
    let oldest = ledger.oldest.as_secs_f64();
    text.gauge("callisto_ledger_oldest_uncommitted_seconds", "Age of the oldest of them.", oldest);
}

fn of_calls(text: &mut Exposition, vitals: &Vitals) {
    let calls = &vitals.calls;
    let legs = [("telephone", calls.telephone), ("visitor", calls.visitor), ("agent", calls.agent)];
    let legs = legs.into_iter().map(|(kind, count)| (("kind", kind), count as f64));
    text.gauges("callisto_legs", "Devices connected at this moment.", legs);
    text.gauge("callisto_conversations", "Conversations, wrap-up included.", calls.conversations as f64);
    if let Some(media) = &vitals.media {
        let moved = [(("direction", "received"), media.received as f64), (("direction", "sent"), media.sent as f64)];
        text.counters("callisto_media_packets_total", "Packets of sound.", moved);
        let dropped = media.dropped.iter().map(|(reason, count)| (("reason", *reason), *count as f64));
        text.counters("callisto_media_dropped_total", "Packets dropped.", dropped);
        of_sound(text, &media.sound);
    }
}

fn of_set_ups(text: &mut Exposition, set_ups: &SetUpVitals) {
    let bounds = &set_ups.bounds;
    text.begin(
        "callisto_call_set_up_seconds",
        "Carriers' calls from arrival to our answer or our sound before it.",
        "histogram",
    );
    text.histogram("callisto_call_set_up_seconds", &[], bounds, &set_ups.answered, set_ups.answered_sum);
    let help = "Calls through carriers from the order to dial to the first sign of the far side.";
    text.begin("callisto_post_dial_delay_seconds", help, "histogram");
    text.histogram("callisto_post_dial_delay_seconds", &[], bounds, &set_ups.rang, set_ups.rang_sum);
}

fn of_sound(text: &mut Exposition, sound: &SoundVitals) {
    text.gauge("callisto_legs_bad", "Legs whose sound is bad at this moment.", sound.bad_legs as f64);
    text.counter("callisto_legs_fell_total", "Times the sound of a leg became bad.", sound.fell as f64);
    let points = |hundredths: f64| hundredths / 100.0;
    let bounds: Vec<f64> = sound.score_bounds_hundredths.iter().map(|bound| points(f64::from(*bound))).collect();
    let sum = points(sound.scores_sum_hundredths as f64);
    text.begin("callisto_leg_mos", "Estimated opinion scores of ten seconds of a leg, 1 to 4.5.", "histogram");
    text.distribution("callisto_leg_mos", &[], &bounds, &sound.scores, sum);
}

fn of_signalling(text: &mut Exposition, vitals: &Vitals, tenant: TenantId) {
    if let Some(sip) = &vitals.signalling {
        text.counter("callisto_sip_invites_total", "Calls that asked to come in.", sip.invites as f64);
        text.counter("callisto_sip_options_total", "Questions whether we are there.", sip.options as f64);
        let refused: Vec<(String, f64)> = sip.refused.iter().map(|(s, n)| (s.to_string(), *n as f64)).collect();
        let refused = refused.iter().map(|(status, count)| (("status", status.as_str()), *count));
        text.counters("callisto_sip_refused_total", "Requests refused before they became a call.", refused);
        let help = "Messages from addresses that are no trunk's: of devices, and of strangers.";
        text.counter("callisto_sip_others_total", help, sip.others as f64);
        text.counter("callisto_sip_dropped_total", "Datagrams dropped unread.", sip.dropped as f64);
        let help = "Telephone legs with a codec that has to be coded.";
        text.gauge("callisto_sip_coded_legs", help, sip.coded_legs as f64);
        let help = "Times nothing but G.711 was offered or taken, for want of coders.";
        text.counter("callisto_sip_uncoded_total", help, sip.uncoded as f64);
    }
    let trunks = || vitals.trunks.iter().filter(|trunk| trunk.tenant == tenant);
    let heard = trunks().filter_map(|t| Some((("trunk", t.name.as_str()), t.heard?.as_secs_f64())));
    text.gauges("callisto_trunk_heard_seconds", "How long ago the trunk was last heard.", heard);
    let silent = trunks().map(|t| (("trunk", t.name.as_str()), f64::from(u8::from(t.is_silent))));
    text.gauges("callisto_trunk_silent", "1 for a trunk that stopped asking for us.", silent);
    let refused = trunks().map(|t| (("trunk", t.name.as_str()), t.no_codec as f64));
    text.counters("callisto_trunk_no_codec_total", "Calls of a trunk refused for want of a codec in common.", refused);
    let name = "callisto_trunk_address_up";
    text.begin(name, "1 for an address of a trunk that answers, 0 for one that does not.", "gauge");
    for (trunk, at) in trunks().flat_map(|trunk| trunk.addresses.iter().map(move |at| (trunk, at))) {
        // One that is not asked, or has not answered yet, is nothing to draw.
        if let Some(reach @ (Reach::Up | Reach::Down)) = at.reach {
            let address = at.address.to_string();
            let labels = [("trunk", trunk.name.as_str()), ("address", address.as_str())];
            text.sample(name, &labels, f64::from(u8::from(reach == Reach::Up)));
        }
    }
    let registered = trunks().filter_map(|t| {
        let is_registered = t.registration? == Registration::Registered;
        Some((("trunk", t.name.as_str()), f64::from(u8::from(is_registered))))
    });
    text.gauges("callisto_trunk_registered", "1 for a trunk at which we are registered.", registered);
}

async fn of_agents(text: &mut Exposition, live: &LiveFloor, app: &App, tenant: TenantId) -> Answer<()> {
    let settings = app.directory.settings(app, tenant).await?;
    let states: Vec<AgentState> = settings.agents.iter().map(|agent| live.agent_state(agent.id).0).collect();
    let all = [
        (AgentState::SignedOut, "signed_out"),
        (AgentState::NotReady, "not_ready"),
        (AgentState::Ready, "ready"),
        (AgentState::Ringing, "ringing"),
        (AgentState::Talking, "talking"),
        (AgentState::Held, "held"),
        (AgentState::WrapUp, "wrap_up"),
        (AgentState::Supervising, "supervising"),
    ];
    let counted = all.map(|(state, name)| (("state", name), states.iter().filter(|s| **s == state).count() as f64));
    text.gauges("callisto_agents", "Agents by what they do.", counted);
    Ok(())
}

async fn of_queues(text: &mut Exposition, live: &LiveFloor, app: &App, tenant: TenantId) -> Answer<()> {
    let moment = moment(app, tenant).await?;
    let settings = app.directory.settings(app, tenant).await?;
    let queues: Vec<_> = settings.queues.iter().map(|queue| (queue.name.as_str(), queue.id)).collect();
    let waiting = queues.iter().map(|(name, id)| (("queue", *name), live.waiting(*id).len() as f64));
    text.gauges("callisto_queue_waiting", "Customers waiting.", waiting);
    let longest = queues.iter().map(|(name, id)| {
        let since = live.longest_wait_since(*id).map(|at| moment.now.since(at));
        (("queue", *name), since.unwrap_or_default().as_secs_f64())
    });
    text.gauges("callisto_queue_longest_wait_seconds", "The longest of their waits.", longest);
    let today = |id| live.queues.get(&id).map(|figures| figures.since(moment.midnight)).unwrap_or_default();
    text.begin("callisto_queue_visits_total", "Visits that ended since midnight, by how.", "counter");
    for (name, id) in &queues {
        let today = today(*id);
        let ends = [
            ("answered", today.answered()),
            ("abandoned", today.abandoned),
            ("flowed_out", today.flowed_out),
            ("failed", today.failed),
        ];
        for (end, count) in ends {
            text.sample("callisto_queue_visits_total", &[("queue", name), ("end", end)], f64::from(count));
        }
    }
    text.begin("callisto_queue_answer_wait_seconds", "Waits until the answer since midnight.", "histogram");
    let bounds = WAIT_BOUNDS_S.map(|second| Duration::from_secs(second.into()));
    for (name, id) in &queues {
        let today = today(*id);
        let mut counts = [0u64; WAIT_BOUNDS_S.len() + 1];
        for (second, count) in &today.answered_by_second {
            // What was answered within second n waited less than n + 1.
            let bucket = WAIT_BOUNDS_S.iter().position(|bound| second < bound).unwrap_or(WAIT_BOUNDS_S.len());
            counts[bucket] += u64::from(*count);
        }
        let label = [("queue", *name)];
        text.histogram("callisto_queue_answer_wait_seconds", &label, &bounds, &counts, today.answered_wait);
    }
    Ok(())
}
