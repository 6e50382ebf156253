//! The web client: files of the binary or of a directory, with the page itself for every path the client routes.

use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::error::RouteError;

/// Files the build put into the binary, by path.
static EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/web_client.rs"));

const PAGE: &str = "index.html";
/// The bundler names what is in here by its content.
const HASHED: &str = "assets/";

/// Where the files are.
pub struct Client {
    dir: Option<PathBuf>,
}

impl Client {
    /// The files of `dir`, or of the binary.
    pub fn new(dir: Option<PathBuf>) -> Client {
        Client { dir }
    }

    async fn file(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        let Some(dir) = &self.dir else {
            let at = EMBEDDED.binary_search_by(|(name, _)| (*name).cmp(path)).ok()?;
            return EMBEDDED.get(at).map(|(_, bytes)| Cow::Borrowed(*bytes));
        };
        // Names that climb out of the directory name nothing.
        if !Path::new(path).components().all(|part| matches!(part, Component::Normal(_))) {
            return None;
        }
        tokio::fs::read(dir.join(path)).await.ok().map(Cow::Owned)
    }
}

/// Answers every path no route took.
pub async fn serve(client: Arc<Client>, request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    if path == "api" || path.starts_with("api/") {
        return RouteError::not_found().into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    let name = if path.is_empty() { PAGE } else { path };
    if let Some(bytes) = client.file(name).await {
        return answer(name, bytes, request.headers().get(header::IF_NONE_MATCH));
    }
    // A path with a dot in its last part is a file that is missing; any other is a place in the client.
    let is_file = name.rsplit('/').next().is_some_and(|last| last.contains('.'));
    match client.file(PAGE).await {
        Some(bytes) if !is_file => answer(PAGE, bytes, request.headers().get(header::IF_NONE_MATCH)),
        Some(_) | None => RouteError::not_found().into_response(),
    }
}

fn answer(name: &str, bytes: Cow<'static, [u8]>, known: Option<&HeaderValue>) -> Response {
    let digest: String = Sha256::digest(&bytes).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{digest}\"");
    let keep = if name.starts_with(HASHED) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let caching = [(header::CACHE_CONTROL, keep.to_owned()), (header::ETAG, tag.clone())];
    if known.is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    let kind = match kind.type_().as_str() {
        "text" => format!("{kind}; charset=utf-8"),
        _ => kind.to_string(),
    };
    let body = match bytes {
        Cow::Borrowed(bytes) => Body::from(bytes),
        Cow::Owned(bytes) => Body::from(bytes),
    };
    (caching, [(header::CONTENT_TYPE, kind)], body).into_response()
}
