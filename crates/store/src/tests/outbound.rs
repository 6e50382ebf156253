//! Plans of outbound calls: kept as they are, whatever of what they name is gone, and made out of the single rule of older files.

use domain::outbound::{
    Alarm, Allowance, Caps, Channels, DestinationRule, OutboundPlan, OutboundTrunk, Rewrite, Says, ShownNumber, Whom,
};
use domain::{DestinationRuleId, NumberId, Role, TrunkId};

use super::*;

/// A plan that says something in every field.
fn plan(centre: &Centre) -> OutboundPlan {
    let caps = |minute, day| Caps { per_minute: Some(minute), per_day: Some(day) };
    let alarm = |distinct| Some(Alarm { distinct, within: Duration::from_secs(600) });
    let allowance = Allowance {
        trunks: vec![centre.trunk.id],
        shown: ShownNumber::Fixed(centre.number.id),
        caps: caps(5, 50),
        talk_per_day: Some(Duration::from_secs(3_600)),
        watched: true,
        alarm: alarm(7),
    };
    let whom = Whom { roles: vec![Role::Supervisor], teams: vec![centre.team.id], agents: vec![centre.agent.id()] };
    let prefixes = vec!["00".to_owned(), "+".to_owned()];
    let id = DestinationRuleId(0);
    OutboundPlan {
        trunks: vec![OutboundTrunk {
            site: Some(centre.site.id),
            channels: Channels { total: Some(30), outbound: Some(20), inbound: Some(25) },
            caps: caps(10, 1_000),
            withholds: true,
            rewrites: vec![Rewrite { begins: "+86".to_owned(), becomes: "0".to_owned() }],
            ..OutboundTrunk::plain(centre.trunk.id, centre.trunk.name.clone())
        }],
        rules: vec![
            DestinationRule { id, name: "abroad".to_owned(), prefixes, whom, says: Says::Allow(allowance) },
            DestinationRule {
                id,
                name: "dear".to_owned(),
                prefixes: vec!["+8816".to_owned()],
                whom: Whom::default(),
                says: Says::Deny,
            },
        ],
        agent_caps: caps(20, 200),
        agent_alarm: alarm(20),
        number: Some(centre.number.id),
        ..OutboundPlan::default()
    }
}

/// Plans that each name one thing of a centre.
pub(super) fn plans_naming(centre: &Centre) -> Vec<OutboundPlan> {
    let full = plan(centre);
    let empty = OutboundPlan::default;
    let of = |change: &dyn Fn(&mut DestinationRule)| {
        let mut rule = full.rules[1].clone();
        change(&mut rule);
        OutboundPlan { rules: vec![rule], ..empty() }
    };
    let allow = |trunks: Vec<TrunkId>, shown| {
        of(&|rule| {
            let Says::Allow(all) = full.rules[0].says.clone() else { return };
            rule.says = Says::Allow(Allowance { trunks: trunks.clone(), shown, ..all });
        })
    };
    vec![
        OutboundPlan { number: Some(centre.number.id), ..empty() },
        OutboundPlan { trunks: full.trunks.clone(), ..empty() },
        of(&|rule| rule.whom.teams = vec![centre.team.id]),
        of(&|rule| rule.whom.agents = vec![centre.agent.id()]),
        allow(vec![centre.trunk.id], ShownNumber::Usual),
        allow(Vec::new(), ShownNumber::Fixed(centre.number.id)),
    ]
}

#[tokio::test]
async fn a_plan_comes_back_as_it_was_put_and_new_rules_have_ids() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let (scope, now) = (&centre.scope, at(5));
    let first = store.outbound_plan(scope).await.unwrap();
    let plain = vec![OutboundTrunk::plain(centre.trunk.id, centre.trunk.name.clone())];
    assert_eq!(first.plan, OutboundPlan { trunks: plain, ..OutboundPlan::default() });
    assert_eq!(first.version, 0);
    let put = store.put_outbound_plan(scope, now, 0, &plan(&centre)).await.unwrap();
    assert_eq!(put.version, 1);
    let [one, other] = put.plan.rules.as_slice() else { panic!("{put:?}") };
    assert!(one.id.0 > 0 && other.id.0 > 0 && one.id != other.id);
    let mut expected = plan(&centre);
    expected.rules.iter_mut().zip(&put.plan.rules).for_each(|(rule, kept)| rule.id = kept.id);
    assert_eq!(put.plan, expected);
    assert_eq!(store.load_settings(scope).await.unwrap().outbound, expected);
    let stale = store.put_outbound_plan(scope, now, 0, &plan(&centre)).await;
    assert!(matches!(stale, Err(StoreError::Conflict(_))));
    let again = store.put_outbound_plan(scope, now, 1, &put.plan).await.unwrap();
    assert_eq!((again.version, again.plan), (2, put.plan), "ids stay");
    let trail = format!("{:?}", store.audit_trail(scope, Page::first(200)).await.unwrap());
    assert!(trail.contains("outbound_plan.updated"), "{trail}");
}

#[tokio::test]
async fn what_no_plan_may_hold_is_refused() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let put = async |change: &dyn Fn(&mut OutboundPlan)| {
        let mut plan = plan(&centre);
        change(&mut plan);
        store.put_outbound_plan(&centre.scope, at(5), 0, &plan).await
    };
    for bad in ["", "0a", "0 1", "++1"] {
        let refused = put(&|plan| plan.rules[0].prefixes = vec![bad.to_owned()]).await;
        assert!(matches!(refused, Err(StoreError::Invalid("prefixes"))), "{bad:?}");
    }
    let refused = put(&|plan| plan.rules[1].prefixes.clear()).await;
    assert!(matches!(refused, Err(StoreError::Invalid("prefixes"))));
    let refused = put(&|plan| plan.rules = vec![plan.rules[1].clone(); 201]).await;
    assert!(matches!(refused, Err(StoreError::Invalid("rules"))));
}

/// A team that is gone must not leave a rule for everybody, nor stand in the way of a change.
#[tokio::test]
async fn a_plan_may_go_on_naming_what_is_gone() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let (scope, now) = (&centre.scope, at(5));
    let put = store.put_outbound_plan(scope, now, 0, &plan(&centre)).await.unwrap();
    let body = "UPDATE outbound_plan SET body = REPLACE(REPLACE(body, $1, '99'), $2, '98')";
    let mut tx = store.business.tamper().await;
    let (team, number) = (centre.team.id.0.to_string(), centre.number.id.0.to_string());
    sqlx::query(body).bind(team).bind(number).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    let mut found = store.outbound_plan(scope).await.unwrap().plan;
    assert_eq!(found.rules[0].whom.teams, [domain::TeamId(99)]);
    assert_eq!(found.number, Some(NumberId(98)));
    found.agent_alarm = None;
    let again = store.put_outbound_plan(scope, now, put.version, &found).await.unwrap();
    assert_eq!(again.plan, found);
    found.rules[0].whom.teams.push(domain::TeamId(97));
    let refused = store.put_outbound_plan(scope, now, again.version, &found).await;
    assert!(matches!(refused, Err(StoreError::NotFound(_))), "another that is not there");
}
