//! From a configuration to a running server, and down again.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum_server::tls_rustls::RustlsConfig;
use axum_server::{Handle, Server};
use hyper_util::rt::TokioTimer;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
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

/// Serves until `stopping` says so. Open requests then get [`limits::SHUTDOWN_GRACE`], live connections are closed at once.
pub async fn serve(
    config: ApiConfig,
    store: Arc<Store>,
    recordings: Arc<Recordings>,
    floor: Arc<dyn FloorPort>,
    clock: Arc<dyn Clock>,
    stopping: watch::Receiver<bool>,
) -> Result<(), ServeError> {
    Listening::open(config, store, floor, clock, stopping)?.run().await
}

/// A server that has its port and does not answer yet.
pub struct Listening {
    listener: TcpListener,
    tls: Option<RustlsConfig>,
    router: Router,
    app: Arc<App>,
    stopping: watch::Receiver<bool>,
}

impl Listening {
    /// Takes the port and reads the certificate.
    pub fn open(
        config: ApiConfig,
        store: Arc<Store>,
        recordings: Arc<Recordings>,
        floor: Arc<dyn FloorPort>,
        clock: Arc<dyn Clock>,
        stopping: watch::Receiver<bool>,
    ) -> Result<Listening, ServeError> {
        let bind = config.bind;
        let tls = match &config.tls {
            Some((certificate, key)) => Some(read_tls(certificate, key)?),
            None => None,
        };
        let listener = listen(bind).map_err(|source| ServeError::Listen { bind, source })?;
        let app = app(&config, store, recordings, floor, clock, stopping.clone())?;
        let router = crate::router::build(app.clone(), config.web_dir);
        Ok(Listening { listener, tls, router, app, stopping })
    }

    /// The address, with the port that was chosen when the configuration left it open.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers until it is told to stop.
    pub async fn run(self) -> Result<(), ServeError> {
        let handle = Handle::new();
        let stop = handle.clone();
        let mut stopping = self.stopping;
        let watcher = tokio::spawn(async move {
            // A sender that is gone means the same.
            let _ = stopping.wait_for(|stop| *stop).await;
            stop.graceful_shutdown(Some(limits::SHUTDOWN_GRACE));
        });
        let sweeper = tokio::spawn(crate::auth::denials::sweep(self.app));
        let service = self.router.into_make_service_with_connect_info::<SocketAddr>();
        let served = match self.tls {
            Some(tls) => {
                let mut server = axum_server::from_tcp_rustls(self.listener, tls)?.handle(handle);
                patience(&mut server);
                server.serve(service).await
            }
            None => {
                let mut server = axum_server::from_tcp(self.listener)?.handle(handle);
                patience(&mut server);
                server.serve(service).await
            }
        };
        watcher.abort();
        // It ends by itself when the server stops, after its last rows; a listener that failed ends it at once.
        if served.is_err() {
            sweeper.abort();
        }
        let _ = sweeper.await;
        Ok(served?)
    }
}

fn patience<A, Acc>(server: &mut Server<A, Acc>)
where
    A: axum_server::Address,
{
    let builder = server.http_builder();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(limits::HEADER_READ_TIME_MAX);
    builder.http2().timer(TokioTimer::new());
}

fn listen(bind: SocketAddr) -> std::io::Result<TcpListener> {
    let listener = TcpListener::bind(bind)?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

fn read_tls(certificate: &Path, key: &Path) -> Result<RustlsConfig, ServeError> {
    let unusable = |path: &Path| {
        let path = path.to_owned();
        move |source| ServeError::Certificate { path, source }
    };
    let chain: Result<Vec<CertificateDer<'static>>, _> =
        CertificateDer::pem_file_iter(certificate).map_err(unusable(certificate))?.collect();
    let chain = chain.map_err(unusable(certificate))?;
    let key = PrivateKeyDer::from_pem_file(key).map_err(unusable(key))?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    // WebSockets over HTTP/2 need extended CONNECT; browsers fall back to HTTP/1.1 for them by themselves.
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(RustlsConfig::from_config(Arc::new(config)))
}

/// What every handler shares.
pub(crate) fn app(
    config: &ApiConfig,
    store: Arc<Store>,
    floor: Arc<dyn FloorPort>,
    clock: Arc<dyn Clock>,
    stopping: watch::Receiver<bool>,
) -> Result<Arc<App>, ServeError> {
    Ok(Arc::new(App {
        store,
        recordings,
        listeners: Default::default(),
        floor,
        clock,
        visitor: config.visitor,
        test_hooks: config.test_hooks,
        secure_cookies: config.tls.is_some(),
        hasher: Hasher::new()?,
        seals: Seals::new(config.secret),
        sign_ins: RateLimiter::new(limits::SIGN_IN_BURST, limits::SIGN_IN_REFILL),
        lockout: Default::default(),
        visitor_calls: RateLimiter::new(limits::VISITOR_CALL_BURST, limits::VISITOR_CALL_REFILL),
        denials: Default::default(),
        directory: Default::default(),
        views: Default::default(),
        replays: Default::default(),
        connections: Default::default(),
        stopping,
    }))
}
