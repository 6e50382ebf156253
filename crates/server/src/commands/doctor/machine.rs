//! The machine: clock, open files, randomness, addresses.

use std::net::IpAddr;
use std::path::Path;
use std::process::{Command, Stdio};

use super::finding::Finding;
use crate::config::Config;
use crate::machine::addresses;
use crate::vitals::open_files_max;

/// Two for each telephone call, one for each browser connection, and those of the databases.
const OPEN_FILES_WARN: u64 = 8_192;
/// Not even a small centre.
const OPEN_FILES_FAIL: u64 = 512;
/// Before this the clock was never set: 2025-01-01.
const CLOCK_US_MIN: i64 = 1_735_689_600_000_000;
/// What the kernel keeps once it has seen enough; it never gives less afterwards.
const ENTROPY_BITS_MIN: u32 = 128;

pub fn examine(config: &Config) -> Vec<Finding> {
    let mut findings = vec![clock(), open_files(open_files_max())];
    findings.extend(entropy());
    findings.extend(advertised(config, &addresses()));
    findings
}

fn clock() -> Finding {
    let advice = "timedatectl set-ntp true, or install chrony: reports and certificates need the right time";
    if runtime::clock::now().utc.0 < CLOCK_US_MIN {
        return Finding::fail("clock", "the clock was never set", advice);
    }
    match is_synchronized() {
        Some(true) => Finding::ok("clock", "the clock follows a time server"),
        Some(false) => Finding::warn("clock", "the clock follows no time server", advice),
        None => Finding::note("clock", "cannot see whether the clock follows a time server", advice),
    }
}

fn is_synchronized() -> Option<bool> {
    if Path::new("/run/systemd/timesync/synchronized").exists() {
        return Some(true);
    }
    let mut ask = Command::new("timedatectl");
    let output = ask.args(["show", "--property=NTPSynchronized", "--value"]).stderr(Stdio::null()).output().ok()?;
    match String::from_utf8_lossy(&output.stdout).trim() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

fn open_files(limit: u64) -> Finding {
    let found = format!("{limit} files may be open");
    let advice = "set LimitNOFILE=65536 in the service file (`ulimit -n 65536` by hand): each call needs sockets";
    if limit < OPEN_FILES_FAIL {
        Finding::fail("open_files", found, advice)
    } else if limit < OPEN_FILES_WARN {
        Finding::warn("open_files", found, advice)
    } else {
        Finding::ok("open_files", found)
    }
}

fn entropy() -> Option<Finding> {
    let text = std::fs::read_to_string("/proc/sys/kernel/random/entropy_avail").ok()?;
    let bits: u32 = text.trim().parse().ok()?;
    Some(if bits < ENTROPY_BITS_MIN {
        let advice = "a virtual machine without a random device starts slowly; give it virtio-rng";
        Finding::warn("entropy", format!("the kernel has {bits} bits of randomness"), advice)
    } else {
        Finding::ok("entropy", format!("the kernel has {bits} bits of randomness"))
    })
}

fn advertised(config: &Config, ours: &[IpAddr]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut told: Vec<IpAddr> = vec![config.sip.advertised];
    told.extend(&config.media.advertised);
    told.sort_unstable();
    told.dedup();
    let foreign: Vec<String> =
        told.iter().filter(|ip| !ip.is_loopback() && !ours.contains(ip)).map(IpAddr::to_string).collect();
    if !foreign.is_empty() {
        let advice = "right behind a router or in a cloud, with the SIP and media ports forwarded; else correct it";
        let found = format!("told to others, but not an address of this machine: {}", foreign.join(", "));
        findings.push(Finding::note("addresses", found, advice));
    }
    let is_told_loopback = told.iter().any(IpAddr::is_loopback);
    if is_told_loopback && !config.trunks.iter().all(|trunk| trunk.addresses.iter().all(IpAddr::is_loopback)) {
        let advice = "set sip.advertised and media.advertised to the address by which carriers reach this machine";
        findings.push(Finding::fail(
            "addresses",
            "carriers are told a loopback address and send sound to themselves",
            advice,
        ));
    }
    if findings.is_empty() {
        let all: Vec<String> = told.iter().map(IpAddr::to_string).collect();
        findings.push(Finding::ok("addresses", format!("told to others: {}", all.join(", "))));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::finding::Level;
    use super::*;

    #[test]
    fn few_files_are_told() {
        assert_eq!(open_files(256).level, Level::Fail);
        assert_eq!(open_files(1_024).level, Level::Warn);
        assert_eq!(open_files(65_536).level, Level::Ok);
    }
}
