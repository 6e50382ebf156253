use domain::{Encryption, MasterKey};

use super::*;

const HEAD: &str = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n";
/// The key of RFC 4568 §4.1.
const KEY: &str = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";
const OURS: &str = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB";

fn read(media: &str, srtp: SrtpUse) -> Result<Offer, SdpError> {
    parse_offer(format!("{HEAD}{media}").as_bytes(), srtp, &[])
}

fn secure(crypto: &str) -> String {
    format!("m=audio 30000 RTP/SAVP 8 0\r\n{crypto}")
}

fn crypto(tag: u32) -> String {
    format!("a=crypto:{tag} AES_CM_128_HMAC_SHA1_80 inline:{KEY}\r\n")
}

#[test]
fn what_is_taken_of_an_offer_is_what_may_be() {
    let plain = "m=audio 30000 RTP/AVP 8\r\n".to_owned();
    // baresip's `srtp` offers keys on a plain line: whether they count could not be told from the answer.
    let both_ways = format!("{plain}{}", crypto(1));
    let two_lines = format!("{plain}m=audio 30002 RTP/SAVP 8\r\n{}", crypto(3));
    for (media, srtp, taken) in [
        (&plain, SrtpUse::Never, Some(false)),
        (&plain, SrtpUse::WhenOffered, Some(false)),
        (&plain, SrtpUse::Always, None),
        (&both_ways, SrtpUse::WhenOffered, Some(false)),
        (&both_ways, SrtpUse::Always, None),
        (&secure(&crypto(1)), SrtpUse::Never, None),
        (&secure(&crypto(1)), SrtpUse::WhenOffered, Some(true)),
        (&secure(&crypto(1)), SrtpUse::Always, Some(true)),
        (&secure(""), SrtpUse::WhenOffered, None),
        (&secure(""), SrtpUse::Always, None),
        (&two_lines, SrtpUse::Never, Some(false)),
        (&two_lines, SrtpUse::WhenOffered, Some(true)),
        (&two_lines, SrtpUse::Always, Some(true)),
    ] {
        let offer = read(media, srtp);
        assert_eq!(offer.as_ref().ok().map(|offer| offer.theirs.is_some()), taken, "{media} {srtp:?}");
        assert_eq!(offer.is_err(), taken.is_none());
    }
}

#[test]
fn a_key_is_read_only_when_it_is_understood_to_the_letter() {
    let with = |words: &str| read(&secure(&format!("a=crypto:{words}\r\n")), SrtpUse::Always).ok();
    for (words, is_taken) in [
        (format!("1 AES_CM_128_HMAC_SHA1_80 inline:{KEY}"), true),
        (format!("1 aes_cm_128_hmac_sha1_80 inline:{KEY}|2^31"), true),
        (format!("1 AES_CM_128_HMAC_SHA1_80 inline:{KEY}|2^48 WSH=64"), true),
        (format!("1 AES_CM_128_HMAC_SHA1_80 inline:{KEY}|1048576"), true),
        (format!("1 AES_CM_128_HMAC_SHA1_80 inline:{KEY}|2^19"), false),
        (format!("1 AES_CM_128_HMAC_SHA1_80 inline:{KEY}|2^64"), false),
        (format!("1 AES_CM_128_HMAC_SHA1_80 inline:{KEY}|2^20|1:4"), false),
        (format!("1 AES_CM_128_HMAC_SHA1_80 inline:{KEY}|1:32"), false),
        (format!("1 AES_CM_128_HMAC_SHA1_80 inline:{KEY};inline:{KEY}"), false),
        (format!("1 AES_CM_128_HMAC_SHA1_80 inline:{KEY} UNENCRYPTED_SRTCP"), false),
        (format!("1 AES_CM_128_HMAC_SHA1_80 inline:{KEY} UNAUTHENTICATED_SRTP"), false),
        (format!("1 AES_CM_128_HMAC_SHA1_80 inline:{KEY} KDR=1"), false),
        (format!("1 AES_CM_128_HMAC_SHA1_32 inline:{KEY}"), false),
        (format!("1 AES_256_CM_HMAC_SHA1_80 inline:{KEY}"), false),
        (format!("x AES_CM_128_HMAC_SHA1_80 inline:{KEY}"), false),
        (format!("1 AES_CM_128_HMAC_SHA1_80 inline:{}", &KEY[4..]), false),
        ("1 AES_CM_128_HMAC_SHA1_80 inline:****".to_owned(), false),
        ("1 AES_CM_128_HMAC_SHA1_80".to_owned(), false),
        (String::new(), false),
    ] {
        assert_eq!(with(&words).is_some(), is_taken, "{words}");
    }
    // The first that is understood.
    let lines = format!("a=crypto:1 AES_256_CM_HMAC_SHA1_80 inline:{KEY}{KEY}\r\n{}", crypto(2));
    assert_eq!(read(&secure(&lines), SrtpUse::Always).unwrap().theirs.unwrap().tag, 2);
}

#[test]
fn the_answer_names_the_key_it_takes_and_gives_our_own() {
    let offer = read(&secure(&crypto(7)), SrtpUse::Always).unwrap();
    let key = MasterKey::new([1; 30]);
    let local = Local { rtp: "198.51.100.7:40000".parse().unwrap(), session: 5, version: 1, crypto: Some((7, &key)) };
    let text = write_answer(&offer, local);
    assert!(text.contains("m=audio 40000 RTP/SAVP 8\r\n"), "{text}");
    assert!(text.contains(&format!("a=crypto:7 AES_CM_128_HMAC_SHA1_80 inline:{OURS}\r\n")), "{text}");
    let ours = write_offer(&MediaOffer::unknown(), &[], Local { crypto: Some((1, &key)), ..local });
    assert!(ours.contains("m=audio 40000 RTP/SAVP 8 0 101\r\n"), "{ours}");
    let read_back = parse_offer(ours.as_bytes(), SrtpUse::Always, &[]).unwrap().theirs.unwrap();
    assert_eq!((read_back.tag, read_back.key), (1, key.clone()));
    assert!(!format!("{offer:?}").contains(KEY), "a key in a debug line");
}

#[test]
fn nothing_is_taken_in_clear_where_everything_must_be_encrypted() {
    for (wanted, is_private, taken) in [
        (Encryption::Off, true, Some(SrtpUse::Never)),
        (Encryption::Off, false, Some(SrtpUse::Never)),
        (Encryption::WhenOffered, true, Some(SrtpUse::WhenOffered)),
        (Encryption::WhenOffered, false, Some(SrtpUse::Never)),
        (Encryption::Required, true, Some(SrtpUse::Always)),
        (Encryption::Required, false, None),
    ] {
        assert_eq!(SrtpUse::of(wanted, is_private), taken, "{wanted:?} {is_private}");
    }
}
