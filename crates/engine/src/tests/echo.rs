//! Agents hear themselves: by the browser, by a SIP phone, until they have had enough or work comes.

use expect_test::expect;

use super::run::{check, check_ready};
use super::telephone::at_desk;

#[test]
fn an_agent_hears_themselves_until_they_stop_it_or_for_half_a_minute() {
    check_ready("ann echo\nann no_echo\nann no_echo\nann echo\n+30s", expect![[r#""#]]);
}

#[test]
fn an_offer_ends_it() {
    check_ready("ann echo\ncall c1 4002\nup c1\nann accept", expect![[r#""#]]);
}

#[test]
fn nobody_tries_the_sound_in_a_call_and_everybody_may_in_the_wrap_up() {
    check_ready("call c1 4002\nup c1\nann echo\nann accept\nann echo\nann hang_up\nann echo", expect![[r#""#]]);
}

#[test]
fn a_sip_phone_is_rung_for_it_and_its_hanging_up_ends_it() {
    let mut world = at_desk();
    expect![[r#""#]]
        .assert_eq(&world.run("ann echo\nup desk.1\ngone desk.1\nann echo\nup desk.2\ncall c1 4002\nup c1"));
}

#[test]
fn without_a_phone_nothing_is_heard() {
    check("page ann on\nann sign_in\nann echo", expect![[r#""#]]);
    check_ready("ann echo\nphone ann off", expect![[r#""#]]);
}
