//! From a configuration to a running server, and down again.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use axum::Router;
use axum_server::Handle;
use hyper_util::rt::TokioTimer;
use store::Store;
use store::recordings::Recordings;
use tokio::sync::watch;

use crate::app::{App, Clock};
use crate::auth::password::Hasher;
use crate::config::{ApiConfig, ServeError};
use crate::limits;
use crate::port::FloorPort;
use crate::rate::RateLimiter;
use crate::seal::Seals;
use crate::tls::{Door, Keeper};
use crate::transport::Https;

/// Serves until `stopping` says so. Open requests then get [`limits::SHUTDOWN_GRACE`], live connections are closed at once.
pub async fn serve(
    config: ApiConfig,
    store: Arc<Store>,
    recordings: Arc<Recordings>,
    floor: Arc<dyn FloorPort>,
    clock: Arc<dyn Clock>,
    stopping: watch::Receiver<bool>,
) -> Result<(), ServeError> {
    Listening::open(config, store, recordings, floor, clock, stopping)?.run().await
}

/// A server that has its ports and does not answer yet.
pub struct Listening {
    listener: TcpListener,
    redirect: Option<TcpListener>,
    certificates: Option<Arc<Keeper>>,
    clock: Arc<dyn Clock>,
    router: Router,
    app: Arc<App>,
    stopping: watch::Receiver<bool>,
}

impl Listening {
    /// Takes the ports and reads, or makes, the certificate.
    pub fn open(
        config: ApiConfig,
        store: Arc<Store>,
        recordings: Arc<Recordings>,
        floor: Arc<dyn FloorPort>,
        clock: Arc<dyn Clock>,
        stopping: watch::Receiver<bool>,
    ) -> Result<Listening, ServeError> {
        let certificates = Keeper::open(config.tls.clone(), clock.now().utc)?;
        let listener = listen(config.bind)?;
        let redirect = config.redirect_bind.map(listen).transpose()?;
        let mut app = app(&config, store, recordings, floor, clock.clone(), stopping.clone())?;
        app.https = certificates.as_ref().map(|_| Https::new(config.public_url.clone(), port_of(&listener, &config)));
        app.certificates = certificates.clone();
        let app = Arc::new(app);
        let router = crate::router::build(app.clone(), config.web_dir);
        Ok(Listening { listener, redirect, certificates, clock, router, app, stopping })
    }

    /// The address, with the port that was chosen when the configuration left it open.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// The address of plain HTTP from which everybody is sent on.
    pub fn redirect_address(&self) -> Option<SocketAddr> {
        self.redirect.as_ref().and_then(|listener| listener.local_addr().ok())
    }

    /// The certificate, to be refreshed when somebody says that it changed.
    pub fn certificates(&self) -> Option<Arc<Keeper>> {
        self.certificates.clone()
    }

    /// Answers until it is told to stop.
    pub async fn run(self) -> Result<(), ServeError> {
        let Listening { listener, redirect, certificates, clock, router, app, stopping } = self;
        let door = certificates.as_deref().map_or_else(Door::plain, Door::secured);
        let looks = certificates.map(|keeper| tokio::spawn(look_after(keeper, clock)));
        let sweeper = tokio::spawn(crate::auth::denials::sweep(app));
        let main = answer(listener, door, router.clone(), stopping.clone());
        let served = match redirect {
            Some(redirect) => tokio::try_join!(main, answer(redirect, Door::plain(), router, stopping)).map(|_| ()),
            None => main.await,
        };
        if let Some(looks) = looks {
            looks.abort();
        }
        // It ends by itself when the server stops, after its last rows; a listener that failed ends it at once.
        if served.is_err() {
            sweeper.abort();
        }
        let _ = sweeper.await;
        Ok(served?)
    }
}

async fn answer(
    listener: TcpListener,
    door: Door,
    router: Router,
    mut stopping: watch::Receiver<bool>,
) -> std::io::Result<()> {
    let handle = Handle::new();
    let stop = handle.clone();
    let watcher = tokio::spawn(async move {
        // A sender that is gone means the same.
        let _ = stopping.wait_for(|stop| *stop).await;
        stop.graceful_shutdown(Some(limits::SHUTDOWN_GRACE));
    });
    let mut server = axum_server::from_tcp(listener)?.acceptor(door).handle(handle);
    let builder = server.http_builder();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(limits::HEADER_READ_TIME_MAX);
    builder.http2().timer(TokioTimer::new());
    let served = server.serve(router.into_make_service_with_connect_info::<SocketAddr>()).await;
    watcher.abort();
    served
}

/// Looks at the certificate's files for ever.
pub async fn look_after(keeper: Arc<Keeper>, clock: Arc<dyn Clock>) {
    loop {
        tokio::time::sleep(limits::CERTIFICATE_LOOK_PERIOD).await;
        let (keeper, now) = (keeper.clone(), clock.now().utc);
        let _ = tokio::task::spawn_blocking(move || keeper.refresh(now)).await;
    }
}

fn listen(bind: SocketAddr) -> Result<TcpListener, ServeError> {
    let open = || {
        let listener = TcpListener::bind(bind)?;
        listener.set_nonblocking(true)?;
        Ok(listener)
    };
    open().map_err(|source| ServeError::Listen { bind, source })
}

fn port_of(listener: &TcpListener, config: &ApiConfig) -> u16 {
    listener.local_addr().map_or(config.bind.port(), |address| address.port())
}

/// What every handler shares.
pub(crate) fn app(
    config: &ApiConfig,
    store: Arc<Store>,
    recordings: Arc<Recordings>,
    floor: Arc<dyn FloorPort>,
    clock: Arc<dyn Clock>,
    stopping: watch::Receiver<bool>,
) -> Result<App, ServeError> {
    Ok(App {
        store,
        recordings,
        listeners: Default::default(),
        floor,
        clock,
        visitor: config.visitor,
        test_hooks: config.test_hooks,
        secure_cookies: config.tls.is_on(),
        strict_transport: config.tls.is_given(),
        https: None,
        public_url: config.public_url.clone(),
        certificates: None,
        hasher: Hasher::new()?,
        seals: Seals::new(config.secret),
        sign_ins: RateLimiter::new(limits::SIGN_IN_BURST, limits::SIGN_IN_REFILL),
        lockout: Default::default(),
        visitor_calls: RateLimiter::new(limits::VISITOR_CALL_BURST, limits::VISITOR_CALL_REFILL),
        denials: Default::default(),
        directory: Default::default(),
        numbers: config.numbers.clone(),
        views: Default::default(),
        replays: Default::default(),
        vitals: Default::default(),
        requests: Default::default(),
        connections: Default::default(),
        hub: Default::default(),
        stopping,
    })
}
