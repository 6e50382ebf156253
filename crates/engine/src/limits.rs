//! Every limit of the floor, with its reason and what happens beyond it.

use std::time::Duration;

/// How long an agent's browser may stay away before the agent is signed out; a page reload takes seconds, a patient customer
/// waits about this long with music.
pub const AGENT_GRACE: Duration = Duration::from_secs(30);

/// How long the place of a customer whose line was lost is kept: time to notice, find the number and call again.
pub const PLACE_KEPT: Duration = Duration::from_secs(5 * 60);

/// Places kept at once, of one floor: as many as wait in one full queue. Beyond: the place is lost with the line.
pub const PLACES_KEPT_MAX: usize = WAITING_PER_QUEUE_MAX;

/// How long an agent hears themselves at most: enough to say a sentence and listen, and a phone that was forgotten is free again.
pub const ECHO_MAX: Duration = Duration::from_secs(30);

/// Live conversations of one floor: forty times the largest centre one node serves. Beyond: the leg is refused with `Overload`.
pub const CONVERSATIONS_MAX: usize = 20_000;

/// Customers waiting in one queue: hours of work for a hundred agents, more only keeps people on the line for nothing.
/// Beyond: the enqueue node fails and the call ends with `Overload`.
pub const WAITING_PER_QUEUE_MAX: usize = 2_000;

/// Nodes one input may lead a caller through without waiting: four times the longest flow in use. A flow that loops without waiting
/// would hold the floor. Beyond: the flow fails.
pub const FLOW_STEPS_PER_INPUT_MAX: u32 = 64;

/// Keys kept for menus ahead: nobody types further blindly. Beyond: the key is dropped.
pub const KEYS_BUFFERED_MAX: usize = 16;

/// How long a caller may hear us without an answer: proxies on the way give a call up after three minutes (RFC 3261 §16.6, timer C), and the
/// answer has to be there before. Beyond: the call is answered.
pub const EARLY_MEDIA_MAX: Duration = Duration::from_secs(170);

/// How long an attempt to call somebody may take, the agent's own phone included: a network gives up after about a minute by itself.
pub const DIAL_MAX: Duration = Duration::from_secs(75);

/// How long whoever answers an agent's number outside may take to press the key: the prompt in both languages and some seconds of thought. A
/// mailbox that greets and records never presses it. Beyond: the call is let go and counts as unanswered.
pub const MOBILE_KEY_WAIT: Duration = Duration::from_secs(10);

/// What is said to whoever answers an agent's number outside, in each language in turn.
pub const TAKE_CALL_SOUND: &str = "take-call";

/// How long a tone that ends a call goes on being heard once it is recognised: the agent hears it, too, and knows.
pub const TONE_HEARD: Duration = Duration::from_secs(2);

/// How long a call may be silent before its answer, or from its answer on: the longest pause a network makes before it rings is half of it.
pub const CALL_SILENCE_MAX: Duration = Duration::from_secs(20);

/// After-call work of a conversation that came from no queue.
pub const OUTBOUND_WRAP_UP: Duration = Duration::from_secs(60);

/// What an agent hears while the far side rings, unless the far side sends its own.
pub const RINGBACK_SOUND: &str = "ringback-cn";

/// Characters kept of a calling or called address: an E.164 number has 15 digits, an address may be longer. Beyond: cut.
pub const PARTY_CHARS_MAX: usize = 256;

/// Shortest wait for a key: a menu set to less would spin a caller through its attempts.
pub const MENU_TIMEOUT_MIN: Duration = Duration::from_millis(500);

/// How long a colleague's desk rings for a customer who is handed over.
pub const TRANSFER_RING: Duration = Duration::from_secs(20);

/// How long a customer who comes back from a flow waits for the agent who sent them there and has other work: about one short call.
/// Beyond: the customer waits in front of the queue they came from.
pub const RETURN_WAIT: Duration = Duration::from_secs(60);

/// Customers parked at once, of one floor: more than a hall can call out. Beyond: parking is refused with `Overload`.
pub const PARKED_MAX: usize = 200;

/// Customers with somebody outside and no agent at once, of one floor: each holds two lines of a carrier, and no agent hears whether they still
/// talk. Beyond: handing over to a number outside is refused with `Overload`.
pub const FORWARDED_MAX: usize = 200;

/// How long such a call may last: longer than people talk, so that one that both sides forgot ends before the bill is noticed.
pub const FORWARDED_TALK_MAX: Duration = Duration::from_secs(4 * 3600);

/// Who talks in one conversation at most, the customer included: more do not take turns any more, and a plan of so many is still small.
/// Beyond: adding somebody, or asking them, is refused with `Overload`. Emergency numbers are not counted.
pub const TALKERS_MAX: usize = 8;

/// Shortest message that is kept: in less nobody says a word.
pub const MESSAGE_MIN: Duration = Duration::from_secs(1);

/// Shortest ring: less cannot be answered by anybody.
pub const RING_MIN: Duration = Duration::from_secs(1);

/// How long media may take to say how a leg sounded that has left: a few milliseconds, and seconds when the machine is out of breath.
pub const RATING_WAIT: Duration = Duration::from_secs(60);

/// Legs waited for at once: as many as all conversations at the limit lose in a moment. Beyond: the sum is left out of the ledger.
pub const UNRATED_MAX: usize = 2 * CONVERSATIONS_MAX;
