//! The commands of an operator, run as an operator runs them: the built program, a file, standard input.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers fail by panicking")]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

struct Place {
    dir: tempfile::TempDir,
}

impl Place {
    fn new() -> Place {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("key"), "0123456789abcdef".repeat(4)).unwrap();
        let config = format!("[data]\ndir = {:?}\nkey_file = {:?}\n", dir.path().join("data"), dir.path().join("key"));
        std::fs::write(dir.path().join("callisto.toml"), config).unwrap();
        Place { dir }
    }

    fn config(&self) -> PathBuf {
        self.dir.path().join("callisto.toml")
    }

    /// Runs `callisto ARGS --config FILE`, with `input` on standard input.
    fn run(&self, args: &[&str], input: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_callisto"))
            .args(args)
            .arg("--config")
            .arg(self.config())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    fn succeeds(&self, args: &[&str], input: &str) -> String {
        let output = self.run(args, input);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn fails(&self, args: &[&str], input: &str) -> String {
        let output = self.run(args, input);
        assert!(!output.status.success(), "{args:?} should fail");
        String::from_utf8(output.stderr).unwrap()
    }
}

const ADD: [&str; 8] = ["user", "add", "--username", "wangfang", "--name", "王芳", "--role", "administrator"];

#[test]
fn the_first_person_is_added_to_an_empty_store_and_gets_a_new_password() {
    let place = Place::new();
    assert!(place.succeeds(&ADD, "a long password\n").contains("wangfang"));
    let again = place.fails(&ADD, "a long password\n");
    assert!(again.contains("conflict"), "{again}");
    assert!(
        place.succeeds(&["user", "password", "--username", "wangfang"], "another password\n").contains("new password")
    );
    let unknown = place.fails(&["user", "password", "--username", "nobody"], "another password\n");
    assert!(unknown.contains("no such"), "{unknown}");
}

#[test]
fn a_password_too_short_is_refused_before_anything_is_made() {
    let place = Place::new();
    assert!(place.fails(&ADD, "short\n").contains("characters"));
    assert!(!place.dir.path().join("data").exists());
}

#[test]
fn migrate_says_what_it_did_and_then_that_nothing_is_left() {
    let place = Place::new();
    assert!(place.succeeds(&["migrate"], "").contains("applied"));
    assert!(place.succeeds(&["migrate"], "").contains("up to date"));
}

#[test]
fn a_configuration_is_checked_without_touching_data() {
    let place = Place::new();
    assert!(place.succeeds(&["config", "check"], "").contains("in order"));
    std::fs::write(place.config(), "[data]\ndir = \"x\"\n").unwrap();
    assert!(place.fails(&["config", "check"], "").contains("key_file"));
    assert!(!place.dir.path().join("data").exists());
}

#[test]
fn a_missing_or_wrong_key_is_named_with_what_to_do() {
    let place = Place::new();
    place.succeeds(&["migrate"], "");
    std::fs::write(place.dir.path().join("key"), "fedcba9876543210".repeat(4)).unwrap();
    let wrong = place.fails(&["migrate"], "");
    assert!(wrong.contains("key"), "{wrong}");
    std::fs::remove_file(place.dir.path().join("key")).unwrap();
    assert!(place.fails(&["migrate"], "").contains("make one with"));
}

#[test]
fn a_token_is_shown_once_limited_listed_and_revoked() {
    let place = Place::new();
    place.succeeds(&ADD, "a long password\n");
    let add = ["token", "add", "--username", "wangfang", "--name", "prometheus", "--only"];
    let token = place.succeeds(&[add.as_slice(), &["metrics.read"]].concat(), "");
    assert!(token.trim().len() >= 40 && token.lines().count() == 1, "{token}");
    let unknown = place.fails(&[add.as_slice(), &["everything"]].concat(), "");
    assert!(unknown.contains("metrics.read"), "the permissions there are: {unknown}");
    let list = place.succeeds(&["token", "list"], "");
    assert!(list.contains("prometheus  metrics.read") && !list.contains(token.trim()), "{list}");
    let id = list.split_whitespace().next().unwrap().to_owned();
    assert!(place.succeeds(&["token", "revoke", &id], "").contains("over"));
    assert!(place.succeeds(&["token", "list"], "").contains("(revoked)"));
}

#[test]
fn verify_says_that_all_is_well_and_names_what_is_not() {
    let place = Place::new();
    place.succeeds(&ADD, "a long password\n");
    let well = place.succeeds(&["verify"], "");
    assert!(
        well.contains("audit trail") && well.contains("unbroken") && well.contains("nothing was altered"),
        "{well}"
    );
    // A recording nobody sealed, in a place where sealed ones are.
    let tenant = well.split_whitespace().find(|word| word.starts_with("ten_")).unwrap();
    let foreign = place.dir.path().join("data/objects").join(tenant).join("2026/01/01");
    std::fs::create_dir_all(&foreign).unwrap();
    std::fs::write(foreign.join("rec_0000000000001.crec"), "something").unwrap();
    let output = place.run(&["verify"], "");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("FAULT  recording rec_0000000000001 was never sealed"), "{said}");
}

#[test]
fn one_changed_byte_in_any_database_is_named_by_its_file() {
    let place = Place::new();
    place.succeeds(&ADD, "a long password\n");
    for file in ["ledger.db", "business.db", "keys.db", "reports.db"] {
        let path = place.dir.path().join("data").join(file);
        let whole = std::fs::read(&path).unwrap();
        for offset in [whole.len() - 2_000, whole.len() / 2] {
            let mut changed = whole.clone();
            changed[offset] ^= 1;
            std::fs::write(&path, &changed).unwrap();
            let output = place.run(&["verify"], "");
            let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
            assert!(!output.status.success() && said.contains(file), "{file} byte {offset}: {said}");
        }
        std::fs::write(&path, &whole).unwrap();
    }
    place.succeeds(&["verify"], "");
}

#[test]
fn the_database_key_is_changed_while_stopped_and_the_old_one_opens_nothing_afterwards() {
    let place = Place::new();
    place.succeeds(&ADD, "a long password\n");
    let new = place.dir.path().join("new-key");
    let rekey = ["rekey", "--new-key-file", new.to_str().unwrap()];
    assert!(place.fails(&rekey, "").contains("make one with"));
    std::fs::copy(place.dir.path().join("key"), &new).unwrap();
    assert!(place.fails(&rekey, "").contains("same key"));
    std::fs::write(&new, "fedcba9876543210".repeat(4)).unwrap();
    let said = place.succeeds(&rekey, "");
    assert!(said.contains("all database files have the new key") && said.contains("data.key_file"), "{said}");
    let output = place.run(&["verify"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stdout).unwrap().contains("FAULT  ledger.db cannot be opened with this key"));
    std::fs::copy(&new, place.dir.path().join("key")).unwrap();
    assert!(place.succeeds(&["verify"], "").contains("nothing was altered"));
    assert!(place.succeeds(&["rotate-keys"], "").contains("under version"));
}

#[test]
fn an_empty_centre_is_given_what_it_needs_for_its_first_call_once() {
    let place = Place::new();
    let first = place.succeeds(&[ADD.as_slice(), &["--language", "en"]].concat(), "a long password\n");
    for line in [
        "wangfang may sign in, as agent 1000",
        "made 4 dispositions",
        "made 4 reasons",
        "made the queue \"Customer service\"",
        "made the flow \"Hotline\"",
        "made the flow \"Leave a message\"",
        "no number is answered yet",
    ] {
        assert!(first.contains(line), "{line} is not in {first}");
    }
    let second = ["user", "add", "--username", "chen", "--name", "陈晓", "--role", "agent", "--extension", "1001"];
    let second = place.succeeds(&second, "a long password\n");
    assert!(second.contains("chen may sign in, as agent 1001") && !second.contains("made"), "{second}");
    let third = ["user", "add", "--username", "lin", "--name", "林静", "--role", "supervisor"];
    assert!(
        place.succeeds(&third, "a long password\n").contains("lin may sign in\n"),
        "no number unless it is asked for"
    );
}
