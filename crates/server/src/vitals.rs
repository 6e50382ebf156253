//! What the operating system knows of this process and its disk.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use api::vitals::{DiskVitals, ProcessVitals};
use domain::{Mono, Utc};

/// Clock ticks a second in `/proc`: the kernel's user interface has had this value on every platform for decades.
const TICKS_PER_SECOND: u64 = 100;
/// The disk is tried out at most this often: once a minute costs nothing and shows a disk that grows slow.
const TRIED_EVERY: Duration = Duration::from_secs(60);
/// What is made durable to try it out.
const TRIAL: [u8; 4_096] = [0; 4_096];

/// Reads it.
pub struct Machine {
    data_dir: PathBuf,
    started_at: Utc,
    tried: Mutex<Option<(Mono, Option<Duration>)>>,
}

impl Machine {
    /// For data in `data_dir`, in a process that began at `started_at`.
    pub fn new(data_dir: PathBuf, started_at: Utc) -> Machine {
        Machine { data_dir, started_at, tried: Mutex::new(None) }
    }

    /// The process.
    pub fn process(&self) -> ProcessVitals {
        let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
        let pages = statm.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or_default();
        ProcessVitals {
            resident_bytes: pages * rustix::param::page_size() as u64,
            open_files: open_files(),
            open_files_max: open_files_max(),
            cpu: cpu(&std::fs::read_to_string("/proc/self/stat").unwrap_or_default()),
            started_at: self.started_at,
        }
    }

    /// The disk; tries it out when the last time is long ago. Blocks for as long as the disk takes.
    pub fn disk(&self) -> Option<DiskVitals> {
        let (free_bytes, total_bytes) = space(&self.data_dir)?;
        Some(DiskVitals { free_bytes, total_bytes, sync: self.sync() })
    }

    fn sync(&self) -> Option<Duration> {
        let mut tried = self.tried.lock().unwrap_or_else(PoisonError::into_inner);
        let now = runtime::clock::mono();
        if let Some((at, sync)) = *tried
            && now.since(at) < TRIED_EVERY
        {
            return sync;
        }
        let sync = try_disk(&self.data_dir, 1).ok().and_then(|took| took.first().copied());
        *tried = Some((now, sync));
        sync
    }
}

/// How long each of `times` small writes takes to be durable in `dir`. Leaves nothing behind.
///
/// # Errors
/// When the directory cannot be written.
pub fn try_disk(dir: &Path, times: usize) -> std::io::Result<Vec<Duration>> {
    let path = dir.join(format!(".trial-{}", std::process::id()));
    let mut file = File::options().write(true).create_new(true).open(&path)?;
    // Without a name from the first moment on: whatever happens, nothing is left.
    std::fs::remove_file(&path)?;
    let mut took = Vec::with_capacity(times);
    for n in 0..times {
        file.seek(SeekFrom::Start((n * TRIAL.len()) as u64))?;
        let begun = runtime::clock::mono();
        file.write_all(&TRIAL)?;
        file.sync_data()?;
        took.push(runtime::clock::mono().since(begun));
    }
    Ok(took)
}

/// Bytes that may still be written, and bytes in all, of the disk `dir` is on.
pub fn space(dir: &Path) -> Option<(u64, u64)> {
    let disk = rustix::fs::statvfs(dir).ok()?;
    Some((disk.f_bavail.saturating_mul(disk.f_frsize), disk.f_blocks.saturating_mul(disk.f_frsize)))
}

/// Files and sockets this process has open.
fn open_files() -> u64 {
    std::fs::read_dir("/proc/self/fd").map_or(0, |files| files.count() as u64)
}

/// How many it may have.
pub fn open_files_max() -> u64 {
    rustix::process::getrlimit(rustix::process::Resource::Nofile).current.unwrap_or(u64::MAX)
}

/// Processor time from `/proc/self/stat`: the name in parentheses may hold anything, what follows it does not.
fn cpu(stat: &str) -> Duration {
    let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
    let mut ticks = after.split_ascii_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok());
    let ticks: u64 = ticks.by_ref().sum();
    Duration::from_millis(ticks * 1_000 / TICKS_PER_SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_process_and_the_disk_are_read() {
        let dir = tempfile::tempdir().unwrap();
        let machine = Machine::new(dir.path().to_owned(), Utc(7));
        let process = machine.process();
        assert!(process.resident_bytes > 1_000_000 && process.open_files > 2, "{process:?}");
        assert!(process.open_files_max >= process.open_files && process.started_at == Utc(7));
        let disk = machine.disk().unwrap();
        assert!(disk.total_bytes >= disk.free_bytes && disk.sync.is_some(), "{disk:?}");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "the trial leaves nothing");
    }

    #[test]
    fn processor_time_is_found_behind_any_name() {
        let stat = "12 (a) b ((x) S 1 2 3 4 5 6 7 8 9 10 150 50 0 0 20 0";
        assert_eq!(cpu(stat), Duration::from_secs(2));
        assert_eq!(cpu(""), Duration::ZERO);
    }
}
