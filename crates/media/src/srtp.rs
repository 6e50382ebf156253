//! SRTP and SRTCP (RFC 3711) with AES_CM_128_HMAC_SHA1_80: what is sent is sealed, what comes is opened or refused.
//!
//! The ciphers are those of str0m, which has no way in for keys that come by signalling. What stands here is the part around them: which
//! packet is which (index, roll-over), which came twice, and which keys are made of the master key.

mod replay;

use std::collections::HashMap;
use std::sync::Arc;

use domain::encryption::MASTER_KEY_BYTES;
use domain::{MasterKey, SrtpKeys};
use str0m::crypto::{Aes128CmSha1_80, Aes128CmSha1_80Cipher, CryptoProvider, from_feature_flags};
use zeroize::Zeroize;

use replay::{Position, Replay};

/// Bytes of a tag.
const TAG: usize = Aes128CmSha1_80::HMAC_TAG_LEN;
/// Bytes of a fixed RTP header.
const RTP_FIXED: usize = 12;
/// Bytes of an RTCP packet that stay readable: head and sender.
const RTCP_CLEAR: usize = 8;
/// Bytes of the index behind an SRTCP packet (§3.4).
const RTCP_INDEX: usize = 4;
/// That an SRTCP packet is encrypted; the first bit of its index.
const ENCRYPTED: u32 = 0x8000_0000;
/// Sources of one peer under one key. A phone takes another with each transfer at most; packets of more are refused, because to
/// forget one would let its packets in again.
const SOURCES_MAX: usize = 64;

/// Why a packet is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unbelieved {
    /// Too short, not encrypted, altered on the way, or made by somebody without the key.
    Forged,
    /// It came before, or is too old to tell.
    Replayed,
}

/// Session keys of one direction of one protocol.
struct Session {
    cipher: Box<dyn Aes128CmSha1_80Cipher>,
    auth: [u8; Aes128CmSha1_80::HMAC_KEY_LEN],
    salt: [u8; Aes128CmSha1_80::SALT_LEN],
}

impl Drop for Session {
    fn drop(&mut self) {
        self.auth.zeroize();
        self.salt.zeroize();
    }
}

/// Labels of §4.3.2.
#[derive(Clone, Copy)]
enum Label {
    Rtp = 0,
    Rtcp = 3,
}

impl Session {
    fn derive(provider: &CryptoProvider, master: &MasterKey, label: Label) -> Session {
        let (key, salt) = master.bytes().split_at(MASTER_KEY_BYTES);
        let first = label as u8;
        let mut session_key = [0; Aes128CmSha1_80::KEY_LEN];
        let mut session = Session {
            cipher: provider.srtp_provider.aes_128_cm_sha1_80().create_cipher(session_key, true),
            auth: [0; Aes128CmSha1_80::HMAC_KEY_LEN],
            salt: [0; Aes128CmSha1_80::SALT_LEN],
        };
        expand(provider, key, salt, first, &mut session_key);
        expand(provider, key, salt, first + 1, &mut session.auth);
        expand(provider, key, salt, first + 2, &mut session.salt);
        session.cipher = provider.srtp_provider.aes_128_cm_sha1_80().create_cipher(session_key, true);
        session_key.zeroize();
        session
    }

    /// Encrypts or decrypts: the same in counter mode.
    fn crypt(&mut self, ssrc: u32, index: u64, input: &[u8], output: &mut [u8]) -> Result<(), Unbelieved> {
        let iv = Aes128CmSha1_80::rtp_iv(self.salt, ssrc, index);
        self.cipher.encrypt(&iv, input, output).map_err(|_| Unbelieved::Forged)
    }
}

/// Makes a key (§4.3.1, without renewal: the label stands eight bytes before the end of the salt).
fn expand(provider: &CryptoProvider, key: &[u8], salt: &[u8], label: u8, out: &mut [u8]) {
    let mut iv = [0; 16];
    iv[..salt.len()].copy_from_slice(salt);
    iv[7] ^= label;
    let mut master = [0; Aes128CmSha1_80::KEY_LEN];
    master.copy_from_slice(key);
    let zeros = [0; Aes128CmSha1_80::HMAC_KEY_LEN];
    let mut cipher = provider.srtp_provider.aes_128_cm_sha1_80().create_cipher(master, true);
    master.zeroize();
    // Of a buffer of the right length; the cipher refuses nothing else.
    let _ = cipher.encrypt(&iv, &zeros[..out.len()], out);
}

/// What was received of one source.
#[derive(Clone, Copy, Debug, Default)]
struct Source {
    rtp: Option<Replay>,
    rtcp: Option<Replay>,
}

/// The keys of a leg at work.
pub(crate) struct Srtp {
    provider: CryptoProvider,
    keys: Arc<SrtpKeys>,
    rtp_out: Session,
    rtcp_out: Session,
    rtp_in: Session,
    rtcp_in: Session,
    /// Number of the next report.
    reports: u32,
    sources: HashMap<u32, Source>,
    /// The newest index of sources under the key before.
    former: HashMap<u32, u64>,
    /// What was sealed with our key: no index of a source may be used for two packets (§9.1).
    sent: Option<(u32, Replay)>,
    clear: Vec<u8>,
}

impl std::fmt::Debug for Srtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Srtp").field("sources", &self.sources.len()).finish_non_exhaustive()
    }
}

impl Srtp {
    /// With these keys.
    pub(crate) fn new(keys: Arc<SrtpKeys>) -> Srtp {
        let provider = from_feature_flags();
        let derive = |master: &MasterKey, label| Session::derive(&provider, master, label);
        Srtp {
            rtp_out: derive(&keys.ours, Label::Rtp),
            rtcp_out: derive(&keys.ours, Label::Rtcp),
            rtp_in: derive(&keys.theirs, Label::Rtp),
            rtcp_in: derive(&keys.theirs, Label::Rtcp),
            keys,
            reports: 0,
            sources: HashMap::new(),
            former: HashMap::new(),
            sent: None,
            clear: Vec::new(),
            provider,
        }
    }

    /// Other keys. What has the same key goes on where it was, with its roll-over counter (RFC 4568 §7.1.4). Of what has another, some keep
    /// the counter (RFC 3711 §3.3.1) and some begin anew: the first packet tells.
    pub(crate) fn renew(&mut self, keys: Arc<SrtpKeys>) {
        let derive = |master: &MasterKey, label| Session::derive(&self.provider, master, label);
        if keys.ours != self.keys.ours {
            (self.rtp_out, self.rtcp_out) = (derive(&keys.ours, Label::Rtp), derive(&keys.ours, Label::Rtcp));
            self.sent = None;
        }
        if keys.theirs != self.keys.theirs {
            (self.rtp_in, self.rtcp_in) = (derive(&keys.theirs, Label::Rtp), derive(&keys.theirs, Label::Rtcp));
            let known = self.sources.drain().filter_map(|(ssrc, source)| Some((ssrc, source.rtp?.newest())));
            self.former = known.collect();
        }
        self.keys = keys;
    }

    /// Seals an RTP packet of ours, which has no more than the fixed header; `index` is its sequence number, unwrapped (§3.3.1).
    pub(crate) fn seal_rtp(&mut self, packet: &mut Vec<u8>, index: u64) -> Result<(), Unbelieved> {
        let ssrc = word(packet, 8).ok_or(Unbelieved::Forged)?;
        let sent = self.sent.filter(|(known, _)| *known == ssrc).map_or(Replay::before(index), |(_, sent)| sent);
        if sent.judge(index) == Position::Seen {
            return Err(Unbelieved::Replayed);
        }
        self.sent = Some((ssrc, sent.with(index)));
        self.clear.clear();
        self.clear.extend_from_slice(&packet[RTP_FIXED..]);
        self.rtp_out.crypt(ssrc, index, &self.clear, &mut packet[RTP_FIXED..])?;
        let tag = self.tag(&self.rtp_out, &[packet, &roll_over(index).to_be_bytes()]);
        packet.extend_from_slice(&tag[..TAG]);
        Ok(())
    }

    /// Seals a compound RTCP packet of ours (§3.4).
    pub(crate) fn seal_rtcp(&mut self, packet: &mut Vec<u8>) -> Result<(), Unbelieved> {
        let ssrc = word(packet, 4).ok_or(Unbelieved::Forged)?;
        self.reports = (self.reports + 1) & !ENCRYPTED;
        self.clear.clear();
        self.clear.extend_from_slice(&packet[RTCP_CLEAR..]);
        self.rtcp_out.crypt(ssrc, self.reports.into(), &self.clear, &mut packet[RTCP_CLEAR..])?;
        packet.extend_from_slice(&(ENCRYPTED | self.reports).to_be_bytes());
        let tag = self.tag(&self.rtcp_out, &[packet]);
        packet.extend_from_slice(&tag[..TAG]);
        Ok(())
    }

    /// Opens an RTP packet into `out`.
    pub(crate) fn open_rtp(&mut self, packet: &[u8], out: &mut Vec<u8>) -> Result<(), Unbelieved> {
        let head = header_length(packet).ok_or(Unbelieved::Forged)?;
        let end = packet.len().checked_sub(TAG).filter(|end| *end >= head).ok_or(Unbelieved::Forged)?;
        let (Some(ssrc), Some(first)) = (word(packet, 8), word(packet, 0)) else { return Err(Unbelieved::Forged) };
        let sequence = first as u16;
        let (sealed, tag) = packet.split_at(end);
        let mut known = self.source(ssrc)?.rtp.unwrap_or(Replay::before(sequence.into()));
        let mut believed = self.believed(known, sequence, sealed, tag);
        // Under a new key the counter may have gone on.
        if let (true, Some(newest)) = (believed == Err(Unbelieved::Forged), self.former_of(ssrc)) {
            known = Replay::before(newest);
            believed = self.believed(known, sequence, sealed, tag);
        }
        let index = believed?;
        out.clear();
        out.extend_from_slice(sealed);
        self.rtp_in.crypt(ssrc, index, &sealed[head..], &mut out[head..])?;
        self.sources.entry(ssrc).or_default().rtp = Some(known.with(index));
        Ok(())
    }

    /// Where a source stood under the key before, as long as nothing of it was believed under the new one.
    fn former_of(&self, ssrc: u32) -> Option<u64> {
        let is_fresh = self.sources.get(&ssrc).is_none_or(|source| source.rtp.is_none());
        self.former.get(&ssrc).copied().filter(|_| is_fresh)
    }

    /// The index of a packet, once its tag was found right.
    fn believed(&self, known: Replay, sequence: u16, sealed: &[u8], tag: &[u8]) -> Result<u64, Unbelieved> {
        let index = known.index_of(sequence).ok_or(Unbelieved::Replayed)?;
        if known.judge(index) == Position::Seen {
            return Err(Unbelieved::Replayed);
        }
        self.check(&self.rtp_in, &[sealed, &roll_over(index).to_be_bytes()], tag)?;
        Ok(index)
    }

    /// Opens a compound RTCP packet into `out`.
    pub(crate) fn open_rtcp(&mut self, packet: &[u8], out: &mut Vec<u8>) -> Result<(), Unbelieved> {
        let end = packet.len().checked_sub(TAG).filter(|end| *end >= RTCP_CLEAR + RTCP_INDEX);
        let end = end.ok_or(Unbelieved::Forged)?;
        let at = end - RTCP_INDEX;
        let (Some(ssrc), Some(trailer)) = (word(packet, 4), word(packet, at)) else { return Err(Unbelieved::Forged) };
        // Nobody has agreed on reports in clear.
        if trailer & ENCRYPTED == 0 {
            return Err(Unbelieved::Forged);
        }
        let index = u64::from(trailer & !ENCRYPTED);
        let known = self.source(ssrc)?.rtcp.unwrap_or(Replay::before(index));
        if known.judge(index) == Position::Seen {
            return Err(Unbelieved::Replayed);
        }
        let (sealed, tag) = packet.split_at(end);
        self.check(&self.rtcp_in, &[sealed], tag)?;
        out.clear();
        out.extend_from_slice(&packet[..at]);
        self.rtcp_in.crypt(ssrc, index, &packet[RTCP_CLEAR..at], &mut out[RTCP_CLEAR..])?;
        self.sources.entry(ssrc).or_default().rtcp = Some(known.with(index));
        Ok(())
    }

    /// What is known of a source; only who has the key becomes one.
    fn source(&self, ssrc: u32) -> Result<Source, Unbelieved> {
        match self.sources.get(&ssrc) {
            Some(source) => Ok(*source),
            None if self.sources.len() < SOURCES_MAX => Ok(Source::default()),
            None => Err(Unbelieved::Forged),
        }
    }

    fn tag(&self, session: &Session, parts: &[&[u8]]) -> [u8; 20] {
        self.provider.sha1_hmac_provider.sha1_hmac(&session.auth, parts)
    }

    fn check(&self, session: &Session, parts: &[&[u8]], tag: &[u8]) -> Result<(), Unbelieved> {
        let right = self.tag(session, parts);
        // All bytes are looked at, so that the time tells nothing.
        let differs = right.iter().zip(tag).fold(0, |differs, (a, b)| differs | (a ^ b));
        if differs == 0 && tag.len() == TAG { Ok(()) } else { Err(Unbelieved::Forged) }
    }
}

fn roll_over(index: u64) -> u32 {
    (index >> 16) as u32
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_be_bytes)
}

/// Where the payload begins: after sources and extension, which stay readable (§3.1).
fn header_length(packet: &[u8]) -> Option<usize> {
    let first = *packet.first().filter(|first| *first >> 6 == 2)?;
    let mut length = RTP_FIXED + 4 * usize::from(first & 0x0F);
    if first & 0x10 != 0 {
        length += 4 + 4 * (word(packet, length)? & 0xFFFF) as usize;
    }
    (length <= packet.len()).then_some(length)
}

#[cfg(test)]
mod tests;
