use super::*;

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
    digits.chunks(2).map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap()).collect()
}

fn master(first: u8) -> MasterKey {
    MasterKey::new(std::array::from_fn(|n| first.wrapping_add(n as u8)))
}

/// The key of RFC 3711 appendix B.3.
fn of_the_rfc() -> MasterKey {
    let both = bytes("E1F97A0D3E018BE0D64FA32C06DE4139 0EC675AD498AFEEBB6960B3AABE6");
    MasterKey::new(both.try_into().unwrap())
}

/// Two ends of a call.
fn pair() -> (Srtp, Srtp) {
    let (a, b) = (master(1), master(100));
    let keys = |ours: &MasterKey, theirs: &MasterKey| SrtpKeys { ours: ours.clone(), theirs: theirs.clone() };
    (Srtp::new(Arc::new(keys(&a, &b))), Srtp::new(Arc::new(keys(&b, &a))))
}

fn packet(sequence: u16, ssrc: u32) -> Vec<u8> {
    let mut packet = vec![0x80, 8];
    packet.extend_from_slice(&sequence.to_be_bytes());
    packet.extend_from_slice(&[0, 0, 0, 7]);
    packet.extend_from_slice(&ssrc.to_be_bytes());
    packet.extend_from_slice(&[0xD5; 160]);
    packet
}

fn sealed(from: &mut Srtp, index: u64, ssrc: u32) -> Vec<u8> {
    let mut packet = packet(index as u16, ssrc);
    from.seal_rtp(&mut packet, index).unwrap();
    packet
}

fn opened(by: &mut Srtp, packet: &[u8]) -> Result<Vec<u8>, Unbelieved> {
    let mut out = Vec::new();
    by.open_rtp(packet, &mut out).map(|()| out)
}

#[test]
fn the_key_stream_is_that_of_appendix_b_2() {
    let provider = from_feature_flags();
    let key = bytes("2B7E151628AED2A6ABF7158809CF4F3C").try_into().unwrap();
    let iv: [u8; 16] = bytes("F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000").try_into().unwrap();
    let mut cipher = provider.srtp_provider.aes_128_cm_sha1_80().create_cipher(key, true);
    let mut stream = vec![0; 48];
    cipher.encrypt(&iv, &[0; 48], &mut stream).unwrap();
    let expected = "E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB 41E95B3BB0A2E8DD477901E4FCA894C0";
    assert_eq!(stream, bytes(expected));
}

#[test]
fn session_keys_are_those_of_appendix_b_3() {
    let provider = from_feature_flags();
    let master = of_the_rfc();
    let (key, salt) = master.bytes().split_at(MASTER_KEY_BYTES);
    let mut cipher_key = [0; 16];
    expand(&provider, key, salt, 0, &mut cipher_key);
    assert_eq!(cipher_key.to_vec(), bytes("C61E7A93744F39EE10734AFE3FF7A087"));
    let session = Session::derive(&provider, &master, Label::Rtp);
    assert_eq!(session.salt.to_vec(), bytes("30CBBC08863D8C85D49DB34A9AE1"));
    assert_eq!(session.auth.to_vec(), bytes("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"));
}

/// What libsrtp and everybody tested against it make of the key of appendix B.3.
#[test]
fn whole_packets_are_those_others_make() {
    let keys = SrtpKeys { ours: of_the_rfc(), theirs: of_the_rfc() };
    let mut srtp = Srtp::new(Arc::new(keys));
    let plain = bytes("800f1234decafbadcafebabe abababababababababababababababab");
    let mut rtp = plain.clone();
    srtp.seal_rtp(&mut rtp, 0x1234).unwrap();
    let expected = bytes("800f1234decafbadcafebabe 4e55dc4ce79978d88ca4d215949d2402 b78d6acc99ea179b8dbb");
    assert_eq!(rtp, expected);
    assert_eq!(opened(&mut srtp, &expected), Ok(plain));
    let report = bytes("81c8000bcafebabe abababababababababababababababab");
    let mut rtcp = report.clone();
    srtp.seal_rtcp(&mut rtcp).unwrap();
    let expected = bytes("81c8000bcafebabe 7128035be487b9bdbef89041f977a5a8 80000001 993e08cd54d6c1230798");
    assert_eq!(rtcp, expected);
    let mut out = Vec::new();
    srtp.open_rtcp(&expected, &mut out).unwrap();
    assert_eq!(out, report);
    assert_eq!(srtp.open_rtcp(&expected, &mut out), Err(Unbelieved::Replayed));
}

#[test]
fn what_was_altered_is_refused_wherever_and_changes_nothing() {
    let (mut a, mut b) = pair();
    let good = sealed(&mut a, 1, 7);
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad[at] ^= 1;
        assert!(opened(&mut b, &bad).is_err(), "byte {at}");
    }
    for length in 0..good.len() {
        assert_eq!(opened(&mut b, &good[..length]), Err(Unbelieved::Forged));
    }
    assert_eq!(opened(&mut b, &packet(1, 7)), Err(Unbelieved::Forged), "in clear");
    assert_eq!(opened(&mut b, &good), Ok(packet(1, 7)));
    assert_eq!(opened(&mut b, &good), Err(Unbelieved::Replayed));
    let mut report = bytes("81c8000b00000007 abababab");
    a.seal_rtcp(&mut report).unwrap();
    let mut out = Vec::new();
    for at in 0..report.len() {
        let mut bad = report.clone();
        bad[at] ^= 1;
        assert!(b.open_rtcp(&bad, &mut out).is_err(), "byte {at}");
    }
    b.open_rtcp(&report, &mut out).unwrap();
    assert_eq!(out, bytes("81c8000b00000007 abababab"));
}

#[test]
fn the_roll_over_counter_outlives_a_renegotiation_with_the_same_keys() {
    let (mut a, mut b) = pair();
    for index in [65_534, 65_535, 65_536] {
        assert!(opened(&mut b, &sealed(&mut a, index, 7)).is_ok(), "{index}");
    }
    b.renew(b.keys.clone());
    a.renew(a.keys.clone());
    assert!(opened(&mut b, &sealed(&mut a, 65_537, 7)).is_ok());
    // Another key of theirs: it begins anew, and the old one opens nothing.
    let old = sealed(&mut a, 65_538, 7);
    let theirs = master(50);
    b.renew(Arc::new(SrtpKeys { ours: b.keys.ours.clone(), theirs: theirs.clone() }));
    assert_eq!(opened(&mut b, &old), Err(Unbelieved::Forged));
    a.renew(Arc::new(SrtpKeys { ours: theirs, theirs: a.keys.theirs.clone() }));
    assert!(opened(&mut b, &sealed(&mut a, 3, 7)).is_ok());
    // A peer that keeps its counter under the new key is heard as well.
    assert!(opened(&mut b, &sealed(&mut a, 65_540, 8)).is_err(), "of this one nothing was heard before");
    // Ours stayed, and so does its counter.
    assert!(opened(&mut a, &sealed(&mut b, 70_000, 11)).is_err(), "no source begins with a counter of one");
    assert!(opened(&mut a, &sealed(&mut b, 5, 9)).is_ok());
}

#[test]
fn another_source_under_the_same_key_is_heard_and_there_is_an_end_to_it() {
    let (mut a, mut b) = pair();
    for ssrc in 0..64 {
        assert!(opened(&mut b, &sealed(&mut a, 9, ssrc)).is_ok(), "{ssrc}");
    }
    assert_eq!(opened(&mut b, &sealed(&mut a, 9, 64)), Err(Unbelieved::Forged));
    assert_eq!(opened(&mut b, &sealed(&mut a, 9, 5)), Err(Unbelieved::Replayed), "none is forgotten");
}

#[test]
fn sources_and_extensions_of_a_header_stay_readable_and_are_protected() {
    let (mut a, mut b) = pair();
    let mut packet = packet(1, 7);
    packet[0] |= 0x10;
    packet.splice(12..12, [0xBE, 0xDE, 0, 1, 1, 2, 3, 4]);
    // Sealed by hand: ours have none.
    let clear = packet.clone();
    a.rtp_out.crypt(7, 1, &clear[20..], &mut packet[20..]).unwrap();
    let tag = a.tag(&a.rtp_out, &[&packet, &[0; 4]]);
    packet.extend_from_slice(&tag[..TAG]);
    assert_eq!(opened(&mut b, &packet), Ok(clear));
}
