//! Every limit of the API, by name. Each says why it has its size and what happens beyond it.

use std::time::Duration;

/// Body of an ordinary request: the largest lawful one is a customer with 16 KiB of own fields. Beyond: 413.
pub const BODY_BYTES_MAX: usize = 64 * 1024;

/// Body with a whole plan of outbound calls: 200 rules with a hundred beginnings and fifty people each. Beyond: 413.
pub const OUTBOUND_PLAN_BYTES_MAX: usize = 1024 * 1024;

/// Characters of the reason for a hold, an erasure or a download. Beyond: validation problem.
pub const REASON_CHARS_MAX: usize = 500;

/// Entries on a page of a list when the client does not say.
pub const PAGE_DEFAULT: u32 = 50;

/// Entries on a page of a list. Beyond: validation problem.
pub const PAGE_MAX: u32 = 200;

/// Calls of a site at once, least and most: ten thousand is what a node carries in all. Beyond: validation problem.
pub const SITE_CALLS: (u32, u32) = (1, 10_000);

/// SDP of a browser with one audio section is about 2 KiB; many network cards make it longer. Beyond: `bad_sdp`.
pub const SDP_BYTES_MAX: usize = 32 * 1024;

/// Passwords being hashed at one moment: each takes 19 MiB and tens of milliseconds of one core. Beyond: wait.
pub const HASHES_AT_ONCE_MAX: usize = 2;

/// Requests waiting for a hash: beyond, 503, so that a flood of sign-ins cannot pile up.
pub const HASHES_WAITING_MAX: usize = 64;

/// Sign-ins from one address in a burst. Successful ones are given back. Beyond: 429.
pub const SIGN_IN_BURST: u32 = 20;

/// One more sign-in from the address after this long.
pub const SIGN_IN_REFILL: Duration = Duration::from_secs(3);

/// Visitors' calls from one address in a burst. Beyond: 429.
pub const VISITOR_CALL_BURST: u32 = 10;

/// One more visitor's call from the address after this long.
pub const VISITOR_CALL_REFILL: Duration = Duration::from_secs(6);

/// Addresses a rate limiter remembers. Beyond: those that are full again are forgotten, then the oldest.
pub const ADDRESSES_MAX: usize = 10_000;

/// Parts of a waveform when the client does not say: about one for each pixel of a wide window's half.
pub const WAVEFORM_POINTS_DEFAULT: usize = 800;

/// Parts of a waveform. Beyond: validation problem.
pub const WAVEFORM_POINTS_MAX: usize = 4_000;

/// Centres one user name is looked up in when signing in.
pub const CREDENTIALS_MAX: usize = 4;

/// Characters of a password, 10 at least. Beyond the most, a password could keep the hash function busy.
pub const PASSWORD_CHARS_MIN: usize = 10;
/// See [`PASSWORD_CHARS_MIN`].
pub const PASSWORD_CHARS_MAX: usize = 128;

/// Names of parties, customers and flows kept in memory for the live views. Beyond: all are forgotten and read again.
pub const NAMES_KEPT_MAX: usize = 20_000;

/// A customer's name may be this old in live views when it was changed by another process.
pub const NAMES_AGE_MAX: Duration = Duration::from_secs(30);

/// The version of the settings is looked up at most this often.
pub const SETTINGS_AGE_MAX: Duration = Duration::from_secs(1);

/// A list waits this long for the projection to catch up with what the live view shows.
pub const PROJECTION_WAIT_MAX: Duration = Duration::from_millis(200);

/// A session ends this long after it began, whatever happens.
pub const SESSION_LIFETIME: Duration = Duration::from_secs(12 * 3600);

/// Idempotency keys are 1–128 visible ASCII characters. Beyond: validation problem.
pub const IDEMPOTENCY_KEY_CHARS_MAX: usize = 128;

/// Answers above this are not kept for replay; no command answers more.
pub const REPLAY_BYTES_MAX: usize = 64 * 1024;

/// Answers are kept for replay this long: longer than any client tries again.
pub const REPLAY_KEPT: Duration = Duration::from_secs(24 * 3600);

/// A request must be answered within this; a floor that hangs must not hold the client. Beyond: 503.
pub const REQUEST_TIME_MAX: Duration = Duration::from_secs(20);

/// The request line and headers must arrive within this (slow-loris). Beyond: the connection is closed.
pub const HEADER_READ_TIME_MAX: Duration = Duration::from_secs(10);

/// After the signal to stop, open requests get this long.
pub const SHUTDOWN_GRACE: Duration = Duration::from_secs(5);

/// Characters of a person's, queue's or skill's name: what fits on a row.
pub const NAME_CHARS_MAX: usize = 60;

/// Characters of a user name, least and most.
pub const USERNAME_CHARS: (usize, usize) = (2, 40);

/// Digits of an agent number, least and most.
pub const EXTENSION_CHARS: (usize, usize) = (2, 8);

/// Characters of a SIP phone's password: 100 bits, and still typed on a keypad once.
pub const DEVICE_PASSWORD_CHARS: usize = 20;

/// Characters typed as a number to dial: the digits of the longest and room between them.
pub const DIALLED_CHARS_MAX: usize = 64;

/// Rules of one plan of outbound calls: a longer list is none anybody reads.
pub const OUTBOUND_RULES_MAX: usize = 200;

/// Trunks a plan may speak of: ten times what one node has.
pub const OUTBOUND_TRUNKS_MAX: usize = 100;

/// Characters of the name of a rule.
pub const RULE_NAME_CHARS: (usize, usize) = (1, 100);

/// Teams, or agents, one rule is for; for more it is by role.
pub const WHOM_MAX: usize = 500;

/// Calls a cap may count. 0 is a rule that denies, and no cap.
pub const CALLS_CAP: (u32, u32) = (1, 1_000_000);

/// Different numbers of an alarm; hundreds in a window are one whatever is set.
pub const ALARM_DISTINCT: (u32, u32) = (1, 1_000);

/// The window of an alarm, seconds: a day at most, because what was called is remembered for as long.
pub const ALARM_WITHIN_S: (u32, u32) = (1, 86_400);

/// Talk of a rule on a day, seconds: that of a hundred agents around the clock at most.
pub const TALK_PER_DAY_S: (u32, u32) = (1, 8_640_000);

/// Rewritings of one trunk: as many as there are countries somebody has a tariff for.
pub const REWRITES_MAX: usize = 50;

/// Beginnings of numbers of one rule: a longer list is none anybody reads.
pub const PREFIXES_MAX: usize = 200;

/// Characters of one prefix, the longest as long as a number.
pub const PREFIX_CHARS: (usize, usize) = (1, 24);

/// Characters of a customer's or company's name.
pub const CUSTOMER_NAME_CHARS_MAX: usize = 100;

/// Numbers of one customer.
pub const CUSTOMER_NUMBERS_MAX: usize = 20;

/// Characters of a number as typed: E.164 has 15 digits, people add signs.
pub const NUMBER_CHARS_MAX: usize = 40;

/// Characters of what a number is.
pub const NUMBER_LABEL_CHARS_MAX: usize = 40;

/// A customer's own fields as JSON.
pub const CUSTOM_BYTES_MAX: usize = 16 * 1024;

/// Characters of the note of an entry of a list of numbers.
pub const LIST_NOTE_CHARS_MAX: usize = 2_000;

/// Days a caller may be blocked for; who means longer means for ever.
pub const BLOCK_DAYS: (u32, u32) = (1, 3_650);

/// Characters of a number of ours: E.164 has 16 with its `+`, names of registrations more.
pub const OWN_NUMBER_CHARS_MAX: usize = 60;

/// Outcomes, and reasons for not being ready, those out of use among them: nobody chooses from a longer list.
pub const CODES_MAX: usize = 100;

/// Characters of a search.
pub const SEARCH_CHARS_MAX: usize = 100;

/// Ids in one list of a setting: a queue with more agents is several queues.
pub const LINKS_MAX: usize = 500;

/// Sounds spoken on entry to a queue.
pub const ENTRY_SOUNDS_MAX: usize = 10;

/// Characters of the name of a sound.
pub const SOUND_CHARS_MAX: usize = 64;

/// How long an offer may ring.
pub const RING_TIMEOUT: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(300));

/// How long wrap-up may last.
pub const WRAP_UP: (Duration, Duration) = (Duration::ZERO, Duration::from_secs(3600));

/// How long a customer may be left waiting, where there is a limit.
pub const WAIT_MAX: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(86_400));

/// Most customers waiting in one queue, where there is a limit; more than the floor takes would be no limit.
pub const WAITING_MAX: (u32, u32) = (1, 2_000);

/// Service-level targets.
pub const SERVICE_LEVEL_TARGET: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(3600));

/// Characters of a note on a task.
pub const TASK_NOTE_CHARS_MAX: usize = 4_000;

/// Characters of a note.
pub const NOTE_CHARS_MAX: usize = 4_000;

/// One frame of the live stream from a client. Beyond: close 1009.
pub const LIVE_FRAME_BYTES_MAX: usize = 16 * 1024;

/// What is read from a live connection at once: clients send little, and every look at the socket clears as much memory.
pub const LIVE_READ_BUFFER_BYTES: usize = 2 * 1024;

/// Bytes of updates waiting in one connection. An update of 1,000 events is about 500 KiB. Beyond: the connection is closed.
pub const LIVE_WRITE_BUFFER_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Messages a client may send in one second; a subscription is one. Beyond: close 1008.
pub const LIVE_MESSAGES_PER_SECOND_MAX: u32 = 20;

/// Topics one connection may follow; a centre has fewer queues on a screen. Beyond: error `overload` for the topic.
pub const LIVE_TOPICS_MAX: usize = 64;

/// Length of a topic's name.
pub const LIVE_TOPIC_CHARS_MAX: usize = 40;

/// Live connections of one account: ten tabs on several screens. Beyond: 429.
pub const LIVE_CONNECTIONS_PER_USER_MAX: usize = 16;

/// Live connections in all. Beyond: 503.
pub const LIVE_CONNECTIONS_MAX: usize = 2_000;

/// A peer that takes no bytes for this long is closed with 1013 and may resume.
pub const LIVE_WRITE_TIME_MAX: Duration = Duration::from_secs(10);

/// A ping goes out this often; two without any sign of life close the connection.
pub const LIVE_PING_PERIOD: Duration = Duration::from_secs(10);

/// `floor` is told at most this often.
pub const LIVE_FLOOR_PERIOD: Duration = Duration::from_secs(1);

/// Events told again on resume; beyond, the state stands alone: it is whole.
pub const LIVE_RESUME_EVENTS_MAX: u32 = 1_000;

/// Events in one update; beyond, the oldest are left out: the state is whole.
pub const LIVE_UPDATE_EVENTS_MAX: usize = 1_000;

/// A live connection asks this often whether its session still stands, for revocations made elsewhere.
pub const LIVE_SESSION_CHECK_PERIOD: Duration = Duration::from_secs(5);

/// Intervals of one weekday or date: a quarter of an hour apart is finer than any rota.
pub const HOURS_INTERVALS_PER_DAY_MAX: usize = 24;

/// Intervals of a weekly pattern.
pub const HOURS_INTERVALS_MAX: usize = 7 * HOURS_INTERVALS_PER_DAY_MAX;

/// Dates of one exception: a year.
pub const EXCEPTION_DAYS_MAX: i64 = 366;

/// Characters of the name of a time zone; the longest of IANA has 32.
pub const TIME_ZONE_CHARS_MAX: usize = 60;

/// Refusals of one account that are written to the audit trail one by one in a window; those beyond are counted and the
/// count is written when the window is over. A person clicks a closed door a few times; a program that does so more
/// often says nothing more by it.
pub const DENIALS_AUDITED_MAX: u32 = 20;
/// See [`DENIALS_AUDITED_MAX`].
pub const DENIALS_WINDOW: Duration = Duration::from_secs(600);
/// Counts of windows that are over are written at least this often.
pub const DENIALS_SWEEP_PERIOD: Duration = Duration::from_secs(60);
/// Accounts whose refusals are counted at one moment. Beyond: the log only.
pub const DENIALS_ACCOUNTS_MAX: usize = 10_000;

/// Characters of a filter of the audit trail.
pub const AUDIT_FILTER_CHARS_MAX: usize = 60;

/// Wrong passwords of one account without a wait: people mistype. From then on a second, doubling.
pub const SIGN_IN_FAILURES_FREE: u32 = 3;

/// Wrong passwords of one account until it is locked: at most ten guesses in two minutes, then one each quarter of an hour.
pub const SIGN_IN_FAILURES_MAX: u32 = 10;

/// Wrong passwords of one account are forgotten after this long without another.
pub const SIGN_IN_FAILURES_FORGOTTEN: Duration = Duration::from_secs(3600);

/// Wrong passwords from one address, of whatever accounts, until it is locked: an office of 200 that comes to work mistypes less.
pub const SIGN_IN_ADDRESS_FAILURES_MAX: u32 = 50;

/// The time within which they count.
pub const SIGN_IN_ADDRESS_WINDOW: Duration = Duration::from_secs(900);

/// How long a lock lasts.
pub const LOCKOUT_TIME: Duration = Duration::from_secs(900);

/// Counts of failures kept, and pairs of account and address that know each other. Beyond: those that bar least are forgotten.
pub const LOCKOUT_ENTRIES_MAX: usize = 10_000;

/// The certificate's files are looked at this often; SIGHUP makes it at once.
pub const CERTIFICATE_LOOK_PERIOD: Duration = Duration::from_secs(10);
