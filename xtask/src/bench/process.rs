//! What a process costs, as the kernel counts it.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::Context;

use crate::stopwatch::Stopwatch;

/// CPU time of a process so far, user and system, all threads (proc(5), fields 14 and 15 of `stat`).
pub fn cpu(pid: u32) -> anyhow::Result<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).context("the server is gone")?;
    let ticks = cpu_ticks(&stat).context("/proc/PID/stat reads otherwise than proc(5) says")?;
    Ok(Duration::from_secs_f64(ticks as f64 / rustix::param::clock_ticks_per_second() as f64))
}

/// The same for the threads that are there, those of one name together.
pub fn cpu_by_thread(pid: u32) -> anyhow::Result<BTreeMap<String, Duration>> {
    let mut all = BTreeMap::<String, Duration>::new();
    for task in std::fs::read_dir(format!("/proc/{pid}/task")).context("the server is gone")? {
        // A thread that ends meanwhile is left out.
        let Ok(stat) = std::fs::read_to_string(task?.path().join("stat")) else { continue };
        let (Some(name), Some(ticks)) = (name(&stat), cpu_ticks(&stat)) else { continue };
        let time = Duration::from_secs_f64(ticks as f64 / rustix::param::clock_ticks_per_second() as f64);
        *all.entry(name.to_owned()).or_default() += time;
    }
    Ok(all)
}

fn name(stat: &str) -> Option<&str> {
    Some(stat.split_once('(')?.1.rsplit_once(") ")?.0)
}

fn cpu_ticks(stat: &str) -> Option<u64> {
    // The second field is the name and may hold spaces and brackets; what follows its last bracket is field 3.
    let (_, rest) = stat.rsplit_once(") ")?;
    let mut fields = rest.split(' ').skip(11);
    Some(fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?)
}

/// Resident memory, KiB.
pub fn rss_kib(pid: u32) -> anyhow::Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).context("the server is gone")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").trim().parse()?)
}

/// Share of one core over `time`, percent.
pub fn cpu_percent(pid: u32, time: Duration) -> anyhow::Result<f64> {
    let (watch, before) = (Stopwatch::start(), cpu(pid)?);
    std::thread::sleep(time);
    let (after, passed) = (cpu(pid)?, watch.elapsed());
    Ok((after - before).as_secs_f64() / passed.as_secs_f64() * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_brackets_does_not_shift_the_fields() {
        let stat = "7 (a) b (c) S 1 7 7 0 -1 4194560 100 0 0 0 12 30 0 0 20 0 8 0 1 1 1";
        assert_eq!(cpu_ticks(stat), Some(42));
        assert_eq!(cpu_ticks("7 (a"), None);
        assert_eq!((name(stat), name("7 (a")), (Some("a) b (c"), None));
    }

    #[test]
    fn this_process_has_memory_and_time() {
        let pid = std::process::id();
        assert!(rss_kib(pid).unwrap() > 1_000);
        cpu(pid).unwrap();
        assert!(!cpu_by_thread(pid).unwrap().is_empty());
    }
}
