//! SIP phones of a farm: register, ring, answer, and wait for the end.

use tokio::time::Instant;

use super::DeviceAccount;
use super::signalling::{EXPIRES_S, Farm, Later, RENEWAL, Way};
use super::streams::{Keys, Side};
use crate::digest::{Account, Algorithm, prove};
use crate::message::{Message, Start, uri_of};
use crate::srtp::{Crypto, Master};

/// One phone.
#[derive(Debug)]
pub(super) struct Device {
    account: Account,
    call_id: String,
    sequence: u32,
    way: Way,
    /// The challenge to the REGISTER under way was answered.
    proved: bool,
    registered: bool,
    pub(super) refused: bool,
    /// When its last call ended, while callers were waiting.
    free_since: Option<Instant>,
}

impl Device {
    pub(super) fn new(account: &DeviceAccount, way: Way) -> Device {
        let call_id = format!("{}@farm-register", account.username);
        let DeviceAccount { username, password, realm: _ } = account.clone();
        let account = Account { username, password, algorithm: Algorithm::Md5 };
        let (proved, registered, refused) = (false, false, false);
        Device { account, call_id, sequence: 0, way, proved, registered, refused, free_since: None }
    }
}

/// A call at a phone.
#[derive(Debug)]
pub(super) struct DeviceCall {
    device: usize,
    invite: Message,
    tag: String,
    number: String,
    answered: bool,
    stream: u32,
    /// Our key as it stands in our answer, and the server's; of a call that is encrypted.
    keys: Option<(Crypto, Master)>,
}

impl Farm {
    pub(super) fn begin_registration(&mut self, index: usize) {
        self.send_register(index, None);
    }

    /// REGISTER, with the answer to `refusal` when there is one. `false` when that cannot be given.
    fn send_register(&mut self, index: usize, refusal: Option<&Message>) -> bool {
        let (tag, cnonce) = (self.wire.token(), self.wire.token());
        let Some(device) = self.devices.get_mut(index) else { return false };
        device.sequence += 1;
        device.proved = refusal.is_some();
        let user = &device.account.username;
        let (local, target, _, transport) = self.wire.ends(device.way);
        let (uri, aor) = (format!("sip:{target}"), format!("<sip:{user}@{target}>"));
        let mut register = Message::request("REGISTER", &uri)
            .with("Max-Forwards", "70")
            .with("From", format!("{aor};tag={tag}"))
            .with("To", &aor)
            .with("Call-ID", &device.call_id)
            .with("CSeq", format!("{} REGISTER", device.sequence))
            .with("Contact", format!("<sip:{user}@{local}{transport}>"))
            .with("Expires", EXPIRES_S.to_string());
        if let Some(refusal) = refusal {
            let Some(proven) = prove(register, refusal, &uri, &device.account, &cnonce) else { return false };
            register = proven;
        }
        let (call_id, way) = (device.call_id.clone(), device.way);
        self.wire.ask(register, &call_id, way);
        true
    }

    pub(super) fn registration_answered(&mut self, call_id: &str, code: u16, response: &Message) {
        let Some(index) = self.devices.iter().position(|device| device.call_id == call_id) else { return };
        let is_first_challenge = code == 401 && !self.devices[index].proved;
        let is_refused = code >= 300 && !(is_first_challenge && self.send_register(index, Some(response)));
        let Some(device) = self.devices.get_mut(index) else { return };
        device.refused |= is_refused;
        if code != 200 {
            return;
        }
        if !std::mem::replace(&mut device.registered, true) {
            self.summary.registered += 1;
        }
        self.later(RENEWAL, Later::Renew(index));
    }

    pub(super) fn device_rings(&mut self, call_id: &str, invite: &Message) {
        if let Some(call) = self.device_calls.get(call_id) {
            // A copy, or a renegotiation: the same answer as before.
            let (code, phrase) = if call.answered { (200, "OK") } else { (180, "Ringing") };
            return self.answer_invite(call_id, invite, code, phrase);
        }
        let Start::Request { uri, .. } = &invite.start else { return };
        let user = uri.strip_prefix("sip:").and_then(|rest| rest.split('@').next()).unwrap_or_default();
        let Some(device) = self.devices.iter().position(|device| device.account.username == user) else {
            return self.reply(invite, 404, "Not Found");
        };
        let caller = uri_of(invite.header("From").unwrap_or_default());
        let number = caller.strip_prefix("sip:").and_then(|rest| rest.split('@').next()).unwrap_or_default().to_owned();
        if let Some(entered) = self.entered_queue(&number).filter(|_| !self.is_supervisor(device)) {
            self.ring_ms.push(entered.elapsed().as_secs_f64() * 1_000.0);
        }
        if let Some(since) = self.devices[device].free_since.take() {
            self.free_ms.push(since.elapsed().as_secs_f64() * 1_000.0);
        }
        let (tag, stream, invite) = (self.wire.token(), self.new_stream(), invite.clone());
        let keys = Crypto::read(&invite.body).map(|theirs| {
            // RFC 4568 §5.1.2: the answer names the line it takes.
            (Crypto { tag: theirs.tag, master: self.wire.master() }, theirs.master)
        });
        let call = DeviceCall { device, invite: invite.clone(), tag, number, answered: false, stream, keys };
        self.device_calls.insert(call_id.to_owned(), call);
        self.answer_invite(call_id, &invite, 180, "Ringing");
        let ring = self.plan.ring;
        self.later(ring, Later::Answer(call_id.to_owned()));
    }

    /// Whether a phone is a supervisor's: it rings with the number of a customer somebody else has.
    fn is_supervisor(&self, device: usize) -> bool {
        device + self.plan.supervisors >= self.devices.len()
    }

    fn answer_invite(&mut self, call_id: &str, invite: &Message, code: u16, phrase: &str) {
        let Some(call) = self.device_calls.get(call_id) else { return };
        let way = self.devices[call.device].way;
        let (local, _, _, transport) = self.wire.ends(way);
        let mut response = Message::response_to(invite, code, phrase, &call.tag)
            .with("Contact", format!("<sip:farm@{local}{transport}>"));
        if code == 200 {
            let plain = self.wire.description(Side::Device);
            response = response.with_sdp(match &call.keys {
                Some((ours, _)) => ours.seal_description(&plain),
                None => plain,
            });
        }
        self.wire.send(&response, way);
    }

    pub(super) fn pick_up(&mut self, call_id: &str) {
        let Some(call) = self.device_calls.get_mut(call_id) else { return };
        call.answered = true;
        let (invite, number, stream, device) = (call.invite.clone(), call.number.clone(), call.stream, call.device);
        let keys = call.keys.map(|(ours, theirs)| Keys { ours: ours.master, theirs });
        self.answer_invite(call_id, &invite, 200, "OK");
        let is_supervisor = self.is_supervisor(device);
        let sound = self.sound_of(if is_supervisor { 2 } else { 1 });
        self.wire.sound(stream, Side::Device, &invite.body, keys, sound);
        if is_supervisor {
            return;
        }
        let caller = self.bridged(&number);
        if let (Some(streams), Some(caller)) = (&self.wire.streams, caller) {
            streams.pair(caller, stream);
        }
    }

    pub(super) fn device_cancelled(&mut self, call_id: &str, cancel: &Message) {
        self.reply(cancel, 200, "OK");
        if let Some(call) = self.device_calls.get(call_id).filter(|call| !call.answered) {
            let invite = call.invite.clone();
            self.answer_invite(call_id, &invite, 487, "Request Terminated");
            self.device_calls.remove(call_id);
        }
    }

    pub(super) fn device_released(&mut self, call_id: &str, bye: &Message) {
        self.reply(bye, 200, "OK");
        let Some(call) = self.device_calls.remove(call_id) else { return };
        self.wire.silence(call.stream);
        let waits = self.somebody_waits();
        if let Some(device) = self.devices.get_mut(call.device) {
            device.free_since = waits.then(Instant::now);
        }
    }
}
