//! The settings of one tenant as one value.

use domain::Settings;
use domain::screening::ScreeningRules;
use domain::settings::{Agent, Site};
use sqlx::Connection;

use super::agents::with_links;
use super::calendars::find_calendars;
use super::catalogue::find_skills;
use super::code_lists::{find_dispositions, find_not_ready_reasons};
use super::devices::find_devices;
use super::flows::find_flows;
use super::mobiles::find_mobiles;
use super::number_lists::find_entries;
use super::outbound::find_outbound_plan;
use super::queues::find_queues;
use super::recording_policy::find_recording_policy;
use super::rows::Columns;
use super::screening_policy::find_policy;
use super::sites::find_sites;
use super::supervision_policy::find_supervision_policy;
use super::telephony::find_numbers;
use super::users::user;
use crate::{AgentRecord, CodeRecord, Scope, Store, StoreError};

fn agent(record: AgentRecord) -> Agent {
    Agent {
        id: record.id(),
        name: record.user.name,
        extension: record.user.extension.unwrap_or_default(),
        role: record.user.role,
        queues: record.queues,
        skills: record.skills,
        site: record.user.site,
        team: record.user.team,
    }
}

fn site(site: crate::Site) -> Site {
    let is_bounded = !site.address_ranges.is_empty();
    Site { id: site.id, name: site.name, is_bounded, calls_max: site.calls_max }
}

fn codes<T>(records: Vec<CodeRecord<T>>) -> Vec<T> {
    records.into_iter().map(|record| record.code).collect()
}

impl Store {
    /// Everything a floor of the tenant decides by, read in one transaction; the scope's reach does not matter.
    pub async fn load_settings(&self, scope: &Scope) -> Result<Settings, StoreError> {
        let scope = &Scope::system(scope.tenant);
        let mut connection = self.business.read().await?;
        let mut tx = connection.begin().await?;
        let row = sqlx::query("SELECT time_zone, settings_version FROM tenant WHERE id = $1")
            .bind(scope.tenant.0)
            .fetch_optional(&mut *tx)
            .await?
            .ok_or(StoreError::NotFound("tenant"))?;
        let rows = sqlx::query(
            "SELECT * FROM user_account WHERE tenant_id = $1 AND extension IS NOT NULL AND enabled = 1 ORDER BY id",
        )
        .bind(scope.tenant.0)
        .fetch_all(&mut *tx)
        .await?;
        let users = rows.iter().map(user).collect::<Result<Vec<_>, _>>()?;
        let agents = with_links(&mut tx, scope, users).await?;
        Ok(Settings {
            version: row.count("settings_version")?,
            tenant: scope.tenant,
            time_zone: row.text("time_zone")?,
            numbers: find_numbers(&mut tx, scope).await?,
            flows: find_flows(&mut tx, scope).await?,
            calendars: find_calendars(&mut tx, scope).await?.into_iter().map(|record| record.calendar).collect(),
            queues: find_queues(&mut tx, scope, None).await?.into_iter().map(|record| record.queue).collect(),
            skills: find_skills(&mut tx, scope).await?,
            agents: agents.into_iter().map(agent).collect(),
            not_ready_reasons: codes(find_not_ready_reasons(&mut tx, scope).await?),
            dispositions: codes(find_dispositions(&mut tx, scope).await?),
            sites: find_sites(&mut tx, scope).await?.into_iter().map(site).collect(),
            devices: find_devices(&mut tx, scope).await?.into_iter().map(|record| record.device).collect(),
            mobiles: find_mobiles(&mut tx, scope, None).await?,
            outbound: find_outbound_plan(&mut tx, scope.tenant).await?.plan,
            screening: ScreeningRules {
                entries: find_entries(&mut tx, scope).await?,
                policy: find_policy(&mut tx, scope).await?.policy,
            },
            recording: find_recording_policy(&mut tx, scope).await?.policy,
            supervision: find_supervision_policy(&mut tx, scope).await?.policy,
        })
    }
}
