//! Where there is HTTPS, plain HTTP is only the way to it: pages are sent on, secrets are not even read.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::tls::Transport;

/// The port a browser takes by itself.
const HTTPS_PORT: u16 = 443;
/// What a balancer or monitor asks without TLS; it tells nothing private.
const HEALTH: &str = "/healthz";
/// What a program reads that sends its secrets over plain HTTP.
const ADVICE: &str =
    "此端口只接受 HTTPS，请改用 https:// 地址。\nThis server speaks HTTPS only; use the https:// address.\n";

/// Where HTTPS is.
#[derive(Clone, Debug)]
pub struct Https {
    public_url: Option<String>,
    port: u16,
}

impl Https {
    /// At `public_url` if there is one, else at `port` of whatever name was asked for.
    pub fn new(public_url: Option<String>, port: u16) -> Https {
        Https { public_url: public_url.filter(|url| url.starts_with("https://")), port }
    }

    /// The HTTPS address of what was asked for without TLS; `None` when the request does not say whom it asked.
    fn address_of(&self, uri: &Uri, headers: &HeaderMap) -> Option<String> {
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        // A path that begins with two slashes would name another host.
        let path = if path.starts_with("//") { "/" } else { path };
        if let Some(url) = &self.public_url {
            return Some(format!("{url}{path}"));
        }
        let asked = headers.get(header::HOST)?.to_str().ok()?;
        let authority: Authority = asked.parse().ok()?;
        if authority.as_str().contains('@') {
            return None;
        }
        let host = authority.host();
        Some(match self.port {
            HTTPS_PORT => format!("https://{host}{path}"),
            port => format!("https://{host}:{port}{path}"),
        })
    }
}

/// Sends plain HTTP on to HTTPS, where there is one.
pub async fn only_https(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let is_plain = request.extensions().get::<Transport>() == Some(&Transport::Plain);
    match &app.https {
        Some(https) if is_plain && request.uri().path() != HEALTH => {
            send_on(https, request.method(), request.uri(), request.headers())
        }
        Some(_) | None => next.run(request).await,
    }
}

fn send_on(https: &Https, method: &Method, uri: &Uri, headers: &HeaderMap) -> Response {
    let kind = (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned());
    match https.address_of(uri, headers) {
        // Not for ever: who switches TLS off later must not be locked out by what browsers remember.
        Some(address) if matches!(*method, Method::GET | Method::HEAD) => {
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, address), kind], ADVICE).into_response()
        }
        Some(_) | None => (StatusCode::BAD_REQUEST, [kind], ADVICE).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(public_url: Option<&str>, port: u16, host: &str, path: &str, expected: Option<&str>) {
        let https = Https::new(public_url.map(str::to_owned), port);
        let mut headers = HeaderMap::new();
        if !host.is_empty() {
            headers.insert(header::HOST, host.parse().unwrap());
        }
        let address = https.address_of(&path.parse().unwrap(), &headers);
        assert_eq!(address.as_deref(), expected, "{host} {path}");
    }

    #[test]
    fn the_name_asked_for_is_kept_and_the_port_is_ours() {
        check(None, 443, "cc.lan", "/desk?x=1", Some("https://cc.lan/desk?x=1"));
        check(None, 8443, "cc.lan:80", "/", Some("https://cc.lan:8443/"));
        check(None, 8443, "[2001:db8::1]:8443", "/a", Some("https://[2001:db8::1]:8443/a"));
        check(Some("https://calls.example.cn"), 8443, "10.0.0.5", "/a", Some("https://calls.example.cn/a"));
        check(Some("http://inside"), 443, "10.0.0.5", "/a", Some("https://10.0.0.5/a"));
    }

    #[test]
    fn nobody_is_sent_elsewhere() {
        check(None, 443, "", "/", None);
        check(None, 443, "cc.lan@evil.example", "/", None);
        check(None, 443, "cc.lan", "//evil.example/x", Some("https://cc.lan/"));
        check(Some("https://cc.lan"), 443, "x", "//evil.example", Some("https://cc.lan/"));
    }
}
