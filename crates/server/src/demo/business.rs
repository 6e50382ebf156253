//! Queues, skills, codes and customers of the example centre.

use domain::{QueueId, SiteId, SkillId, TeamId, Utc};
use store::{CustomerDraft, CustomerLevel, CustomerNumberDraft, QueueDraft, Scope, Store, StoreError};

use crate::starter;

/// Customers waiting in one queue of the example before the next one is asked for a message.
const WAITING_MAX: u32 = 50;

/// Where everything of the example belongs.
pub struct Place {
    pub site: SiteId,
    pub team: TeamId,
}

/// The queues, and the skill each asks for.
pub struct Queues {
    pub sales: QueueId,
    pub service: QueueId,
    pub complaints: QueueId,
    pub sales_skill: SkillId,
    pub service_skill: SkillId,
}

/// Makes skills, queues, outcomes and reasons.
pub async fn queues(store: &Store, scope: &Scope, now: Utc, place: &Place) -> Result<Queues, StoreError> {
    starter::codes(store, scope, now).await?;
    let sales_skill = store.create_skill(scope, now, "销售 Sales").await?.id;
    let service_skill = store.create_skill(scope, now, "售后 Service").await?.id;
    Ok(Queues {
        sales: queue(store, scope, now, place, "业务咨询 Sales", vec![sales_skill]).await?,
        service: queue(store, scope, now, place, "售后服务 Service", vec![service_skill]).await?,
        complaints: queue(store, scope, now, place, "投诉建议 Complaints", vec![service_skill]).await?,
        sales_skill,
        service_skill,
    })
}

async fn queue(
    store: &Store,
    scope: &Scope,
    now: Utc,
    place: &Place,
    name: &str,
    skills: Vec<SkillId>,
) -> Result<QueueId, StoreError> {
    let draft = QueueDraft {
        skills,
        waiting_max: Some(WAITING_MAX),
        team: Some(place.team),
        ..starter::queue_draft(name, place.site)
    };
    Ok(store.create_queue(scope, now, &draft).await?.queue.id)
}

/// Makes customers; the first is the one whose number the guide calls from.
pub async fn customers(store: &Store, scope: &Scope, now: Utc, place: &Place) -> Result<(), StoreError> {
    let rows = [
        ("张伟", CustomerLevel::Vip, "深圳蓝鲸科技有限公司", "13800138000"),
        ("李娜", CustomerLevel::Standard, "广州云山贸易有限公司", "13922223333"),
        ("王建国", CustomerLevel::Standard, "", "02088886666"),
        ("Emma Brown", CustomerLevel::Vip, "Northwind Traders", "+442079460123"),
    ];
    for (name, level, company, number) in rows {
        let draft = CustomerDraft {
            name: name.to_owned(),
            level,
            company: (!company.is_empty()).then(|| company.to_owned()),
            note: None,
            numbers: vec![CustomerNumberDraft { number: number.to_owned(), label: None }],
            custom: Default::default(),
            site: Some(place.site),
            team: None,
        };
        store.create_customer(scope, now, &draft).await?;
    }
    Ok(())
}
