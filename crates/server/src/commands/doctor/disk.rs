//! The disk: room, and how long it takes to make something durable, measured.

use std::path::Path;
use std::time::Duration;

use super::finding::Finding;
use crate::config::Config;
use crate::vitals::{space, try_disk};

/// Small writes that are timed: enough for a quantile, over in a second on a poor disk.
const TRIALS: usize = 64;
/// Beyond this people feel their clicks.
const SYNC_P99_WARN: Duration = Duration::from_millis(50);
/// Beyond this `/healthz` says so all the time.
const SYNC_P99_FAIL: Duration = Duration::from_millis(250);
/// Less free than this is not worth starting with.
const FREE_FAIL: u64 = 512 * MIB;
/// Less free than this is a few days of a busy centre.
const FREE_WARN: u64 = 2 * 1024 * MIB;
/// Or less than one part in so many.
const FREE_PART_WARN: u64 = 10;
const MIB: u64 = 1024 * 1024;

pub fn examine(config: &Config) -> Vec<Finding> {
    // The directory the data is in, or will be.
    let Some(dir) = config.data.dir.ancestors().find(|dir| dir.is_dir()) else { return Vec::new() };
    let mut findings: Vec<Finding> = room(dir).into_iter().collect();
    findings.push(match try_disk(dir, TRIALS) {
        Ok(took) => speed(took),
        Err(error) => {
            let advice = "run the doctor as the user of the service";
            Finding::note("disk_sync", format!("not measured in {}: {error}", dir.display()), advice)
        }
    });
    findings
}

fn room(dir: &Path) -> Option<Finding> {
    let (free, total) = space(dir)?;
    let found = format!("{} MiB free of {} MiB", free / MIB, total / MIB);
    let advice = "make room or move data.dir; a full disk stops new calls";
    Some(if free < FREE_FAIL {
        Finding::fail("disk_space", found, advice)
    } else if free < FREE_WARN || free < total / FREE_PART_WARN {
        Finding::warn("disk_space", found, advice)
    } else {
        Finding::ok("disk_space", found)
    })
}

fn speed(mut took: Vec<Duration>) -> Finding {
    took.sort_unstable();
    let at =
        |percent: usize| took.get((took.len() * percent).div_ceil(100).saturating_sub(1)).copied().unwrap_or_default();
    let (p50, p99) = (at(50), at(99));
    let found = format!("4 KiB are durable within {p50:.1?} (p50), {p99:.1?} (p99) of {} tries", took.len());
    let advice = "callers and clicks wait for the disk: use a local SSD, and keep backups and other databases off it";
    if p99 > SYNC_P99_FAIL {
        Finding::fail("disk_sync", found, advice)
    } else if p99 > SYNC_P99_WARN {
        Finding::warn("disk_sync", found, advice)
    } else {
        Finding::ok("disk_sync", found)
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::Level;
    use super::*;

    #[test]
    fn a_slow_disk_is_told_by_its_quantile() {
        let of = |slow_ms: u64, how_many: usize| {
            let mut took = vec![Duration::from_millis(4); 100 - how_many];
            took.extend(vec![Duration::from_millis(slow_ms); how_many]);
            speed(took).level
        };
        assert_eq!(of(900, 1), Level::Ok);
        assert_eq!(of(60, 2), Level::Warn);
        assert_eq!(of(300, 2), Level::Fail);
    }
}
