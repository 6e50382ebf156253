//! `callisto serve`: open the data, start the floor, serve the web client, stop in order.

use std::net::SocketAddr;
use std::path::Path;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use api::port::Registrar;
use domain::TenantId;
use runtime::sounds::StoredSounds;
use runtime::{Drained, RuntimeHandle};
use store::recordings::{FsDisk, Recordings};
use store::{FsObjectStore, Store};
use tokio::sync::watch;
use tokio::task::{JoinError, JoinHandle};
use tracing::{error, info, warn};

use crate::config::Config;
use crate::log::{self, LogLevel};
use crate::port::Floor;
use crate::signals::{Signals, Told};
use crate::vitals::Machine;
use crate::{demo, machine, notify, prompts, trunks};

/// The realm of our challenges; the digests of phones' passwords are made for it.
const SIP_REALM: &str = "callisto";

/// How long the API may take to finish what it has begun.
const API_STOP_MAX: Duration = Duration::from_secs(6);

struct RealClock;

impl api::Clock for RealClock {
    fn now(&self) -> domain::Now {
        runtime::clock::now()
    }
}

/// Serves until it is told to end.
pub fn run(path: &Path, with_demo: bool) -> anyhow::Result<()> {
    let mut config = super::read_config(path)?;
    config.demo.enabled |= with_demo;
    let level = log::start(&config.log);
    super::block_on(serve(path, config, level))
}

async fn serve(path: &Path, config: Config, level: LogLevel) -> anyhow::Result<()> {
    if let Some(place) = config.test.kill_at.as_deref().and_then(store::kill::KillPoint::named) {
        store::kill::arm(place, config.test.kill_after);
    }
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let mut signals = Signals::listen()?;
    let started_at = runtime::clock::now().utc;
    let store = super::open(&config).await?;
    let sign_ins = prepare_demo(&config, &store).await?;
    let objects = Arc::new(FsObjectStore::open(super::objects_dir(&config))?);
    prompts::seed(&*objects).await.context("the prompts cannot be put into the object store")?;
    let sounds = Arc::new(StoredSounds::load(&*objects).await.context("the prompts cannot be read")?);

    let trunks = trunks::trusted(&store, &config.trunks, started_at).await?;
    let names = trunks.iter().zip(&config.trunks).map(|((tenant, t), said)| (t.id, (*tenant, said.name.clone())));
    let names = names.collect();
    let (sip_keeper, door) = sip_door(&config, started_at)?;
    let numbers = numbers(&config);
    let runtime_config = runtime_config(&config, &store, trunks, door, &numbers).await?;
    if let Some((tenant, ..)) = &sign_ins {
        demo::allow_dialling(&store, *tenant, started_at).await?;
    }
    let disk = Arc::new(FsDisk::open(super::segments_dir(&config))?);
    let opened =
        Recordings::open(Arc::clone(&store), objects, disk).await.context("the recordings cannot be opened")?;
    let recordings = Arc::clone(&opened.recordings);

    let runtime = runtime::start(runtime_config, Arc::clone(&store), sounds, opened).await?;
    let (stop, stopping) = watch::channel(false);
    let machine = Arc::new(Machine::new(config.data.dir.clone(), started_at));
    let registrar = Registrar {
        address: SocketAddr::new(config.sip.advertised, config.sip.bind.port()),
        tls_address: config.sip.tls_bind.map(|bind| SocketAddr::new(config.sip.advertised, bind.port())),
        realm: SIP_REALM.to_owned(),
    };
    let (runtime_handle, records) = (runtime.clone(), Arc::clone(&store));
    let floor = Arc::new(Floor { runtime: runtime_handle, store: records, registrar, machine, trunks: names });
    let visitor = sign_ins.as_ref().map(|(tenant, ..)| *tenant);
    let listening = listen(&config, &store, recordings, floor, (visitor, numbers), stopping)?;
    tell_address(&config, &listening)?;
    let certificates = listening.certificates().into_iter().chain(sip_keeper.clone()).collect();
    let looks = sip_keeper.map(|keeper| tokio::spawn(api::look_after(keeper, Arc::new(RealClock))));
    let mut api = tokio::spawn(listening.run());
    if let Some((_, people, token)) = &sign_ins {
        demo::write_manifest(&config, people, token, SIP_REALM)?;
    }
    notify::say("READY=1");
    let limit = Duration::from_secs(config.drain.timeout_s.into());
    let running = Running { path, level, certificates, runtime: &runtime, limit };
    let ended = running.until_told(&mut signals, &mut api).await;
    notify::say("STOPPING=1");
    info!("stopping: calls are ended and the books closed");
    runtime.stop().await;
    let _ = stop.send(true);
    match ended {
        Some(ended) => ended.context("the web server ended by itself")??,
        None => {
            let _ = tokio::time::timeout(API_STOP_MAX, api).await;
        }
    }
    looks.iter().for_each(JoinHandle::abort);
    store.close().await?;
    info!("stopped");
    Ok(())
}

type Api = JoinHandle<Result<(), api::ServeError>>;
type ApiEnd = Result<Result<(), api::ServeError>, JoinError>;

/// The program at work.
struct Running<'a> {
    path: &'a Path,
    level: LogLevel,
    certificates: Vec<Arc<api::Keeper>>,
    runtime: &'a RuntimeHandle,
    limit: Duration,
}

impl Running<'_> {
    /// Until it is time to end; the web server's own end when it came before.
    async fn until_told(&self, signals: &mut Signals, api: &mut Api) -> Option<ApiEnd> {
        loop {
            tokio::select! {
                ended = &mut *api => return Some(ended),
                told = signals.next() => match told {
                    Told::Reload => self.reload().await,
                    Told::Stop => return None,
                    Told::Drain if self.limit.is_zero() => return None,
                    Told::Drain => return self.drain(signals, api).await,
                },
            }
        }
    }

    /// Until the last call is over, the time is, or somebody has had enough.
    async fn drain(&self, signals: &mut Signals, api: &mut Api) -> Option<ApiEnd> {
        let calls = self.runtime.calls().await;
        info!(calls, limit_s = self.limit.as_secs(), "draining: no new calls; ends after the last one");
        notify::say(&format!("STATUS=waiting for the last of {calls} calls"));
        let mut drained = pin!(self.runtime.drain(self.limit));
        loop {
            tokio::select! {
                ended = &mut *api => return Some(ended),
                drained = &mut drained => {
                    match drained {
                        Drained::Empty => info!("drained: the last call is over"),
                        Drained::TimeOver { calls } => warn!(calls, "the time to drain is over; these calls are ended"),
                    }
                    return None;
                }
                told = signals.next() => match told {
                    Told::Reload => self.reload().await,
                    Told::Drain | Told::Stop => {
                        warn!(calls = self.runtime.calls().await, "told again: these calls are ended");
                        return None;
                    }
                },
            }
        }
    }

    /// The certificate and the log level, as they lie on disk. Everything else needs a restart.
    async fn reload(&self) {
        match Config::read(self.path) {
            Ok(config) => {
                self.level.set(&config.log.level);
                info!(level = config.log.level, "told to look again");
            }
            Err(error) => error!(error = format!("{error:#}"), "the configuration cannot be used; the log level stays"),
        }
        for keeper in self.certificates.clone() {
            let now = runtime::clock::now().utc;
            let _ = tokio::task::spawn_blocking(move || keeper.refresh(now)).await;
        }
    }
}

fn tell_address(config: &Config, listening: &api::Listening) -> anyhow::Result<()> {
    let address = listening.address()?;
    match listening.certificates().map(|keeper| keeper.facts()) {
        Some(facts) => {
            let fingerprint = facts.fingerprint();
            info!(%address, certificate.sha256 = fingerprint, "the web client and the API are served over HTTPS");
        }
        None => {
            info!(%address, "the web client and the API are served over plain HTTP");
            if !config.http.bind.ip().is_loopback() {
                warn!("agents on other machines get no microphone from their browsers without HTTPS");
            }
        }
    }
    Ok(())
}

/// The file that is configured, or else what is inside the program: a hint beside a number is no reason to take no calls.
fn numbers(config: &Config) -> api::NumberData {
    let Some(file) = config.numbers.location_file.clone() else { return api::NumberData::default() };
    match super::numbers::open(&file) {
        Ok(locations) => {
            info!(data = super::numbers::about(&locations), "numbers are located by a file of their own");
            api::NumberData::new(locations, Some(file), false)
        }
        Err(error) => {
            warn!(error = format!("{error:#}"), "numbers are located by what is inside the program");
            api::NumberData::new(numbering::built_in().clone(), Some(file), true)
        }
    }
}

type DemoSignIns = (TenantId, Vec<demo::SignIn>, String);

async fn prepare_demo(config: &Config, store: &Store) -> anyhow::Result<Option<DemoSignIns>> {
    if !config.demo.enabled {
        return Ok(None);
    }
    let key = super::key(config)?;
    let told = config.data.dir.join("farm.json");
    let farm = (config.demo.farm_agents > 0).then_some((config.demo.farm_agents, told.as_path()));
    let tenant = demo::seed(store, &key, runtime::clock::now().utc, SIP_REALM, farm)
        .await
        .context("the example data cannot be made")?;
    let (people, token) = demo::sign_ins(&key)?;
    Ok(Some((tenant, people, token)))
}

/// Where SIP over TLS is served, and who keeps the certificate it shows.
fn sip_door(config: &Config, now: domain::Utc) -> anyhow::Result<(Option<Arc<api::Keeper>>, Option<sip::TlsDoor>)> {
    let keeper = api::Keeper::open(config.sip_tls(machine::names()), now)
        .context("SIP over TLS cannot start; see [sip] in the configuration")?;
    let shown = keeper.clone();
    let served = config.sip.tls_bind.zip(shown);
    Ok((keeper, served.map(|(bind, keeper)| sip::TlsDoor::new(bind, move || keeper.config()))))
}

async fn runtime_config(
    config: &Config,
    store: &Store,
    trunks: Vec<(TenantId, sip::TrustedTrunk)>,
    sip_tls: Option<sip::TlsDoor>,
    numbers: &api::NumberData,
) -> anyhow::Result<runtime::Config> {
    let devices = crate::port::devices(store, SIP_REALM).await?;
    let must_be = |(_, account): &&(TenantId, sip::DeviceAccount)| account.encryption == domain::Encryption::Required;
    let shut_out = devices.iter().filter(must_be).count();
    if sip_tls.is_none() && shut_out > 0 {
        error!(
            phones = shut_out,
            "phones that must be encrypted can neither register nor call: sip.tls_bind is not set"
        );
    }
    Ok(runtime::Config {
        sip_bind: config.sip.bind,
        sip_tls,
        sip_advertised: config.sip.advertised,
        media_bind: config.media.bind,
        media_advertised: config.media.advertised.clone(),
        rtp_ports: config.rtp_ports().map_err(anyhow::Error::msg)?,
        trunks,
        sip_realm: SIP_REALM.to_owned(),
        sip_sha256: config.sip.sha256,
        devices,
        locations: Arc::clone(&numbers.locations),
    })
}

fn listen(
    config: &Config,
    store: &Arc<Store>,
    recordings: Arc<Recordings>,
    floor: Arc<Floor>,
    (visitor, numbers): (Option<TenantId>, api::NumberData),
    stopping: watch::Receiver<bool>,
) -> anyhow::Result<api::Listening> {
    let api_config = api::ApiConfig {
        bind: config.http.bind,
        tls: config.tls(machine::names()),
        redirect_bind: config.http.redirect_bind,
        public_url: config.http.public_url.clone(),
        visitor,
        test_hooks: config.test.hooks,
        secret: super::key(config)?.secret_for("api seals")?,
        web_dir: config.http.web_dir.clone(),
        numbers,
    };
    let listening =
        api::Listening::open(api_config, Arc::clone(store), recordings, floor, Arc::new(RealClock), stopping);
    listening.context("the web server cannot start; see [http] in the configuration")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the server would locate numbers by, with this file named.
    fn located_by(file: &Path) -> api::NumberData {
        let place = file.with_extension("toml");
        let text = format!(
            "[data]\ndir = \"/srv/c\"\nkey_file = \"/etc/c.key\"\n[numbers]\nlocation_file = {:?}\n",
            file.display().to_string()
        );
        std::fs::write(&place, text).unwrap();
        numbers(&Config::read(&place).unwrap())
    }

    #[test]
    fn a_file_of_number_ranges_is_used_and_a_bad_one_stops_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("location.dat");
        std::fs::write(&file, numbering::BUILT_IN).unwrap();
        let good = located_by(&file);
        assert!(!good.fell_back && good.file.as_deref() == Some(file.as_path()));
        std::fs::write(&file, &numbering::BUILT_IN[..1_000]).unwrap();
        let bad = located_by(&file);
        assert!(bad.fell_back && bad.locations.locate("+8613800138000").is_some());
    }
}
