//! A certificate of our own making, so that browsers give agents a microphone on the first day.

use std::io::Write;
use std::net::IpAddr;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use domain::Utc;
use rcgen::{CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair, KeyUsagePurpose, SanType};
use time::OffsetDateTime;

use super::certificate::{TlsError, certificate_with_key};

/// Browsers refuse certificates that are good for longer than 398 days.
const LIFETIME: Duration = Duration::from_secs(397 * 86_400);
/// Renewed this long before it is over: time enough for those who installed the old one on their machines.
const RENEWED_BEFORE: Duration = Duration::from_secs(30 * 86_400);
/// Clocks of other machines may be behind by this.
const BACKDATED: Duration = Duration::from_secs(86_400);
/// A machine with many bridges has many addresses; nobody calls an agent's page by the 60th.
const NAMES_MAX: usize = 60;

/// The two files.
pub struct Kept {
    /// The certificate.
    pub certificate: PathBuf,
    /// Its key.
    pub key: PathBuf,
}

impl Kept {
    /// Where they lie in `dir`.
    pub fn in_dir(dir: &Path) -> Kept {
        Kept { certificate: dir.join("certificate.pem"), key: dir.join("key.pem") }
    }
}

/// Makes or renews the certificate where needed. The key stays the same for as long as it can be read.
pub fn ensure(dir: &Path, names: &[String], now: Utc) -> Result<Kept, TlsError> {
    let kept = Kept::in_dir(dir);
    let names: Vec<&String> = names.iter().take(NAMES_MAX).collect();
    if is_good(&kept, &names, now) {
        return Ok(kept);
    }
    let keep = |source| TlsError::Keep { path: dir.to_owned(), source };
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(keep)?;
    let key = match std::fs::read_to_string(&kept.key).ok().and_then(|pem| KeyPair::from_pem(&pem).ok()) {
        Some(key) => key,
        None => {
            let key = KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256)?;
            replace(&kept.key, &key.serialize_pem())?;
            key
        }
    };
    let certificate = params(&names, now).self_signed(&key)?;
    replace(&kept.certificate, &certificate.pem())?;
    tracing::info!(path = %kept.certificate.display(), "a certificate was made");
    Ok(kept)
}

fn is_good(kept: &Kept, names: &[&String], now: Utc) -> bool {
    let Ok(facts) = certificate_with_key(&kept.certificate, &kept.key) else { return false };
    let is_fresh = facts.expires_at.since(now) > RENEWED_BEFORE;
    is_fresh && names.iter().all(|name| facts.names.contains(name))
}

fn params(names: &[&String], now: Utc) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, "Callisto");
    params.not_before = moment(now, -i64::try_from(BACKDATED.as_secs()).unwrap_or(0));
    params.not_after = moment(now, i64::try_from(LIFETIME.as_secs()).unwrap_or(0));
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.subject_alt_names = names.iter().filter_map(|name| alternative(name)).collect();
    params
}

fn alternative(name: &str) -> Option<SanType> {
    match name.parse::<IpAddr>() {
        Ok(address) => Some(SanType::IpAddress(address)),
        Err(_) => name.to_owned().try_into().ok().map(SanType::DnsName),
    }
}

fn moment(now: Utc, shift_s: i64) -> OffsetDateTime {
    let seconds = now.0.div_euclid(1_000_000).saturating_add(shift_s);
    OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// A reader sees the old file or the whole new one, and only its owner sees either.
fn replace(path: &Path, text: &str) -> Result<(), TlsError> {
    let keep = |source| TlsError::Keep { path: path.to_owned(), source };
    let part = path.with_extension("part");
    match std::fs::remove_file(&part) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(keep(error)),
        Ok(()) | Err(_) => {}
    }
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part).map_err(keep)?;
    file.write_all(text.as_bytes()).map_err(keep)?;
    file.sync_all().map_err(keep)?;
    std::fs::rename(&part, path).map_err(keep)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::tls::{CertificateFacts, certificate_facts};

    const DAY: i64 = 86_400_000_000;
    const START: Utc = Utc(1_767_578_400_000_000);

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn kept_facts(dir: &Path) -> Option<CertificateFacts> {
        certificate_facts(&Kept::in_dir(dir).certificate).ok()
    }

    #[test]
    fn it_is_private_good_for_every_name_and_made_once() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path().join("tls");
        let wanted = names(&["localhost", "callcentre.lan", "192.0.2.10", "2001:db8::1"]);
        let kept = ensure(&dir, &wanted, START).unwrap();
        let first = certificate_with_key(&kept.certificate, &kept.key).unwrap();
        assert_eq!(first.names, wanted);
        assert_eq!(first.expires_at.0, START.0 + 397 * DAY);
        assert_eq!(std::fs::metadata(&kept.key).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::metadata(&dir).unwrap().permissions().mode() & 0o777, 0o700);
        ensure(&dir, &wanted[..2], Utc(START.0 + 366 * DAY)).unwrap();
        assert_eq!(kept_facts(&dir).unwrap(), first, "still good, and good for fewer names");
    }

    #[test]
    fn it_is_renewed_in_time_and_for_a_new_name_with_the_same_key() {
        let dir = tempfile::tempdir().unwrap();
        let kept = ensure(dir.path(), &names(&["a.lan"]), START).unwrap();
        let (first, key) = (kept_facts(dir.path()).unwrap(), std::fs::read(&kept.key).unwrap());
        ensure(dir.path(), &names(&["a.lan"]), Utc(START.0 + 368 * DAY)).unwrap();
        let second = kept_facts(dir.path()).unwrap();
        assert_ne!(second.sha256, first.sha256);
        assert_eq!(second.expires_at.0, START.0 + (368 + 397) * DAY);
        ensure(dir.path(), &names(&["a.lan", "b.lan"]), Utc(START.0 + 369 * DAY)).unwrap();
        assert_eq!(kept_facts(dir.path()).unwrap().names, names(&["a.lan", "b.lan"]));
        assert_eq!(std::fs::read(&kept.key).unwrap(), key);
    }

    #[test]
    fn a_torn_file_is_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let kept = ensure(dir.path(), &names(&["a.lan"]), START).unwrap();
        std::fs::write(&kept.certificate, "-----BEGIN CERTIFICATE-----\nMII").unwrap();
        std::fs::write(&kept.key, "").unwrap();
        ensure(dir.path(), &names(&["a.lan"]), START).unwrap();
        assert!(certificate_with_key(&kept.certificate, &kept.key).is_ok());
    }
}
