//! `callisto serve`: open the data, start the floor, serve the web client, stop in order.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use api::port::Registrar;
use domain::TenantId;
use runtime::RuntimeHandle;
use runtime::sounds::StoredSounds;
use store::recordings::{FsDisk, Recordings};
use store::{FsObjectStore, Store};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tracing::info;

use crate::config::Config;
use crate::port::Floor;
use crate::{demo, prompts, trunks};

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

/// Serves until SIGTERM or Ctrl-C.
pub fn run(path: &Path, with_demo: bool) -> anyhow::Result<()> {
    let mut config = super::read_config(path)?;
    config.demo.enabled |= with_demo;
    start_log(&config);
    super::block_on(serve(config))
}

async fn serve(config: Config) -> anyhow::Result<()> {
    if let Some(place) = config.test.kill_at.as_deref().and_then(store::kill::KillPoint::named) {
        store::kill::arm(place, config.test.kill_after);
    }
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let store = super::open(&config).await?;
    let sign_ins = prepare_demo(&config, &store).await?;
    let objects = Arc::new(FsObjectStore::open(config.data.dir.join("objects"))?);
    prompts::seed(&*objects).await.context("the prompts cannot be put into the object store")?;
    let sounds = Arc::new(StoredSounds::load(&*objects).await.context("the prompts cannot be read")?);

    let runtime_config = runtime_config(&config, &store).await?;
    if let Some((tenant, ..)) = &sign_ins {
        demo::allow_dialling(&store, *tenant, runtime::clock::now().utc).await?;
    }
    let disk = Arc::new(FsDisk::open(config.data.dir.join("recordings"))?);
    let opened = Recordings::open(Arc::clone(&store), objects, disk).await.context("the recordings cannot be opened")?;
    let recordings = Arc::clone(&opened.recordings);

    let runtime = runtime::start(runtime_config, Arc::clone(&store), sounds, opened).await?;
    let (stop, stopping) = watch::channel(false);
    let visitor = sign_ins.as_ref().map(|(tenant, ..)| *tenant);
    let listening = listen(&config, &store, recordings, &runtime, visitor, stopping)?;
    info!(address = %listening.address()?, "the web client and the API are served");
    let mut api = tokio::spawn(listening.run());
    if let Some((_, people, token)) = &sign_ins {
        demo::write_manifest(&config, people, token, SIP_REALM)?;
    }
    let ended = tokio::select! {
        ended = &mut api => Some(ended),
        asked = stop_asked() => { asked?; None }
    };
    info!("stopping: calls are ended and the books closed");
    runtime.stop().await;
    let _ = stop.send(true);
    match ended {
        Some(ended) => ended.context("the web server ended by itself")??,
        None => {
            let _ = tokio::time::timeout(API_STOP_MAX, api).await;
        }
    }
    store.close().await?;
    info!("stopped");
    Ok(())
}

type DemoSignIns = (TenantId, Vec<demo::SignIn>, String);

async fn prepare_demo(config: &Config, store: &Store) -> anyhow::Result<Option<DemoSignIns>> {
    if !config.demo.enabled {
        return Ok(None);
    }
    let key = super::key(config)?;
    let tenant = demo::seed(store, &key, runtime::clock::now().utc, SIP_REALM)
        .await
        .context("the example data cannot be made")?;
    let (people, token) = demo::sign_ins(&key)?;
    Ok(Some((tenant, people, token)))
}

async fn runtime_config(config: &Config, store: &Store) -> anyhow::Result<runtime::Config> {
    let trunks = trunks::trusted(store, &config.trunks, runtime::clock::now().utc).await?;
    Ok(runtime::Config {
        sip_bind: config.sip.bind,
        sip_advertised: config.sip.advertised,
        media_bind: config.media.bind,
        media_advertised: config.media.advertised.clone(),
        rtp_ports: config.rtp_ports().map_err(anyhow::Error::msg)?,
        trunks,
        sip_realm: SIP_REALM.to_owned(),
        devices: crate::port::devices(store, SIP_REALM).await?,
    })
}

fn listen(
    config: &Config,
    store: &Arc<Store>,
    recordings: Arc<Recordings>,
    runtime: &RuntimeHandle,
    visitor: Option<TenantId>,
    stopping: watch::Receiver<bool>,
) -> anyhow::Result<api::Listening> {
    let api_config = api::ApiConfig {
        bind: config.http.bind,
        tls: config.http.cert_file.clone().zip(config.http.private_key_file.clone()),
        visitor,
        test_hooks: config.test.hooks,
        secret: super::key(config)?.secret_for("api seals")?,
        web_dir: config.http.web_dir.clone(),
    };
    let registrar = Registrar {
        address: SocketAddr::new(config.sip.advertised, config.sip.bind.port()),
        realm: SIP_REALM.to_owned(),
    };
    let floor = Arc::new(Floor { runtime: runtime.clone(), store: Arc::clone(store), registrar });
    let listening = api::Listening::open(api_config, Arc::clone(store), recordings, floor, Arc::new(RealClock), stopping);
    listening.context("the web server cannot start; http.bind says where it listens")
}

async fn stop_asked() -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => {}
        done = tokio::signal::ctrl_c() => done?,
    }
    Ok(())
}

fn start_log(config: &Config) {
    // Libraries speak up from `warn` on, whatever our own level.
    let ours = ["callisto", "api", "runtime", "sip", "store", "media", "engine"];
    let filter = ours.iter().fold("warn".to_owned(), |all, room| format!("{all},{room}={}", config.log.level));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if config.log.json { log.json().init() } else { log.with_ansi(false).init() }
}
