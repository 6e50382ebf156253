//! HTTPS: there where it is needed, and for how long.

use api::{TlsConfig, certificate_with_key};
use domain::Utc;

use super::finding::Finding;
use super::ports::is_public;
use crate::config::Config;
use crate::machine;

const DAY_US: i64 = 86_400_000_000;
/// A given certificate that is nearer to its end than this was forgotten.
const DAYS_LEFT_WARN: i64 = 14;

pub fn examine(config: &Config) -> Vec<Finding> {
    let tls = config.tls(machine::names());
    if tls == TlsConfig::Off {
        return vec![without(config)];
    }
    let Some((certificate, key)) = tls.files() else { return Vec::new() };
    if !tls.is_given() && !certificate.exists() {
        return vec![Finding::ok("certificate", "one will be made at the first start")];
    }
    vec![match certificate_with_key(&certificate, &key) {
        Ok(facts) => validity(facts.expires_at, &facts.fingerprint(), runtime::clock::now().utc, tls.is_given()),
        Err(error) => {
            let source = std::error::Error::source(&error).map(|source| format!(": {source}")).unwrap_or_default();
            let advice = "both files are PEM, belong together, and can be read by the user of the service";
            Finding::fail("certificate", format!("{error}{source}"), advice)
        }
    }]
}

fn without(config: &Config) -> Finding {
    let is_behind_proxy = config.http.public_url.as_deref().is_some_and(|url| url.starts_with("https://"));
    if is_behind_proxy {
        return Finding::ok("https", "plain HTTP here; http.public_url says that HTTPS is in front of it");
    }
    if is_public(config.http.bind.ip()) {
        let advice = "remove http.tls = \"off\": browsers of agents get no microphone without HTTPS";
        return Finding::warn("https", "agents on other machines cannot take calls over plain HTTP", advice);
    }
    let advice = "bind http to an address others reach, and HTTPS comes by itself";
    Finding::note("https", "plain HTTP, for browsers on this machine only", advice)
}

fn validity(expires_at: Utc, fingerprint: &str, now: Utc, is_given: bool) -> Finding {
    let days = (expires_at.0 - now.0).div_euclid(DAY_US);
    let found = format!("good for {days} more days; SHA-256 {fingerprint}");
    if !is_given {
        return Finding::ok("certificate", format!("generated, {found}"));
    }
    let advice = "renew it and write the files in place; the server notices by itself";
    if days < 0 {
        Finding::fail("certificate", format!("it was over {} days ago", -days), advice)
    } else if days < DAYS_LEFT_WARN {
        Finding::warn("certificate", found, advice)
    } else {
        Finding::ok("certificate", found)
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::Level;
    use super::*;

    #[test]
    fn a_given_certificate_is_warned_of_in_time_and_ours_renews_itself() {
        let level = |days: i64, is_given| validity(Utc(days * DAY_US + 1), "AB", Utc(0), is_given).level;
        assert_eq!(level(20, true), Level::Ok);
        assert_eq!(level(13, true), Level::Warn);
        assert_eq!(level(-1, true), Level::Fail);
        assert_eq!(level(13, false), Level::Ok);
    }
}
