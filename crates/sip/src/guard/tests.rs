//! Bans begin, end, grow, spare those they must, and cost a bounded amount of memory.

use super::*;

const SECOND: Duration = Duration::from_secs(1);
const DEVICE: DeviceId = DeviceId(5);

fn ip(n: u32) -> IpAddr {
    IpAddr::V4((0xcb00_7100 + n).into())
}

fn guard() -> Guard {
    Guard::new(&GuardLimits::default(), &SipLimits::default())
}

fn at(seconds: u64) -> Mono {
    Mono(0) + Duration::from_secs(seconds)
}

fn ban_of(events: &[SipEvent]) -> Option<(Banned, u64)> {
    events.iter().find_map(|event| {
        let SipEvent::Banned { whom, lasts } = event else { return None };
        Some((*whom, lasts.as_secs()))
    })
}

#[test]
fn twenty_faults_of_an_address_ban_it_and_each_ban_is_longer() {
    let mut guard = guard();
    let mut now = at(0);
    for lasts in [300, 600, 1_200] {
        for n in 1..=20 {
            assert!(guard.admit(now, ip(1)));
            let events = guard.fault(now, ip(1), false, Fault::Probing);
            let expected = (n == 20).then_some((Banned::Address(ip(1)), lasts));
            assert_eq!(ban_of(&events), expected, "fault {n}");
            now = now + SECOND;
        }
        assert!(!guard.admit(now, ip(1)) && guard.admit(now, ip(2)));
        assert_eq!(guard.inspect(now).banned.len(), 1);
        now = now + Duration::from_secs(lasts);
        assert_eq!(guard.inspect(now).banned, []);
    }
    assert_eq!((guard.inspect(now).bans, guard.inspect(now).refused), (3, 60));
    now = now + Duration::from_secs(2 * 86_400);
    let events: Vec<SipEvent> = (0..20).flat_map(|_| guard.fault(now, ip(1), false, Fault::Probing)).collect();
    assert_eq!(ban_of(&events), Some((Banned::Address(ip(1)), 300)), "a day later it is the first again");
}

#[test]
fn slow_faults_do_not_add_up() {
    let mut guard = guard();
    for n in 0..100 {
        assert_eq!(guard.fault(at(n * 120), ip(1), false, Fault::WrongDigest(DEVICE)), [], "{n}");
    }
}

#[test]
fn an_account_is_locked_from_wherever_it_is_guessed() {
    let mut guard = guard();
    for n in 0..9 {
        assert_eq!(guard.fault(at(0), ip(n), false, Fault::WrongDigest(DEVICE)), []);
    }
    assert!(!guard.is_locked(at(0), DEVICE));
    let events = guard.fault(at(0), ip(9), false, Fault::WrongDigest(DEVICE));
    assert_eq!(ban_of(&events), Some((Banned::Account(DEVICE), 300)));
    assert!(guard.is_locked(at(299), DEVICE) && !guard.is_locked(at(300), DEVICE));
    guard.pardon(Banned::Account(DEVICE));
    assert!(!guard.is_locked(at(0), DEVICE));
}

#[test]
fn a_right_digest_clears_the_account_but_not_the_address() {
    let mut guard = guard();
    for _ in 0..9 {
        guard.fault(at(0), ip(1), false, Fault::WrongDigest(DEVICE));
    }
    guard.proved(at(0), ip(1), DEVICE);
    for _ in 0..9 {
        guard.fault(at(0), ip(1), false, Fault::WrongDigest(DEVICE));
    }
    assert!(!guard.is_locked(at(0), DEVICE));
    guard.proved(at(0), ip(1), DEVICE);
    guard.fault(at(0), ip(1), false, Fault::Probing);
    let events = guard.fault(at(0), ip(1), false, Fault::Probing);
    assert_eq!(ban_of(&events), Some((Banned::Address(ip(1)), 300)));
}

#[test]
fn where_a_device_is_registered_nobody_is_banned() {
    let mut guard = guard();
    for _ in 0..100 {
        guard.fault(at(0), ip(1), true, Fault::Probing);
        assert_eq!(guard.challenged(at(0), ip(1), true), None);
    }
    assert!(!guard.is_banned(at(0), ip(1)));
}

#[test]
fn asking_without_ever_proving_ends_in_a_ban() {
    let mut guard = guard();
    let banned_at = (1..200).find(|_| guard.challenged(at(1), ip(1), false).is_some());
    assert_eq!(banned_at, Some(80));
    // A hundred phones behind one address that all prove themselves are no scan.
    for _ in 0..500 {
        assert_eq!(guard.challenged(at(1), ip(2), false), None);
        guard.proved(at(1), ip(2), DEVICE);
    }
}

#[test]
fn one_address_cannot_ask_for_more_than_its_rate() {
    let mut guard = guard();
    let admitted = (0..1_000).filter(|_| guard.admit(at(1), ip(1))).count();
    assert_eq!(admitted, 100);
    assert_eq!(guard.inspect(at(1)).dropped, 900);
    assert!(guard.admit(at(1), ip(2)));
}

#[test]
fn a_flood_from_everywhere_stays_in_bounds_and_forgets_no_ban() {
    let mut guard = guard();
    for _ in 0..20 {
        guard.fault(at(0), ip(0), false, Fault::Probing);
    }
    for n in 1..50_000 {
        guard.admit(at(1), ip(n));
    }
    assert_eq!((guard.addresses.len(), guard.order.len()), (4_096, 4_096));
    assert!(guard.is_banned(at(1), ip(0)));
    guard.pardon(Banned::Address(ip(0)));
    assert!(!guard.is_banned(at(1), ip(0)));
    assert_eq!((guard.addresses.len(), guard.order.len()), (4_095, 4_095));
}

#[test]
fn one_host_with_a_whole_network_is_one_address() {
    let mut guard = guard();
    for n in 0..20u16 {
        let ip = IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 1, n, 0, 0, 1));
        guard.fault(at(0), ip, false, Fault::Probing);
    }
    assert!(guard.is_banned(at(0), "2001:db8:0:1::ffff".parse().unwrap()));
    assert!(!guard.is_banned(at(0), "2001:db8:0:2::1".parse().unwrap()));
}
