//! `callisto numbers`, and what the doctor says of the file it made.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers fail by panicking")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn callisto(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_callisto")).args(args).output().unwrap()
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn said(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A folder with texts of one city as libphonenumber keeps them, without a list of countries.
fn texts(dir: &Path) -> PathBuf {
    let from = dir.join("resources");
    for (file, text) in [
        ("geocoding/zh/86.txt", "# a city\n861991234|广东省深圳市\n"),
        ("geocoding/en/86.txt", "861991234|Shenzhen, Guangdong\n"),
        ("geocoding/zh/81.txt", "8190|東京\n"),
        ("carrier/zh/86.txt", "86199|中国电信\n"),
        ("carrier/en/86.txt", "86199|China Telecom\n"),
    ] {
        let path = from.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    from
}

fn build(from: &Path, dated: &str, to: &Path) -> Output {
    let (from, to) = (said(from), said(to));
    callisto(&["numbers", "build", "--from", from, "--source", "our own 2", "--dated", dated, "--to", to])
}

#[test]
fn a_file_made_from_texts_says_where_numbers_are_from() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("location.dat");
    let made = build(&texts(dir.path()), "2026-12-24", &file);
    assert!(made.status.success(), "{}", text(&made));
    let numbers = ["+8619912345678", "+8613510001234", "+442079460958", "8001"];
    let asked = callisto(&[&["numbers", "locate", "--file", said(&file)], numbers.as_slice()].concat());
    let told = text(&asked);
    assert!(told.starts_with("our own 2 of 2026-12-24, "), "{told}");
    for line in [
        "+8619912345678  广东深圳 Shenzhen, Guangdong · 中国电信 China Telecom",
        "+8613510001234  中国 China",
        "+442079460958  英国 United Kingdom",
        "8001  unknown",
    ] {
        assert!(told.lines().any(|said| said == line), "{line} is missing in {told}");
    }
    let built_in = text(&callisto(&["numbers", "locate", "+8613510001234"]));
    assert!(built_in.contains("广东深圳 Shenzhen, Guangdong · 中国移动 China Mobile"), "{built_in}");
}

#[test]
fn what_no_file_can_be_made_from_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let (from, file) = (texts(dir.path()), dir.path().join("location.dat"));
    let refused = |dated: &str, word: &str| {
        let made = build(&from, dated, &file);
        assert!(!made.status.success() && text(&made).contains(word), "{word}: {}", text(&made));
        assert!(!file.exists(), "nothing is written");
    };
    refused("24.12.2026", "YYYY-MM-DD");
    refused("2026-13-24", "the date is none");
    std::fs::write(from.join("geocoding/zh/86.txt"), "861991234|广东省深圳市\n86199x|广东省深圳市\n").unwrap();
    std::fs::write(from.join("geocoding/en/86.txt"), "861991234|A, B\n86199x|A, B\n").unwrap();
    refused("2026-12-24", "86.txt, line 2");
}

/// What the doctor says of numbers in a place that `init` made, with this file named.
fn doctor(file: Option<&Path>) -> Value {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("etc");
    assert!(callisto(&["init", said(&place), "--advertised", "127.0.0.1"]).status.success());
    let config = place.join("callisto.toml");
    if let Some(file) = file {
        let before = std::fs::read_to_string(&config).unwrap();
        std::fs::write(&config, format!("{before}\n[numbers]\nlocation_file = {:?}\n", said(file))).unwrap();
    }
    let output = callisto(&["doctor", "--json", "--config", said(&config)]);
    let findings: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    findings.into_iter().find(|finding| finding["check"] == "numbers").unwrap()
}

#[test]
fn the_doctor_tells_the_date_of_the_data_and_warns_of_a_file_that_cannot_be_used() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("location.dat");
    let found = doctor(None);
    assert_eq!(found["level"], "ok");
    assert!(found["found"].as_str().unwrap().contains("inside the program: libphonenumber"), "{found}");
    assert!(build(&texts(dir.path()), "2026-12-24", &file).status.success());
    let found = doctor(Some(&file));
    assert_eq!(found["level"], "ok");
    assert!(found["found"].as_str().unwrap().contains("our own 2 of 2026-12-24"), "{found}");
    let bytes = std::fs::read(&file).unwrap();
    std::fs::write(&file, &bytes[..bytes.len() - 1]).unwrap();
    let found = doctor(Some(&file));
    assert_eq!(found["level"], "warn");
    assert!(found["found"].as_str().unwrap().contains("it was cut"), "{found}");
    assert_eq!(doctor(Some(&dir.path().join("none")))["level"], "warn");
}
