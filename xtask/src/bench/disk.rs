//! How long the disk takes to make something durable: what every promise after a commit is measured against.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use crate::stopwatch::Stopwatch;

const WRITES: usize = 200;
const BLOCK: [u8; 4_096] = [0x5a; 4_096];

/// Median and 99th percentile of appending 4 KiB and `fdatasync`, in `dir`.
pub fn sync_times(dir: &Path) -> anyhow::Result<(Duration, Duration)> {
    let path = dir.join("sync-probe");
    let mut file = File::create(&path)?;
    let mut times = Vec::with_capacity(WRITES);
    for _ in 0..WRITES {
        let watch = Stopwatch::start();
        file.write_all(&BLOCK)?;
        file.sync_data()?;
        times.push(watch.elapsed());
    }
    std::fs::remove_file(path)?;
    times.sort_unstable();
    Ok((times[WRITES / 2], times[WRITES * 99 / 100]))
}
