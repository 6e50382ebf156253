//! `demo.json`: what a person or a test needs to try the example centre.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::Context;
use serde_json::json;
use store::DatabaseKey;

use super::flows::NUMBERS;
use super::people::SignIn;
use super::phones;
use crate::config::{Config, Tls};

/// Writes the file whole, readable by its owner only.
///
/// # Errors
/// When it cannot be written.
pub fn write(config: &Config, sign_ins: &[SignIn], api_token: &str, realm: &str) -> anyhow::Result<()> {
    let key = DatabaseKey::from_file(&config.data.key_file)?;
    let scheme = match config.http.tls() {
        Tls::Given | Tls::Generated => "https",
        Tls::Off => "http",
    };
    let host = |address: std::net::IpAddr| if address.is_unspecified() { config.sip.advertised } else { address };
    let http = std::net::SocketAddr::new(host(config.http.bind.ip()), config.http.bind.port());
    let sip = std::net::SocketAddr::new(config.sip.advertised, config.sip.bind.port());
    let numbers: Vec<_> =
        NUMBERS.iter().map(|(number, _, answers)| json!({ "number": number, "answers": answers })).collect();
    let users: Vec<_> = sign_ins
        .iter()
        .map(|s| json!({ "username": s.username, "password": s.password, "role": s.role.name(), "extension": s.extension }))
        .collect();
    let phones: Vec<_> = phones::phones(&key)?
        .into_iter()
        .map(|p| json!({ "username": p.username, "password": p.password, "realm": realm, "agent": p.agent }))
        .collect();
    let manifest = json!({
        "http_url": format!("{scheme}://{http}"),
        "sip_uri": format!("sip:{sip}"),
        "numbers": numbers,
        "users": users,
        "sip_devices": phones,
        "api_token": api_token,
    });
    let path = config.manifest();
    replace(&path, serde_json::to_string_pretty(&manifest)?.as_bytes())
        .with_context(|| format!("cannot write {}", path.display()))
}

/// A reader sees the old file or the whole new one.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let part = path.with_extension("json.part");
    match std::fs::remove_file(&part) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(part, path)
}
