//! `callisto init` and `callisto doctor`, run as an operator runs them on the first day and on a bad one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers fail by panicking")]

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn callisto(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_callisto")).args(args).output().unwrap()
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A directory that `init` has filled.
struct Begun {
    dir: tempfile::TempDir,
}

impl Begun {
    fn new() -> Begun {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("etc");
        let output = callisto(&["init", place.to_str().unwrap(), "--advertised", "127.0.0.1"]);
        assert!(output.status.success(), "{}", text(&output));
        Begun { dir }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join("etc").join(name)
    }

    fn config(&self) -> String {
        self.path("callisto.toml").to_str().unwrap().to_owned()
    }

    /// Puts `new` where `old` stands in the configuration.
    fn change(&self, old: &str, new: &str) {
        let before = std::fs::read_to_string(self.config()).unwrap();
        assert!(before.contains(old), "{old} is not in {before}");
        std::fs::write(self.config(), before.replace(old, new)).unwrap();
    }

    /// On ports that are free, whatever else runs here.
    fn on_free_ports(&self) {
        let free = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        self.change("0.0.0.0:8443", &format!("127.0.0.1:{free}"));
        let free = std::net::UdpSocket::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        self.change("0.0.0.0:5060", &format!("127.0.0.1:{free}"));
        let first = std::net::UdpSocket::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port().min(65_000);
        self.change("40000-40999", &format!("{first}-{}", first + 9));
    }

    fn doctor(&self) -> (bool, Vec<Value>) {
        let output = callisto(&["doctor", "--json", "--config", &self.config()]);
        let findings = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", text(&output)));
        (output.status.success(), findings)
    }

    fn level(&self, check: &str) -> String {
        let (_, findings) = self.doctor();
        let finding = findings.iter().find(|finding| finding["check"] == check);
        finding.unwrap_or_else(|| panic!("no {check} in {findings:?}"))["level"].as_str().unwrap().to_owned()
    }
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn init_writes_a_configuration_that_can_be_used_and_a_private_key_and_says_what_is_next() {
    let begun = Begun::new();
    assert_eq!(mode(&begun.path("database.key")), 0o600);
    assert!(!begun.path("data").exists(), "the data is made by the first start");
    let check = callisto(&["config", "check", "--config", &begun.config()]);
    assert!(check.status.success(), "{}", text(&check));
    let again = callisto(&["init", begun.path("").to_str().unwrap()]);
    assert!(!again.status.success() && text(&again).contains("stays as it is"), "{}", text(&again));
    std::fs::remove_file(begun.config()).unwrap();
    let key = std::fs::read(begun.path("database.key")).unwrap();
    let with_key = callisto(&["init", begun.path("").to_str().unwrap()]);
    assert!(text(&with_key).contains("kept"), "{}", text(&with_key));
    for step in ["1. callisto doctor", "2. callisto user add", "3. callisto serve"] {
        assert!(text(&with_key).contains(step), "{}", text(&with_key));
    }
    assert_eq!(std::fs::read(begun.path("database.key")).unwrap(), key, "a key is never written over");
}

#[test]
fn init_refuses_to_put_the_key_into_the_data() {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().to_str().unwrap();
    let refused = callisto(&["init", place, "--data-dir", place]);
    assert!(!refused.status.success() && text(&refused).contains("around the key"), "{}", text(&refused));
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn the_doctor_finds_a_fresh_place_well_and_touches_nothing() {
    let begun = Begun::new();
    begun.on_free_ports();
    let (well, findings) = begun.doctor();
    assert!(well, "{findings:?}");
    for check in
        ["config", "key", "data_dir", "disk_space", "disk_sync", "http_port", "sip_port", "clock", "certificate"]
    {
        assert!(findings.iter().any(|finding| finding["check"] == check), "{check} is missing in {findings:?}");
    }
    for finding in &findings {
        let is_bad = finding["level"] != "ok";
        assert_eq!(finding["advice"].is_string(), is_bad, "what is not well comes with advice: {finding}");
    }
    assert!(!begun.path("data").exists());
    let spoken = callisto(&["doctor", "--config", &begun.config()]);
    assert!(text(&spoken).contains("ok    config"), "{}", text(&spoken));
}

#[test]
fn the_doctor_names_what_will_not_work_and_says_so_to_scripts() {
    let begun = Begun::new();
    begun.on_free_ports();
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let config = std::fs::read_to_string(begun.config()).unwrap();
    let bind = config.lines().find(|line| line.starts_with("bind = \"127.0.0.1:")).unwrap().to_owned();
    begun.change(&bind, &format!("bind = \"127.0.0.1:{port}\""));
    assert_eq!(begun.level("http_port"), "fail");
    assert!(!begun.doctor().0);

    std::fs::set_permissions(begun.path("database.key"), std::fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(begun.level("key"), "warn");
    std::fs::write(begun.path("database.key"), "short").unwrap();
    assert_eq!(begun.level("key"), "fail");

    begun.change(&format!("127.0.0.1:{port}"), "0.0.0.0:0");
    begun.change("tls = \"generated\"", "tls = \"off\"");
    assert_eq!(begun.level("https"), "warn", "no microphone over plain HTTP");
    begun.change("tls = \"off\"", "cert_file = \"/nowhere.pem\"\nprivate_key_file = \"/nowhere.key\"");
    assert_eq!(begun.level("certificate"), "fail");
    begun.change("[log]", "[lug]");
    assert_eq!(begun.level("config"), "fail");
}
