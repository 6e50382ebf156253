//! From figures to a verdict. One table of what is wrong, how bad it is, and nothing else; pure.

use std::time::Duration;

use domain::{TenantId, Utc};

use crate::json::system::{HealthCode, HealthStatus};
use crate::port::Health;
use crate::tls::CertificateFacts;
use crate::vitals::{TrunkVitals, Vitals};

/// A ledger slower than this makes people wait for what they clicked.
const COMMIT_P99_MAX: Duration = Duration::from_millis(250);
/// The loop that decides is seen five times a second.
const FLOOR_SEEN_MAX: Duration = Duration::from_secs(3);
/// Less free than this is a few days of a busy centre.
const DISK_FREE_BYTES_MIN: u64 = 2 * 1024 * 1024 * 1024;
/// Or less than one part in so many.
const DISK_FREE_PART_MIN: u64 = 10;
/// A telephone call takes two files; beyond nine tenths there is no room for a busy hour.
const OPEN_FILES_TENTHS_MAX: u64 = 9;
/// Ours is renewed 30 days before its end; a given one that is nearer than this was forgotten.
const CERTIFICATE_LEFT_MIN: Duration = Duration::from_secs(14 * 86_400);

/// The certificate in use.
#[derive(Clone, Debug)]
pub struct CertificateState {
    /// What stands in it.
    pub facts: CertificateFacts,
    /// A newer one lies on disk and cannot be used.
    pub is_stuck: bool,
}

/// What is wrong, the worst first. Of calls that are stopped those of `centre` alone are told; without one, those of any.
pub fn judge(
    now: Utc,
    centre: Option<TenantId>,
    health: Health,
    vitals: &Vitals,
    certificate: Option<&CertificateState>,
    locations_fell_back: bool,
) -> Vec<HealthCode> {
    let ledger = &vitals.ledger;
    let is_slow = ledger.commit_p99.is_some_and(|p99| p99 > COMMIT_P99_MAX) || ledger.oldest > COMMIT_P99_MAX;
    let is_low = |disk: &crate::vitals::DiskVitals| {
        disk.free_bytes < DISK_FREE_BYTES_MIN || disk.free_bytes < disk.total_bytes / DISK_FREE_PART_MIN
    };
    let process = &vitals.process;
    let files_max = process.open_files_max / 10 * OPEN_FILES_TENTHS_MAX;
    let left = certificate.map(|certificate| certificate.facts.expires_at.since(now));
    let found = [
        (!health.ledger_ok, HealthCode::LedgerUnwritable),
        (vitals.floor_seen > FLOOR_SEEN_MAX, HealthCode::FloorStalled),
        (vitals.media.is_none(), HealthCode::MediaStalled),
        (vitals.signalling.is_none(), HealthCode::SignallingStalled),
        (health.draining, HealthCode::Draining),
        (health.ledger_ok && is_slow, HealthCode::LedgerSlow),
        (!health.recordings_ok, HealthCode::RecordingsFailing),
        (health.recordings_missing > 0, HealthCode::RecordingsMissing),
        (vitals.disk.as_ref().is_some_and(is_low), HealthCode::DiskLow),
        (vitals.trunks.iter().any(|trunk| trunk.is_silent), HealthCode::TrunkSilent),
        (vitals.trunks.iter().any(TrunkVitals::is_down), HealthCode::TrunkDown),
        (vitals.trunks.iter().any(TrunkVitals::is_unregistered), HealthCode::TrunkUnregistered),
        (vitals.has_stops(centre), HealthCode::CallsStopped),
        (process.open_files_max > 0 && process.open_files > files_max, HealthCode::FilesLow),
        (left.is_some_and(|left| left.is_zero()), HealthCode::CertificateExpired),
        (left.is_some_and(|left| !left.is_zero() && left < CERTIFICATE_LEFT_MIN), HealthCode::CertificateExpiring),
        (certificate.is_some_and(|certificate| certificate.is_stuck), HealthCode::CertificateUnusable),
        (locations_fell_back, HealthCode::LocationsUnusable),
    ];
    found.into_iter().filter(|(is_so, _)| *is_so).map(|(_, code)| code).collect()
}

/// The worst of them.
pub fn status_of(codes: &[HealthCode]) -> HealthStatus {
    codes.iter().map(|code| code.weight()).max().unwrap_or(HealthStatus::Ok)
}

impl HealthCode {
    /// How bad it is. Failing means exactly that new calls are not taken, which a trunk hears from OPTIONS too.
    pub fn weight(self) -> HealthStatus {
        match self {
            HealthCode::LedgerUnwritable
            | HealthCode::FloorStalled
            | HealthCode::MediaStalled
            | HealthCode::SignallingStalled
            | HealthCode::Draining => HealthStatus::Failing,
            HealthCode::LedgerSlow
            | HealthCode::RecordingsFailing
            | HealthCode::RecordingsMissing
            | HealthCode::DiskLow
            | HealthCode::TrunkSilent
            | HealthCode::TrunkDown
            | HealthCode::TrunkUnregistered
            | HealthCode::CallsStopped
            | HealthCode::FilesLow
            | HealthCode::CertificateExpired
            | HealthCode::CertificateExpiring
            | HealthCode::CertificateUnusable
            | HealthCode::LocationsUnusable => HealthStatus::Degraded,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vitals::{AddressVitals, DiskVitals, MediaVitals, ProcessVitals, Reach, Registration, SignallingVitals};

    const NOW: Utc = Utc(1_767_578_400_000_000);
    const GIB: u64 = 1024 * 1024 * 1024;

    fn well() -> Vitals {
        Vitals {
            media: Some(MediaVitals::default()),
            signalling: Some(SignallingVitals::default()),
            disk: Some(DiskVitals { free_bytes: 40 * GIB, total_bytes: 100 * GIB, sync: None }),
            process: ProcessVitals { open_files: 900, open_files_max: 1_000, ..ProcessVitals::default() },
            ..Vitals::default()
        }
    }

    fn check(change: impl FnOnce(&mut Vitals, &mut Health, &mut CertificateState), codes: &[HealthCode]) {
        let (mut vitals, mut health) =
            (well(), Health { ledger_ok: true, draining: false, recordings_ok: true, recordings_missing: 0 });
        let facts =
            CertificateFacts { sha256: [0; 32], expires_at: Utc(NOW.0 + 15 * 86_400_000_000), names: Vec::new() };
        let mut certificate = CertificateState { facts, is_stuck: false };
        change(&mut vitals, &mut health, &mut certificate);
        assert_eq!(judge(NOW, None, health, &vitals, Some(&certificate), false), codes);
    }

    #[test]
    fn each_fault_has_its_code() {
        use HealthCode::*;
        check(|_, _, _| {}, &[]);
        check(|_, health, _| health.ledger_ok = false, &[LedgerUnwritable]);
        check(|_, health, _| health.draining = true, &[Draining]);
        check(|_, health, _| health.recordings_ok = false, &[RecordingsFailing]);
        check(|_, health, _| health.recordings_missing = 1, &[RecordingsMissing]);
        check(|vitals, _, _| vitals.floor_seen = Duration::from_secs(4), &[FloorStalled]);
        check(|vitals, _, _| vitals.media = None, &[MediaStalled]);
        check(|vitals, _, _| vitals.signalling = None, &[SignallingStalled]);
        check(|vitals, _, _| vitals.ledger.commit_p99 = Some(Duration::from_millis(250)), &[]);
        check(|vitals, _, _| vitals.ledger.commit_p99 = Some(Duration::from_millis(251)), &[LedgerSlow]);
        check(|vitals, _, _| vitals.ledger.oldest = Duration::from_millis(251), &[LedgerSlow]);
        check(|vitals, _, _| vitals.outbound_stops = [(TenantId(1), 1)].into(), &[CallsStopped]);
        check(|vitals, _, _| vitals.process.open_files = 901, &[FilesLow]);
        let disk = |free, total| {
            move |vitals: &mut Vitals, _: &mut Health, _: &mut CertificateState| {
                vitals.disk = Some(DiskVitals { free_bytes: free, total_bytes: total, sync: None });
            }
        };
        check(disk(9 * GIB, 100 * GIB), &[DiskLow]);
        check(disk(GIB, 5 * GIB), &[DiskLow]);
        check(disk(10 * GIB, 100 * GIB), &[]);
        let trunk = |is_silent, reaches: &[Option<Reach>], registration| {
            let address =
                |reach: &Option<Reach>| AddressVitals { address: ([192, 0, 2, 1], 5060).into(), reach: *reach };
            let addresses = reaches.iter().map(address).collect();
            let (tenant, name) = (TenantId(1), "carrier".to_owned());
            let trunk = TrunkVitals { tenant, name, heard: None, is_silent, no_codec: 0, addresses, registration };
            move |vitals: &mut Vitals, _: &mut Health, _: &mut CertificateState| vitals.trunks = vec![trunk]
        };
        let (up, down) = (Some(Reach::Up), Some(Reach::Down));
        check(trunk(true, &[], None), &[TrunkSilent]);
        check(trunk(false, &[up, down], Some(Registration::Registered)), &[]);
        check(trunk(false, &[None, Some(Reach::Untried)], Some(Registration::Asking)), &[]);
        check(trunk(false, &[down, down], None), &[TrunkDown]);
        check(trunk(false, &[], Some(Registration::Refused)), &[TrunkUnregistered]);
        check(trunk(false, &[], Some(Registration::Unreachable)), &[TrunkUnregistered]);
        check(|_, _, certificate| certificate.facts.expires_at = NOW, &[CertificateExpired]);
        check(|_, _, certificate| certificate.facts.expires_at.0 -= 2 * 86_400_000_000, &[CertificateExpiring]);
        check(|_, _, certificate| certificate.is_stuck = true, &[CertificateUnusable]);
        let health = Health { ledger_ok: true, draining: false, recordings_ok: true, recordings_missing: 0 };
        assert_eq!(judge(NOW, None, health, &well(), None, true), [LocationsUnusable]);
    }

    #[test]
    fn failing_is_exactly_what_stops_new_calls() {
        assert_eq!(status_of(&[]), HealthStatus::Ok);
        assert_eq!(status_of(&[HealthCode::DiskLow, HealthCode::TrunkSilent]), HealthStatus::Degraded);
        assert_eq!(status_of(&[HealthCode::DiskLow, HealthCode::Draining]), HealthStatus::Failing);
    }
}
