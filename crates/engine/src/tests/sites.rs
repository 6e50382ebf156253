//! How many calls a site takes: whom it keeps from being offered, and what it refuses.

use std::sync::Arc;

use domain::settings::{Settings, Site};
use domain::{Input, SiteId};

use super::script::{World, settings};

/// The site of ann's phone and the lobby's, and the one of bob's.
const HERE: SiteId = SiteId(1);
const THERE: SiteId = SiteId(2);

fn with(here: Option<u32>, there: Option<u32>) -> Settings {
    let site = |id, calls_max| Site { id, name: "site".to_owned(), is_bounded: false, calls_max };
    let mut settings = settings();
    settings.sites = vec![site(HERE, here), site(THERE, there)];
    for device in &mut settings.devices {
        device.site = if device.name == "bobs" { THERE } else { HERE };
    }
    settings
}

/// Everybody at work by SIP phone, ready.
fn world(settings: Settings) -> World {
    let mut world = World::new(settings);
    world.run("sip desk on\nsip bobs on\nsip lobby on");
    for (agent, phone) in [("ann", "desk"), ("bob", "bobs")] {
        world.run(&format!("page {agent} on\n{agent} sign_in\n{agent} use {phone}\n{agent} ready"));
    }
    world
}

fn calls(world: &World) -> (u32, u32) {
    let calls = world.floor.site_calls();
    let of = |site: SiteId| calls.get(&site).copied().unwrap_or_default();
    (of(HERE), of(THERE))
}

#[test]
fn a_full_site_is_offered_nothing_and_everybody_waits_for_the_next_place() {
    let mut world = world(with(Some(1), Some(0)));
    let rang = world.run("call c1 4002\nup c1");
    assert!(rang.contains("→ dial desk.1"), "{rang}");
    assert_eq!(calls(&world), (1, 0));
    // Bob is ready, and his site takes no call at all.
    let waits = world.run("call c2 4002\nup c2");
    assert!(!waits.contains("→ dial"), "{waits}");
    let presence = world.run("bob not_ready\nbob ready");
    assert!(!presence.contains("dial"), "{presence}");
    // The limit is raised: whoever waits is offered at once.
    world.input(Input::SettingsChanged(Arc::new(Settings { version: 2, ..with(Some(1), Some(1)) })));
    let rung = world.run("+1s");
    assert!(rung.contains("→ dial bobs.1"), "{rung}");
    assert_eq!(calls(&world), (1, 1));
}

#[test]
fn the_place_of_a_call_that_ended_is_taken_by_the_next() {
    let mut settings = with(Some(1), None);
    settings.queues.iter_mut().for_each(|queue| queue.wrap_up = std::time::Duration::ZERO);
    let mut world = world(settings);
    world.run("bob not_ready\ncall c1 4002\nup c1\nup desk.1\ncall c2 4002\nup c2");
    assert_eq!(calls(&world), (1, 0));
    let next = world.run("gone desk.1\nreleased c1");
    assert!(next.contains("→ dial desk.2"), "{next}");
    assert_eq!(calls(&world), (1, 0));
}

#[test]
fn a_full_site_refuses_calls_out_and_calls_of_other_sites_but_none_of_its_own() {
    let mut world = world(with(Some(0), None));
    for (script, refused) in [
        ("ann dial 021", "refused SiteFull"),
        ("ann dial 102", "refused SiteFull"),
        ("bob dial 101", "refused SiteFull"),
        ("calls p1 desk 021", "refuse p1 Overload"),
    ] {
        let said = world.run(script);
        assert!(said.contains(refused), "{script}: {said}");
    }
    // Of two telephones of the site neither counts, nor is asked for room.
    let mut settings = with(Some(0), None);
    settings.devices.iter_mut().for_each(|device| device.site = HERE);
    let mut world = self::world(settings);
    for script in ["ann dial 102", "up desk.1", "up bobs.1"] {
        let said = world.run(script);
        assert!(!said.contains("refused"), "{script}: {said}");
        assert_eq!(calls(&world), (0, 0));
    }
}

#[test]
fn a_call_between_two_sites_counts_for_both() {
    let mut world = world(with(None, Some(1)));
    world.run("ann dial 102\nup desk.1");
    assert_eq!(calls(&world), (1, 1));
    world.run("up bobs.1");
    assert_eq!(calls(&world), (1, 1));
    world.run("gone desk.1\nreleased bobs.1");
    assert_eq!(calls(&world), (0, 0));
}

#[test]
fn a_customer_is_not_handed_over_to_a_full_site() {
    let mut world = world(with(None, Some(0)));
    world.run("call c1 4002\nup c1\nup desk.1");
    let said = world.run("ann transfer bob");
    assert!(said.contains("SiteFull"), "{said}");
    assert_eq!(calls(&world), (1, 0));
}

#[test]
fn a_phone_of_nobody_that_is_called_for_a_customer_counts_for_its_site() {
    // Ann works by the browser: only the phone of the lobby is a telephone of the site.
    let talks = |here| {
        let mut settings = with(here, None);
        settings.devices[2].username = "8100".to_owned();
        let mut world = World::new(settings);
        world.run("sip lobby on\npage ann on\nphone ann on\nann sign_in\nann ready\ncall c1 4002\nup c1\nann accept");
        world
    };
    for asks in ["ann transfer 8100", "ann consult 8100", "ann add 8100"] {
        let mut world = talks(Some(1));
        let said = world.run(asks);
        assert!(said.contains("→ ok"), "{asks}: {said}");
        assert_eq!(calls(&world), (1, 0), "{asks}");
        let mut world = talks(Some(0));
        let said = world.run(asks);
        assert!(said.contains("refused SiteFull"), "{asks}: {said}");
    }
}

#[test]
fn a_browser_is_no_telephone_of_a_site() {
    let mut world = World::new(with(Some(0), Some(0)));
    world.run("page ann on\nphone ann on\nann sign_in\nann ready\ncall c1 4002\nup c1");
    assert_eq!(world.floor.inspect().conversations().count(), 1);
    assert_eq!(calls(&world), (0, 0));
    let taken = world.run("ann accept");
    assert!(taken.contains("→ ok"), "{taken}");
}

#[test]
fn help_is_called_from_a_full_site() {
    let mut world = world(with(Some(0), None));
    let said = world.run("ann dial 110");
    assert!(said.contains("→ dial desk.1") && said.contains("→ ok"), "{said}");
}
