//! Fuzzing on stable Rust: every test run replays the corpora in `fuzz/corpus` and some thousands of mutations of them
//! against each parser of ours, the same ones each time. A crate's tests call [`replay`] with the parser as a function of bytes.
//!
//! Two variables of the environment make a longer search: `FUZZ_EXECUTIONS` (how many mutations of each target; 5,000 without
//! it) and `FUZZ_SEED` (another series). An input that panics is written to `fuzz/failures/<target>`; once the parser is mended,
//! it moves to the corpus.

mod mutate;

use std::env;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};

pub use mutate::{Dice, mutated};

/// Mutations in an ordinary test run: all targets together take seconds.
const EXECUTIONS: u64 = 5_000;
/// The longest input; parsers have limits of their own far below.
const INPUT_MAX: usize = 64 * 1024;

/// What was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tried {
    /// Files of the corpus.
    pub corpus: usize,
    /// Mutations of them.
    pub mutations: u64,
}

/// Runs a parser over its corpus and mutations of it. Whatever the bytes, it must come back; what it makes of them it may
/// check itself by asserting.
///
/// # Panics
/// When the parser does, after the input was written down; or when there is no corpus.
pub fn replay(target: &str, execute: impl Fn(&[u8])) -> Tried {
    let corpus = corpus(target);
    for input in &corpus {
        attempt(target, input, &execute);
    }
    let mutations = number("FUZZ_EXECUTIONS").unwrap_or(EXECUTIONS);
    let mut dice = Dice::new(number("FUZZ_SEED").unwrap_or(0x0005_eedf) ^ hash(target));
    for _ in 0..mutations {
        let mut input = mutated(&corpus, &mut dice);
        input.truncate(INPUT_MAX);
        attempt(target, &input, &execute);
    }
    Tried { corpus: corpus.len(), mutations }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a tool of the tests: how long it searches is for whoever runs it to say"
)]
fn number(name: &str) -> Option<u64> {
    env::var(name).ok().and_then(|text| text.parse().ok())
}

fn attempt(target: &str, input: &[u8], execute: &impl Fn(&[u8])) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| execute(input))) {
        let place = fuzz_directory().join("failures").join(target);
        let file = place.join(format!("{:016x}", hash(&String::from_utf8_lossy(input))));
        // Without the file the panic alone still fails the test.
        let _ = fs::create_dir_all(&place).and_then(|()| fs::write(&file, input));
        resume_unwind(panic);
    }
}

/// The files of a target's corpus, in the order of their names.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let place = fuzz_directory().join("corpus").join(target);
    let mut files: Vec<PathBuf> =
        fs::read_dir(&place).into_iter().flatten().filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    files.sort();
    let inputs: Vec<Vec<u8>> = files.iter().filter_map(|file| fs::read(file).ok()).collect();
    assert!(!inputs.is_empty(), "{} has no corpus", place.display());
    inputs
}

fn fuzz_directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz")
}

/// FNV-1a: the same on every machine and in every release.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
