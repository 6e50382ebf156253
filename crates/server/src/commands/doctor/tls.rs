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
    let (web, sip) = (config.tls(machine::names()), config.sip_tls(machine::names()));
    let mut findings = vec![one("certificate", &web).unwrap_or_else(|| without(config))];
    if sip != web {
        findings.extend(one("sip_certificate", &sip));
    }
    findings
}

fn one(check: &'static str, tls: &TlsConfig) -> Option<Finding> {
    let (certificate, key) = tls.files()?;
    if !tls.is_given() && !certificate.exists() {
        return Some(Finding::ok(check, "one will be made at the first start"));
    }
    Some(match certificate_with_key(&certificate, &key) {
        Ok(facts) => validity(check, facts.expires_at, &facts.fingerprint(), runtime::clock::now().utc, tls.is_given()),
        Err(error) => {
            let source = std::error::Error::source(&error).map(|source| format!(": {source}")).unwrap_or_default();
            let advice = "both files are PEM, belong together, and can be read by the user of the service";
            Finding::fail(check, format!("{error}{source}"), advice)
        }
    })
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

fn validity(check: &'static str, expires_at: Utc, fingerprint: &str, now: Utc, is_given: bool) -> Finding {
    let days = (expires_at.0 - now.0).div_euclid(DAY_US);
    let found = format!("good for {days} more days; SHA-256 {fingerprint}");
    if !is_given {
        return Finding::ok(check, format!("generated, {found}"));
    }
    let advice = "renew it and write the files in place; the server notices by itself";
    if days < 0 {
        Finding::fail(check, format!("it was over {} days ago", -days), advice)
    } else if days < DAYS_LEFT_WARN {
        Finding::warn(check, found, advice)
    } else {
        Finding::ok(check, found)
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::Level;
    use super::*;

    #[test]
    fn a_given_certificate_is_warned_of_in_time_and_ours_renews_itself() {
        let level = |days: i64, is_given| validity("certificate", Utc(days * DAY_US + 1), "AB", Utc(0), is_given).level;
        assert_eq!(level(20, true), Level::Ok);
        assert_eq!(level(13, true), Level::Warn);
        assert_eq!(level(-1, true), Level::Fail);
        assert_eq!(level(13, false), Level::Ok);
    }
}
