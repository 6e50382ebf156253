//! The key and the data directory: there, ours, and nobody else's.

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use store::DatabaseKey;

use super::finding::Finding;
use crate::config::Config;

pub fn examine(config: &Config) -> Vec<Finding> {
    let mut findings = vec![key(&config.data.key_file)];
    findings.push(data_dir(&config.data.dir));
    if config.demo.enabled {
        let advice = "remove [demo] before real customers call";
        findings.push(Finding::warn("demo", "example data and the visitor page are on", advice));
    }
    if config.test.hooks {
        findings.push(Finding::warn("test_hooks", "test hooks are on", "remove [test]: it is for the project's tests"));
    }
    if ["debug", "trace"].contains(&config.log.level.as_str()) {
        let advice = "set log.level to \"info\" when you have seen enough; SIGHUP makes it so at once";
        findings.push(Finding::warn("log", "numbers of callers go into the log at this level", advice));
    }
    findings
}

fn key(path: &Path) -> Finding {
    let make = format!(
        "`callisto init` makes one, or: (umask 077; head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \\n' > {})",
        path.display()
    );
    let Ok(metadata) = std::fs::metadata(path) else {
        return Finding::fail("key", format!("{} cannot be read", path.display()), make);
    };
    if let Err(error) = DatabaseKey::from_file(path) {
        let advice = "run as the user of the service; the file holds 64 hexadecimal digits or 32 bytes";
        return Finding::fail("key", format!("{}: {error}", path.display()), advice);
    }
    let mode = metadata.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        let advice = format!("chmod 600 {}", path.display());
        return Finding::warn("key", format!("{} can be read by others (mode {mode:03o})", path.display()), advice);
    }
    let owner = rustix::process::geteuid().as_raw();
    if metadata.uid() != owner {
        let advice = format!("run the doctor as the user of the service, or: chown that user {}", path.display());
        return Finding::warn("key", format!("{} belongs to somebody else", path.display()), advice);
    }
    Finding::ok("key", format!("{} is readable by its owner alone", path.display()))
}

fn data_dir(path: &Path) -> Finding {
    let Ok(metadata) = std::fs::metadata(path) else {
        let parent = path.ancestors().skip(1).find(|parent| parent.exists());
        return match parent {
            Some(parent) if rustix::fs::access(parent, rustix::fs::Access::WRITE_OK).is_ok() => {
                Finding::ok("data_dir", format!("{} is not there yet and can be made", path.display()))
            }
            Some(_) | None => {
                let advice = format!("install -d -o callisto -g callisto -m 0700 {}", path.display());
                Finding::fail("data_dir", format!("{} is not there and cannot be made", path.display()), advice)
            }
        };
    };
    if !metadata.is_dir() {
        let advice = "name a directory under data.dir";
        return Finding::fail("data_dir", format!("{} is no directory", path.display()), advice);
    }
    if rustix::fs::access(path, rustix::fs::Access::WRITE_OK).is_err() {
        let advice = format!("run as the user of the service, or: chown -R callisto: {}", path.display());
        return Finding::fail("data_dir", format!("{} cannot be written", path.display()), advice);
    }
    let mode = metadata.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        let advice = format!("chmod 700 {}", path.display());
        return Finding::warn("data_dir", format!("others see into {} (mode {mode:03o})", path.display()), advice);
    }
    Finding::ok("data_dir", format!("{} is ours alone", path.display()))
}
