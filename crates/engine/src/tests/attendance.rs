//! Browsers that reload, vanish, come back, or do not.

use expect_test::expect;

use super::script::{check, check_ready};

#[test]
fn a_reload_in_mid_call() {
    check_ready(
        "call c1 4002
         up c1
         ann accept
         +5s
         page ann off
         phone ann off
         +2s
         page ann on
         phone ann 2
         +60s",
        expect![[r#"
            call c1 4002
                started 4002 Zh
                joined c1 Customer
                → answer c1
                → resolve customer
            up c1
                answered c1
                node 0 in seg1
                node 0 exit Next
                → room1 v1: play1→c1 play1[music ∞]
                queued sales seg2
                offered offer1 to ann OnlyEligible of 1 idle 0s
            ann accept
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1
                → ok
            +5s
            page ann off
            phone ann off
                ann device off
                held device lost
                left ann.on by Network Unreachable
                → room1 v3: play2→c1 play2[music ∞]
            +2s
            page ann on
            phone ann 2
                ann device on
                joined ann.2 Agent
                resumed device back
                → room1 v4: c1→ann.2 ann.2→c1
            +60s
        "#]],
    );
}

#[test]
fn a_second_tab_takes_the_phone_over() {
    check_ready(
        "call c1 4002
         up c1
         ann accept
         phone ann 2
         phone ann 2",
        expect![[r#"
            call c1 4002
                started 4002 Zh
                joined c1 Customer
                → answer c1
                → resolve customer
            up c1
                answered c1
                node 0 in seg1
                node 0 exit Next
                → room1 v1: play1→c1 play1[music ∞]
                queued sales seg2
                offered offer1 to ann OnlyEligible of 1 idle 0s
            ann accept
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1
                → ok
            phone ann 2
                left ann.on by Agent HungUp
                joined ann.2 Agent
                → room1 v3: c1→ann.2 ann.2→c1
            phone ann 2
        "#]],
    );
}

#[test]
fn a_closed_browser_in_mid_call_is_lost_after_the_grace() {
    check_ready(
        "call c1 4002
         up c1
         ann accept
         page ann off
         phone ann off
         +40s",
        expect![[r#"
            call c1 4002
                started 4002 Zh
                joined c1 Customer
                → answer c1
                → resolve customer
            up c1
                answered c1
                node 0 in seg1
                node 0 exit Next
                → room1 v1: play1→c1 play1[music ∞]
                queued sales seg2
                offered offer1 to ann OnlyEligible of 1 idle 0s
            ann accept
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1
                → ok
            page ann off
            phone ann off
                ann device off
                held device lost
                left ann.on by Network Unreachable
                → room1 v3: play2→c1 play2[music ∞]
            +40s
                (agent_grace)
                handling over handling1 AgentLost
                ann signed out GraceExpired
                → room1 v4: play2→c1 play2[music ∞]
                queued sales seg2 front NobodySignedIn
        "#]],
    );
}

#[test]
fn the_grace_begins_with_the_first_sign() {
    check_ready(
        "call c1 4002
         up c1
         ann accept
         page ann off
         +25s
         phone ann off
         +6s",
        expect![[r#"
            call c1 4002
                started 4002 Zh
                joined c1 Customer
                → answer c1
                → resolve customer
            up c1
                answered c1
                node 0 in seg1
                node 0 exit Next
                → room1 v1: play1→c1 play1[music ∞]
                queued sales seg2
                offered offer1 to ann OnlyEligible of 1 idle 0s
            ann accept
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1
                → ok
            page ann off
            +25s
            phone ann off
                ann device off
                held device lost
                left ann.on by Network Unreachable
                → room1 v3: play2→c1 play2[music ∞]
            +6s
                (agent_grace)
                handling over handling1 AgentLost
                ann signed out GraceExpired
                → room1 v4: play2→c1 play2[music ∞]
                queued sales seg2 front NobodySignedIn
        "#]],
    );
}

#[test]
fn a_living_phone_is_never_cut() {
    check_ready(
        "call c1 4002
         up c1
         ann accept
         page ann off
         +300s
         page ann on
         +300s",
        expect![[r#"
            call c1 4002
                started 4002 Zh
                joined c1 Customer
                → answer c1
                → resolve customer
            up c1
                answered c1
                node 0 in seg1
                node 0 exit Next
                → room1 v1: play1→c1 play1[music ∞]
                queued sales seg2
                offered offer1 to ann OnlyEligible of 1 idle 0s
            ann accept
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1
                → ok
            page ann off
            +300s
                (agent_grace)
            page ann on
            +300s
        "#]],
    );
}

#[test]
fn a_phone_that_dies_after_the_grace_is_the_end() {
    check_ready(
        "call c1 4002
         up c1
         ann accept
         page ann off
         +60s
         phone ann off",
        expect![[r#"
            call c1 4002
                started 4002 Zh
                joined c1 Customer
                → answer c1
                → resolve customer
            up c1
                answered c1
                node 0 in seg1
                node 0 exit Next
                → room1 v1: play1→c1 play1[music ∞]
                queued sales seg2
                offered offer1 to ann OnlyEligible of 1 idle 0s
            ann accept
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1
                → ok
            page ann off
            +60s
                (agent_grace)
            phone ann off
                ann device off
                held device lost
                left ann.on by Network Unreachable
                → room1 v3: play2→c1 play2[music ∞]
                handling over handling1 AgentLost
                ann signed out GraceExpired
                → room1 v4: play2→c1 play2[music ∞]
                queued sales seg2 front NobodySignedIn
        "#]],
    );
}

#[test]
fn a_closed_browser_in_wrap_up() {
    check_ready(
        "call c1 4002
         up c1
         ann accept
         gone c1
         +10s
         page ann off
         phone ann off
         +31s",
        expect![[r#"
            call c1 4002
                started 4002 Zh
                joined c1 Customer
                → answer c1
                → resolve customer
            up c1
                answered c1
                node 0 in seg1
                node 0 exit Next
                → room1 v1: play1→c1 play1[music ∞]
                queued sales seg2
                offered offer1 to ann OnlyEligible of 1 idle 0s
            ann accept
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1
                → ok
            gone c1
                handling over handling1 CustomerHungUp
                left ann.on by Customer HungUp
                wrap-up 30s
                left c1 by Customer HungUp
                → close room1
            +10s
            page ann off
            phone ann off
                ann device off
            +31s
                (wrap_up)
                wrap-up over DeadlinePassed
                ended by Customer HungUp
                (agent_grace)
                ann signed out GraceExpired
        "#]],
    );
}

#[test]
fn an_idle_agent_whose_page_is_gone_is_offered_nothing() {
    check_ready(
        "page ann off
         call c1 4002
         up c1
         page ann on",
        expect![[r#"
            page ann off
            call c1 4002
                started 4002 Zh
                joined c1 Customer
                → answer c1
                → resolve customer
            up c1
                answered c1
                node 0 in seg1
                node 0 exit Next
                → room1 v1: play1→c1 play1[music ∞]
                queued sales seg2 NobodyReady
            page ann on
                offered offer1 to ann OnlyEligible of 1 idle 0s
        "#]],
    );
}

#[test]
fn the_customer_hangs_up_while_the_agent_is_away() {
    check_ready(
        "call c1 4002
         up c1
         ann accept
         phone ann off
         gone c1
         phone ann 2",
        expect![[r#"
            call c1 4002
                started 4002 Zh
                joined c1 Customer
                → answer c1
                → resolve customer
            up c1
                answered c1
                node 0 in seg1
                node 0 exit Next
                → room1 v1: play1→c1 play1[music ∞]
                queued sales seg2
                offered offer1 to ann OnlyEligible of 1 idle 0s
            ann accept
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1
                → ok
            phone ann off
                ann device off
                held device lost
                left ann.on by Network Unreachable
                → room1 v3: play2→c1 play2[music ∞]
            gone c1
                handling over handling1 CustomerHungUp
                wrap-up 30s
                left c1 by Customer HungUp
                → close room1
            phone ann 2
                ann device on
        "#]],
    );
}

#[test]
fn held_by_the_agent_stays_held_through_a_reload() {
    check_ready(
        "call c1 4002
         up c1
         ann accept
         ann hold
         phone ann off
         ann resume
         phone ann 2
         ann resume",
        expect![[r#"
            call c1 4002
                started 4002 Zh
                joined c1 Customer
                → answer c1
                → resolve customer
            up c1
                answered c1
                node 0 in seg1
                node 0 exit Next
                → room1 v1: play1→c1 play1[music ∞]
                queued sales seg2
                offered offer1 to ann OnlyEligible of 1 idle 0s
            ann accept
                offer over offer1 Accepted
                left queue seg2 Answered
                handling handling1 ann
                joined ann.on Agent
                → room1 v2: c1→ann.on ann.on→c1
                → ok
            ann hold
                held
                → room1 v3: play2→c1 play2[music ∞]
                → ok
            phone ann off
                ann device off
                left ann.on by Network Unreachable
                → room1 v4: play2→c1 play2[music ∞]
            ann resume
                → refused NoDevice
            phone ann 2
                ann device on
                joined ann.2 Agent
                → room1 v5: play2→c1 play2[music ∞]
            ann resume
                resumed
                → room1 v6: c1→ann.2 ann.2→c1
                → ok
        "#]],
    );
}

#[test]
fn nobody_there_at_all() {
    check(
        "ann sign_in
         +31s",
        expect![[r#"
            ann sign_in
                ann signed in
                → ok
            +31s
                (agent_grace)
                ann signed out GraceExpired
        "#]],
    );
}

#[test]
fn a_page_without_a_phone_may_stay() {
    check(
        "ann sign_in
         +1s
         page ann on
         +300s
         page ann off
         +31s",
        expect![[r#"
            ann sign_in
                ann signed in
                → ok
            +1s
            page ann on
            +300s
            page ann off
            +31s
                (agent_grace)
                ann signed out GraceExpired
        "#]],
    );
}
