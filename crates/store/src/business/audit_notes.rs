//! Audit rows of what happened without a change of a record: refusals and locks of signing in.

use domain::input::ForcedState;
use domain::outbound::Stopped;
use domain::{AgentId, ConversationId, Permission, SupervisionMode, UserId, Utc};
use serde_json::{Value, json};

use super::write::Audit;
use crate::{Scope, Store, StoreError};

/// Characters of what was refused; a route's pattern is shorter.
const WHAT_CHARS_MAX: usize = 200;

impl Store {
    /// The scope's person was refused a route or topic for want of a permission.
    pub async fn audit_denial(
        &self,
        scope: &Scope,
        now: Utc,
        what: &str,
        permission: Permission,
    ) -> Result<(), StoreError> {
        let what: String = what.chars().take(WHAT_CHARS_MAX).collect();
        let after = json!({ "what": what, "permission": permission.name() });
        self.change(scope, now).await?.commit(Audit::of("access.denied", who(scope), Value::Null, after)).await
    }

    /// The scope's person was refused `count` times more than the trail says one by one.
    pub async fn audit_denials_left_out(&self, scope: &Scope, now: Utc, count: u64) -> Result<(), StoreError> {
        let after = json!({ "count": count });
        self.change(scope, now).await?.commit(Audit::of("access.denied_more", who(scope), Value::Null, after)).await
    }

    /// Wrong passwords locked a person's account, or the address they were tried from, until a moment.
    pub async fn audit_sign_in_lock(
        &self,
        scope: &Scope,
        now: Utc,
        user: UserId,
        until: Utc,
        address: &str,
    ) -> Result<(), StoreError> {
        let after = json!({ "until_us": until.0, "address": address });
        self.change(scope, now).await?.commit(Audit::of("sign_in.locked", user, Value::Null, after)).await
    }

    /// The scope's person took a lock of somebody's account away.
    pub async fn audit_sign_in_unlock(&self, scope: &Scope, now: Utc, user: UserId) -> Result<(), StoreError> {
        self.change(scope, now).await?.commit(Audit::of("sign_in.unlocked", user, Value::Null, Value::Null)).await
    }

    /// The scope's person asks to hear an agent's talk, to end it, or to decide about the agent in another way. It is entered when it is asked
    /// for, and once more with `undone` when it was not done.
    pub async fn audit_intrusion(
        &self,
        scope: &Scope,
        now: Utc,
        target: AgentId,
        intrusion: Intrusion,
        undone: Option<Undone>,
    ) -> Result<(), StoreError> {
        let of = |conversation: ConversationId| json!({ "conversation_id": conversation.to_string() });
        let (action, mut after) = match intrusion {
            Intrusion::Supervised(conversation, mode) => {
                let id = conversation.to_string();
                ("agent.supervised", json!({ "conversation_id": id, "mode": mode_name(mode) }))
            }
            Intrusion::TakenOver(conversation) => ("agent.taken_over", of(conversation)),
            Intrusion::Released(conversation) => ("agent.released", of(conversation)),
            Intrusion::Assigned(conversation) => ("agent.assigned", of(conversation)),
            Intrusion::Forced(state) => ("agent.forced", state_of(state)),
        };
        undone.into_iter().for_each(|undone| undone.tell(&mut after));
        self.change(scope, now).await?.commit(Audit::of(action, target, Value::Null, after)).await
    }

    /// The scope's person asks to end a call that no agent is with; entered once more with `undone` when it was not done.
    pub async fn audit_conversation_end(
        &self,
        scope: &Scope,
        now: Utc,
        conversation: ConversationId,
        undone: Option<Undone>,
    ) -> Result<(), StoreError> {
        let mut after = Value::Null;
        undone.into_iter().for_each(|undone| undone.tell(&mut after));
        self.change(scope, now).await?.commit(Audit::of("conversation.ended", conversation, Value::Null, after)).await
    }
}

impl Store {
    /// The scope's person lets calls go on that an alarm stopped.
    pub async fn audit_outbound_release(&self, scope: &Scope, now: Utc, stopped: Stopped) -> Result<(), StoreError> {
        let object = match stopped {
            Stopped::Agent(agent) => agent.to_string(),
            Stopped::Rule(rule) => rule.to_string(),
        };
        self.change(scope, now).await?.commit(Audit::of("outbound.released", object, Value::Null, Value::Null)).await
    }
}

/// What a supervisor does to an agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intrusion {
    /// Hears a talk, or takes part in it.
    Supervised(ConversationId, SupervisionMode),
    /// Takes the customer of a talk over.
    TakenOver(ConversationId),
    /// Ends a talk.
    Released(ConversationId),
    /// Gives them a customer who waits.
    Assigned(ConversationId),
    /// Changes their presence.
    Forced(ForcedState),
}

/// How what was asked for came to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undone {
    /// The floor refused it: the code it was answered with.
    Refused(String),
    /// The floor did not answer in time; it may have been done.
    Unanswered,
}

impl Undone {
    fn tell(&self, after: &mut Value) {
        let (outcome, why) = match self {
            Undone::Refused(code) => ("refused", Some(code.as_str())),
            Undone::Unanswered => ("unanswered", None),
        };
        after["outcome"] = json!(outcome);
        if let Some(why) = why {
            after["why"] = json!(why);
        }
    }
}

fn state_of(state: ForcedState) -> Value {
    match state {
        ForcedState::Ready => json!({ "state": "ready" }),
        ForcedState::NotReady { reason: None } => json!({ "state": "not_ready" }),
        ForcedState::NotReady { reason: Some(reason) } => {
            json!({ "state": "not_ready", "reason_id": reason.to_string() })
        }
        ForcedState::SignedOut => json!({ "state": "signed_out" }),
    }
}

const fn mode_name(mode: SupervisionMode) -> &'static str {
    match mode {
        SupervisionMode::Listen => "listen",
        SupervisionMode::Whisper => "whisper",
        SupervisionMode::Barge => "barge",
    }
}

fn who(scope: &Scope) -> String {
    scope.user.map_or_else(String::new, |user| user.to_string())
}
