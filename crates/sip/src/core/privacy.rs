//! What may not go in clear: refused with a reason, and never quietly taken as it is.

use domain::{DeviceId, Encryption, TrunkId};
use tracing::warn;

use super::Core;
use crate::event::CallSource;
use crate::hop::Hop;
use crate::leg::MediaTerms;
use crate::message::Request;
use crate::sdp::{Codec, SrtpUse};

impl Core {
    /// What is wanted of a peer.
    pub(super) fn encryption(&self, source: CallSource) -> Encryption {
        match source {
            CallSource::Trunk(trunk) => self.encryption_of_trunk(trunk),
            CallSource::Device(device) => self.encryption_of_device(device),
        }
    }

    pub(super) fn encryption_of_trunk(&self, trunk: TrunkId) -> Encryption {
        self.trunk_encryption.get(&trunk).copied().unwrap_or_default()
    }

    pub(super) fn encryption_of_device(&self, device: DeviceId) -> Encryption {
        self.registrar.encryption(device)
    }

    /// Whether a request from there is not to be carried out, because it came in clear.
    pub(super) fn must_be_private(&self, source: CallSource, from: Hop) -> bool {
        SrtpUse::of(self.encryption(source), from.is_private()).is_none()
    }

    /// 403, so that nobody tries again in the same way, and a line in the log, once until it was right.
    pub(super) fn refuse_in_clear(&mut self, source: CallSource, from: Hop, request: &Request) {
        self.stateless(403, &request.head, from, Some(TLS_REQUIRED));
        if !self.told_in_clear.insert(source) {
            return;
        }
        match source {
            CallSource::Trunk(trunk) => {
                warn!(trunk.id = %trunk, "a trunk that must be encrypted speaks in clear; its calls are refused");
            }
            CallSource::Device(device) => {
                warn!(device.id = %device, "a phone that must be encrypted speaks in clear; it can neither register nor call");
            }
        }
    }

    /// A peer spoke as it should.
    pub(super) fn spoke_privately(&mut self, source: CallSource) {
        self.told_in_clear.remove(&source);
    }

    /// The terms of a new session, with its keys. None: it would need some, and there is no chance to make them of.
    pub(super) fn media_terms(&mut self, rule: SrtpUse, codecs: Vec<Codec>) -> Option<MediaTerms> {
        match (rule, self.tokens.master_key()) {
            (SrtpUse::Never, _) | (SrtpUse::WhenOffered, None) => Some(MediaTerms { codecs, ..MediaTerms::default() }),
            (SrtpUse::Always, None) => None,
            (SrtpUse::WhenOffered | SrtpUse::Always, own) => Some(MediaTerms { rule, own, codecs }),
        }
    }

    /// What may be spoken with a peer, the best first; empty is whatever it likes best. With as many coded legs as may be, nothing but the
    /// laws of G.711.
    pub(super) fn codecs(&mut self, source: CallSource) -> Vec<Codec> {
        let codecs = self.wanted_codecs(source);
        let is_plain = !codecs.is_empty() && codecs.iter().all(|codec| codec.is_law());
        if is_plain || self.legs.coded() < self.coded_legs_max {
            return codecs;
        }
        if codecs.iter().any(|codec| !codec.is_law()) {
            self.tally.uncoded();
        }
        let laws: Vec<Codec> = codecs.into_iter().filter(|codec| codec.is_law()).collect();
        if laws.is_empty() { Codec::LAWS.to_vec() } else { laws }
    }

    /// The same, however many legs are coded.
    pub(super) fn wanted_codecs(&self, source: CallSource) -> Vec<Codec> {
        match source {
            CallSource::Trunk(trunk) => self.trunk_codecs.get(&trunk).cloned().unwrap_or_default(),
            CallSource::Device(device) => self.registrar.codecs(device),
        }
    }
}

/// RFC 3261 §20.43.
const TLS_REQUIRED: (&str, &str) = ("Warning", "399 callisto \"TLS is required\"");
