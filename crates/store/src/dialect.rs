//! Statements that are not common to SQLite, PostgreSQL and MariaDB. Written for SQLite; PostgreSQL takes them as they are, but for the
//! question marks of those that are sent in one text.

/// The first lease of a partition, for nobody yet.
pub(crate) const ADD_LEASE: &str = "INSERT INTO lease (partition, node, epoch, expires_us, last_seq) VALUES ($1, $2, 0, 0, 0) ON CONFLICT (partition) DO NOTHING";

/// Tells the lease where the chain ends; a row comes back only if the lease is still held.
pub(crate) const FENCE_BY_LEASE: &str =
    "UPDATE lease SET last_seq = ? WHERE partition = ? AND node = ? AND epoch = ? RETURNING partition";

/// Keeps the greater of the stored and the given id.
pub(crate) const RAISE_GREATEST_ID: &str = "INSERT INTO greatest_id (partition, id) VALUES (?, ?) \
    ON CONFLICT (partition) DO UPDATE SET id = excluded.id WHERE excluded.id > greatest_id.id";

/// Moves a consumer's cursor.
pub(crate) const SET_CURSOR: &str = "INSERT INTO cursor (consumer, partition, seq) VALUES ($1, $2, $3) \
    ON CONFLICT (consumer, partition) DO UPDATE SET seq = excluded.seq";

/// Agents took part in conversations: before their rows, and after them.
pub(crate) const ADD_CONVERSATION_AGENTS: [&str; 2] = [
    "INSERT INTO conversation_agent (tenant_id, conversation_id, agent_id) VALUES ",
    " ON CONFLICT (tenant_id, conversation_id, agent_id) DO NOTHING",
];

/// The rows of conversations, new or in place of the old ones: what stands before them, and after them.
pub(crate) const PUT_CONVERSATIONS: [&str; 2] = [
    "INSERT INTO conversation (tenant_id, id, partition, site_id, queue_id, agent_id, \
    customer_id, number_id, thread_id, parent_id, from_party, to_party, channel, direction, language, state, started_us, \
    answered_us, ended_us, wait_ms, talk_ms, hold_ms, wrap_up_ms, ended_by, end_reason, disposition_id, vip, \
    outbound_result, outbound_known_by, post_dial_delay_ms) VALUES ",
    " ON CONFLICT (tenant_id, id) DO UPDATE SET site_id = excluded.site_id, queue_id = excluded.queue_id, \
    agent_id = excluded.agent_id, customer_id = excluded.customer_id, state = excluded.state, \
    answered_us = excluded.answered_us, ended_us = excluded.ended_us, wait_ms = excluded.wait_ms, \
    talk_ms = excluded.talk_ms, hold_ms = excluded.hold_ms, wrap_up_ms = excluded.wrap_up_ms, \
    ended_by = excluded.ended_by, end_reason = excluded.end_reason, disposition_id = excluded.disposition_id, \
    vip = excluded.vip, outbound_result = excluded.outbound_result, \
    outbound_known_by = excluded.outbound_known_by, post_dial_delay_ms = excluded.post_dial_delay_ms",
];

/// The row of a recording that begins; one that is known stays as it is.
pub(crate) const ADD_RECORDING: &str = "INSERT INTO recording (tenant_id, id, partition, conversation_id, tracks, state, \
    started_us, gaps, gap_ms, recovered) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, 0) \
    ON CONFLICT (tenant_id, id) DO NOTHING";

/// Keeps a reply unless one is kept that is not over yet.
pub(crate) const KEEP_REPLY: &str = "INSERT INTO idempotency (tenant_id, user_id, idempotency_key, request_hash, status, \
    reply, expires_us) VALUES ($1, $2, $3, $4, $5, $6, $7) \
    ON CONFLICT (tenant_id, user_id, idempotency_key) DO UPDATE SET request_hash = excluded.request_hash, \
    status = excluded.status, reply = excluded.reply, expires_us = excluded.expires_us WHERE idempotency.expires_us <= $8";

/// How a leg sounded, unless it is kept already.
pub(crate) const KEEP_COURSE: &str = "INSERT INTO leg_course (tenant_id, conversation_id, leg_id, began_us, interval_ms, \
    mean_hundredths, least_hundredths, samples) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";

/// A task, unless there is one with the id already.
pub(crate) const ADD_TASK: &str = "INSERT INTO task (tenant_id, id, site_id, team_id, kind, state, party_id, customer_id, \
    number_id, queue_id, conversation_id, recording_id, length_ms, reason, due_us, custom, version, created_us, updated_us) \
    VALUES ($1, $2, $3, $4, $5, 'open', $6, $7, $8, $9, $10, $11, $12, $13, $14, '{}', 1, $15, $15) \
    ON CONFLICT (tenant_id, id) DO NOTHING";

/// A note, new or in place of the old one.
pub(crate) const PUT_NOTE: &str = "INSERT INTO conversation_note (tenant_id, conversation_id, text, updated_by, version, \
    created_us, updated_us) VALUES ($1, $2, $3, $4, $5, $6, $6) \
    ON CONFLICT (tenant_id, conversation_id) DO UPDATE SET text = excluded.text, updated_by = excluded.updated_by, \
    version = excluded.version, updated_us = excluded.updated_us";

/// A hold, new or with another reason.
pub(crate) const PUT_HOLD: &str = "INSERT INTO recording_hold (tenant_id, conversation_id, recording_id, reason, user_id, at_us) \
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, conversation_id, recording_id) \
    DO UPDATE SET reason = excluded.reason, user_id = excluded.user_id";

/// Keeps the later of the stored and the given end of an audit trail.
pub(crate) const RAISE_AUDIT_ANCHOR: &str = "INSERT INTO audit_anchor (tenant_id, seq, hash, anchored_us) \
    VALUES ($1, $2, $3, $4) ON CONFLICT (tenant_id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, \
    anchored_us = excluded.anchored_us WHERE excluded.seq > audit_anchor.seq";
