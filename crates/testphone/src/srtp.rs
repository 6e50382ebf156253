//! SRTP with `AES_CM_128_HMAC_SHA1_80` (RFC 3711) and its keys in descriptions (RFC 4568), written independently of the server's.

use aes::Aes128;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ctr::Ctr128BE;
use ctr::cipher::{KeyIvInit, StreamCipher};
use hmac::{Hmac, Mac};
use sha1::Sha1;

const SUITE: &str = "AES_CM_128_HMAC_SHA1_80";
const KEY: usize = 16;
const SALT: usize = 14;
const AUTH: usize = 20;
const TAG: usize = 10;
/// Bytes of a fixed RTP header.
const HEADER: usize = 12;

/// Master key and master salt of one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Master(pub(crate) [u8; KEY + SALT]);

/// An `a=crypto` line of the one suite spoken here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Crypto {
    /// By which the answer names it.
    pub(crate) tag: u32,
    /// The key of whoever wrote the line.
    pub(crate) master: Master,
}

impl Crypto {
    /// The first line of a description that can be taken.
    pub(crate) fn read(description: &str) -> Option<Crypto> {
        description.lines().find_map(|line| {
            let mut words = line.trim_end().strip_prefix("a=crypto:")?.split(' ');
            let (tag, suite, key) = (words.next()?, words.next()?, words.next()?);
            let encoded = key.strip_prefix("inline:").filter(|_| suite == SUITE)?.split('|').next()?;
            let master = STANDARD.decode(encoded).ok()?.try_into().ok()?;
            Some(Crypto { tag: tag.parse().ok()?, master: Master(master) })
        })
    }

    /// A description with this key in it (RFC 4568 §6.1: the profile of secure sound).
    pub(crate) fn seal_description(&self, plain: &str) -> String {
        let secure = plain.replacen(" RTP/AVP ", " RTP/SAVP ", 1);
        format!("{secure}a=crypto:{} {SUITE} inline:{}\r\n", self.tag, STANDARD.encode(self.master.0))
    }
}

/// The keys of one direction at work.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    key: [u8; KEY],
    salt: [u8; SALT],
    auth: [u8; AUTH],
}

impl Session {
    /// Session keys of RTP (§4.3.1 and §4.3.2, without renewal).
    pub(crate) fn new(master: &Master) -> Session {
        let mut session = Session { key: [0; KEY], salt: [0; SALT], auth: [0; AUTH] };
        derive(master, 0, &mut session.key);
        derive(master, 1, &mut session.auth);
        derive(master, 2, &mut session.salt);
        session
    }

    /// Encrypts a packet with a fixed header and adds its tag; `index` is its sequence number, unwrapped.
    pub(crate) fn seal(&self, mut packet: Vec<u8>, index: u64) -> Vec<u8> {
        self.crypt(&mut packet, HEADER, index);
        let tag = self.tag(&packet, index);
        packet.extend_from_slice(&tag);
        packet
    }

    /// Encrypts or decrypts what follows the first `head` bytes (§4.1.1).
    fn crypt(&self, packet: &mut [u8], head: usize, index: u64) {
        let mut iv = [0; 16];
        iv[..SALT].copy_from_slice(&self.salt);
        let (ssrc, index) = (&packet[8..12], index.to_be_bytes());
        for (byte, other) in iv[4..SALT].iter_mut().zip(ssrc.iter().chain(&index[2..])) {
            *byte ^= other;
        }
        Ctr128BE::<Aes128>::new(&self.key.into(), &iv.into()).apply_keystream(&mut packet[head..]);
    }

    fn tag(&self, packet: &[u8], index: u64) -> [u8; TAG] {
        // HMAC takes a key of any length.
        let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(&self.auth) else { return [0; TAG] };
        mac.update(packet);
        mac.update(&((index >> 16) as u32).to_be_bytes());
        let mut tag = [0; TAG];
        tag.copy_from_slice(&mac.finalize().into_bytes()[..TAG]);
        tag
    }
}

/// The receiving end of one direction: finds the index of each packet.
#[derive(Debug)]
pub(crate) struct Opener {
    session: Session,
    /// Sender and its newest index.
    newest: Option<(u32, u64)>,
}

impl Opener {
    /// With the other side's key.
    pub(crate) fn new(master: &Master) -> Opener {
        Opener { session: Session::new(master), newest: None }
    }

    /// The packet in clear; `None` when its tag is wrong.
    pub(crate) fn open(&mut self, sealed: &[u8]) -> Option<Vec<u8>> {
        let (packet, tag) = sealed.split_at_checked(sealed.len().checked_sub(TAG)?)?;
        let head = HEADER + 4 * usize::from(packet.first()? & 0x0f);
        let ssrc = u32::from_be_bytes(packet.get(8..HEADER)?.try_into().ok()?);
        let sequence = u64::from(u16::from_be_bytes(packet.get(2..4)?.try_into().ok()?));
        let newest = self.newest.filter(|(known, _)| *known == ssrc).map_or(sequence, |(_, newest)| newest);
        let index = nearest(newest, sequence);
        if packet.len() < head || self.session.tag(packet, index) != tag {
            return None;
        }
        let mut clear = packet.to_vec();
        self.session.crypt(&mut clear, head, index);
        self.newest = Some((ssrc, newest.max(index)));
        Some(clear)
    }
}

/// The index with this sequence number that is nearest to the newest one (§3.3.1).
fn nearest(newest: u64, sequence: u64) -> u64 {
    let here = (newest & !0xffff) | sequence;
    let around = [Some(here), here.checked_add(1 << 16), here.checked_sub(1 << 16)];
    around.into_iter().flatten().min_by_key(|index| index.abs_diff(newest)).unwrap_or(here)
}

/// One session key: so many bytes of the key stream under the master key.
fn derive(master: &Master, label: u8, out: &mut [u8]) {
    let mut key = [0; KEY];
    let mut iv = [0; 16];
    key.copy_from_slice(&master.0[..KEY]);
    iv[..SALT].copy_from_slice(&master.0[KEY..]);
    iv[7] ^= label;
    Ctr128BE::<Aes128>::new(&key.into(), &iv.into()).apply_keystream(out);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(text: &str) -> Vec<u8> {
        (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
    }

    /// RFC 3711 appendix B.3.
    #[test]
    fn keys_are_derived_as_the_standard_shows() {
        let bytes = hex("E1F97A0D3E018BE0D64FA32C06DE41390EC675AD498AFEEBB6960B3AABE6");
        let session = Session::new(&Master(bytes.try_into().unwrap()));
        assert_eq!(session.key.to_vec(), hex("C61E7A93744F39EE10734AFE3FF7A087"));
        assert_eq!(session.salt.to_vec(), hex("30CBBC08863D8C85D49DB34A9AE1"));
        assert_eq!(session.auth.to_vec(), hex("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"));
    }

    #[test]
    fn packets_are_opened_across_the_wrap_and_altered_ones_refused() {
        let master = Master([7; KEY + SALT]);
        let (session, mut opener) = (Session::new(&master), Opener::new(&master));
        for index in [65_534_u64, 65_535, 65_537, 65_536, 98_000, 130_000, 131_072] {
            let mut plain = vec![0x80, 8];
            plain.extend((index as u16).to_be_bytes());
            plain.extend([0, 0, 0, 9, 1, 2, 3, 4, 5, 6, 7]);
            let sealed = session.seal(plain.clone(), index);
            assert_ne!(sealed[HEADER..15], plain[HEADER..]);
            let mut altered = sealed.clone();
            altered[13] ^= 1;
            assert_eq!(opener.open(&altered), None);
            assert_eq!(opener.open(&sealed), Some(plain), "{index}");
        }
        assert_eq!(opener.open(&[0x80; 9]), None);
    }

    #[test]
    fn a_key_travels_in_a_description() {
        let ours = Crypto { tag: 3, master: Master([9; KEY + SALT]) };
        let text = ours.seal_description("v=0\r\nm=audio 4000 RTP/AVP 8\r\n");
        assert!(text.contains("m=audio 4000 RTP/SAVP 8\r\n"));
        assert_eq!(Crypto::read(&text), Some(ours));
        assert_eq!(Crypto::read(&text.replace("_80", "_32")), None);
    }
}
