use super::*;

const HEAD: &str = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n";

fn offer(media: &str) -> Result<Offer, SdpError> {
    parse_offer(format!("{HEAD}{media}").as_bytes(), SrtpUse::Never, &[])
}

fn answer(media: &str) -> String {
    let local = Local { rtp: "198.51.100.7:40000".parse().unwrap(), session: 5, version: 1, crypto: None };
    let text = write_answer(&offer(media).unwrap(), local);
    text.split_once("t=0 0\r\n").unwrap().1.replace("\r\n", "\n")
}

#[test]
fn the_first_g711_of_the_offer_is_taken_with_its_events() {
    let offer = offer(
        "m=audio 30000 RTP/AVP 18 0 8 97\r\na=rtpmap:18 G729/8000\r\na=rtpmap:97 telephone-event/8000\r\na=ptime:30\r\n",
    )
    .unwrap();
    let expected = MediaOffer {
        remote: "192.0.2.1:30000".parse().unwrap(),
        codec: Codec::Pcmu,
        payload_type: 0,
        dtmf_payload_type: Some(97),
        ptime_ms: 30,
        direction: Direction::SendRecv,
        srtp: None,
    };
    assert_eq!(offer.media, expected);
}

#[test]
fn the_answer_keeps_the_order_of_lines_and_refuses_all_but_one() {
    let text = answer(
        "m=video 30002 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\nm=audio 30000 RTP/AVP 8 101\r\na=rtpmap:101 telephone-event/8000\r\n\
         m=audio 30004 RTP/AVP 8\r\nm=application 9 UDP/BFCP *\r\n",
    );
    let expected = "m=video 0 RTP/AVP 96\nm=audio 40000 RTP/AVP 8 101\na=rtpmap:8 PCMA/8000\na=rtpmap:101 telephone-event/8000\n\
                    a=fmtp:101 0-15\na=ptime:20\na=sendrecv\nm=audio 0 RTP/AVP 8\nm=application 0 UDP/BFCP *\n";
    assert_eq!(text, expected);
}

#[test]
fn our_address_session_and_version_stand_in_the_head() {
    let local = Local { rtp: "198.51.100.7:40000".parse().unwrap(), session: 5, version: 3, crypto: None };
    let text = write_answer(&offer("m=audio 30000 RTP/AVP 8\r\n").unwrap(), local);
    assert!(text.starts_with("v=0\r\no=callisto 5 3 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\n"));
    let local = Local { rtp: "[2001:db8::7]:40000".parse().unwrap(), ..local };
    assert!(write_offer(&MediaOffer::unknown(), &[], local).contains("c=IN IP6 2001:db8::7\r\n"));
}

#[test]
fn directions_are_mirrored_and_every_hold_is_seen() {
    let rows = [
        ("", Direction::SendRecv, false),
        ("a=sendrecv\r\n", Direction::SendRecv, false),
        ("a=sendonly\r\n", Direction::RecvOnly, true),
        ("a=recvonly\r\n", Direction::SendOnly, true),
        ("a=inactive\r\n", Direction::Inactive, true),
        ("c=IN IP4 0.0.0.0\r\n", Direction::RecvOnly, true),
        ("c=IN IP4 0.0.0.0\r\na=inactive\r\n", Direction::Inactive, true),
        ("c=IN IP4 0.0.0.0\r\na=sendonly\r\n", Direction::RecvOnly, true),
    ];
    for (lines, ours, hold) in rows {
        let media = offer(&format!("m=audio 30000 RTP/AVP 8\r\n{lines}")).unwrap().media;
        assert_eq!((media.direction, media.is_hold()), (ours, hold), "{lines}");
    }
    let session_wide = format!("{HEAD}a=sendonly\r\nm=audio 30000 RTP/AVP 8\r\n");
    assert_eq!(parse_offer(session_wide.as_bytes(), SrtpUse::Never, &[]).unwrap().media.direction, Direction::RecvOnly);
}

#[test]
fn what_cannot_be_carried_is_refused() {
    let rows = [
        "m=audio 30000 RTP/AVP 18\r\na=rtpmap:18 G729/8000\r\n",
        "m=audio 30000 RTP/SAVP 8\r\n",
        "m=audio 0 RTP/AVP 8\r\n",
        "m=video 30000 RTP/AVP 96\r\n",
        "m=audio 30000 RTP/AVP 8\r\na=rtpmap:8 G729/8000\r\n",
        "m=audio 30000 RTP/AVP 97\r\na=rtpmap:97 G722/16000\r\n",
        "m=audio 30000 RTP/AVP 96\r\na=rtpmap:96 opus/48000\r\n",
        "m=audio 30000 RTP/AVP 96\r\n",
        "m=audio 30000 RTP/AVP 8\r\nc=IN IP4 carrier.example\r\n",
        "",
    ];
    for media in rows {
        assert_eq!(offer(media), Err(SdpError::NothingInCommon), "{media}");
    }
    for unreadable in ["", "hello", "v=1\r\n", "v=0\r\nm=audio x RTP/AVP 8\r\n"] {
        let found = parse_offer(unreadable.as_bytes(), SrtpUse::Never, &[]);
        assert!(found.is_err(), "{unreadable}: {found:?}");
    }
    let many = "m=audio 0 RTP/AVP 8\r\n".repeat(17);
    assert_eq!(offer(&many), Err(SdpError::Unreadable));
    assert_eq!(offer(&"a=x\r\n".repeat(3_000)), Err(SdpError::Unreadable));
}

#[test]
fn dynamic_maps_and_odd_spellings_are_read() {
    let rows = [
        ("m=audio 30000 RTP/AVP 96\r\na=rtpmap:96 pcma/8000/1\r\n", 96, Codec::Pcma, None, 20),
        (
            "m=audio 30000 RTP/AVPF 8 100\r\na=rtpmap:100 TELEPHONE-EVENT/8000\r\na=ptime:15\r\n",
            8,
            Codec::Pcma,
            Some(100),
            20,
        ),
        ("m=audio 30000 RTP/AVP 0 96\r\na=rtpmap:96 telephone-event/48000\r\na=ptime:60\r\n", 0, Codec::Pcmu, None, 60),
        ("m=audio 30000/2 RTP/AVP 999 8\r\n", 8, Codec::Pcma, None, 20),
        ("m=audio 30000 RTP/AVP 9\r\n", 9, Codec::G722, None, 20),
        ("m=audio 30000 RTP/AVP 97\r\na=rtpmap:97 G722/8000/1\r\n", 97, Codec::G722, None, 20),
        (
            "m=audio 30000 RTP/AVP 96 97\r\na=rtpmap:96 OPUS/48000/2\r\na=rtpmap:97 telephone-event/8000\r\n",
            96,
            Codec::Opus,
            Some(97),
            20,
        ),
    ];
    for (lines, payload_type, codec, dtmf, ptime) in rows {
        let media = offer(lines).unwrap().media;
        assert_eq!(
            (media.payload_type, media.codec, media.dtmf_payload_type, media.ptime_ms),
            (payload_type, codec, dtmf, ptime),
            "{lines}"
        );
    }
}

#[test]
fn our_offer_can_be_read_back_and_leads_with_the_codec_in_use() {
    let local = Local { rtp: "198.51.100.7:40000".parse().unwrap(), session: 5, version: 1, crypto: None };
    let current = MediaOffer { codec: Codec::Pcmu, dtmf_payload_type: Some(97), ..MediaOffer::unknown() };
    let media = parse_offer(write_offer(&current, &[], local).as_bytes(), SrtpUse::Never, &[]).unwrap().media;
    assert_eq!((media.codec, media.dtmf_payload_type, media.remote), (Codec::Pcmu, Some(97), local.rtp));
}

const OPUS: &str = "a=rtpmap:111 opus/48000/2\r\n";

/// What is taken of an offer, by what may be spoken: with nothing said, whatever has not to be coded anew.
#[test]
fn codecs_are_taken_by_policy_and_without_one_by_what_they_cost() {
    use Codec::{G722, Opus, Pcma, Pcmu};
    let rows: [(&str, &[Codec], Option<Codec>); 16] = [
        ("9 111 0 8", &[], Some(Pcmu)),
        ("111 9 8", &[], Some(Pcma)),
        ("111 9", &[], Some(Opus)),
        ("9 111", &[], Some(G722)),
        ("9", &[], Some(G722)),
        ("18", &[], None),
        ("9 111 0 8", &[Pcma, Pcmu, G722, Opus], Some(Pcma)),
        ("111 9", &[Pcma, Pcmu, G722, Opus], Some(G722)),
        ("111", &[Pcma, Pcmu, G722, Opus], Some(Opus)),
        ("0 8 9 111", &[G722, Pcma], Some(G722)),
        ("0 8 9 111", &[Opus, G722], Some(Opus)),
        ("0 8", &[Opus, G722], None),
        ("9 111", &[Pcma, Pcmu], None),
        ("9 0", &[Pcma, Pcmu], Some(Pcmu)),
        ("111 9", &[Pcmu, G722], Some(G722)),
        ("8 9", &[Opus, Pcma], Some(Pcma)),
    ];
    for (formats, codecs, taken) in rows {
        let text = format!("{HEAD}m=audio 30000 RTP/AVP {formats}\r\n{OPUS}");
        let found = parse_offer(text.as_bytes(), SrtpUse::Never, codecs).ok().map(|offer| offer.media.codec);
        assert_eq!(found, taken, "{formats} by {codecs:?}");
    }
}

#[test]
fn an_answer_names_the_codec_as_the_peer_did() {
    let rows = [
        ("m=audio 30000 RTP/AVP 9\r\n", "m=audio 40000 RTP/AVP 9\na=rtpmap:9 G722/8000\na=ptime:20\na=sendrecv\n"),
        (
            "m=audio 30000 RTP/AVP 111\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 useinbandfec=1\r\n",
            "m=audio 40000 RTP/AVP 111\na=rtpmap:111 opus/48000/2\n\
             a=fmtp:111 maxplaybackrate=8000;sprop-maxcapturerate=8000;stereo=0;sprop-stereo=0\na=ptime:20\na=sendrecv\n",
        ),
    ];
    for (offer, expected) in rows {
        assert_eq!(answer(offer), expected);
    }
}

#[test]
fn our_offers_name_the_codec_in_use_first_and_number_no_two_things_alike() {
    use Codec::{G722, Opus, Pcma, Pcmu};
    let local = Local { rtp: "198.51.100.7:40000".parse().unwrap(), session: 5, version: 1, crypto: None };
    let of = |codec, payload_type, event| MediaOffer {
        codec,
        payload_type,
        dtmf_payload_type: Some(event),
        ..MediaOffer::unknown()
    };
    let rows: [(MediaOffer, &[Codec], &str); 9] = [
        (MediaOffer::unknown(), &[], "8 0 101"),
        (MediaOffer::unknown(), &Codec::ALL, "8 0 9 107 101"),
        (MediaOffer::of(G722), &[G722, Pcma], "9 8 101"),
        (of(G722, 9, 101), &[], "9 8 0 101"),
        (of(Opus, 111, 96), &[Pcma, Opus], "111 8 96"),
        (of(Pcmu, 0, 107), &Codec::ALL, "0 8 9 108 107"),
        (of(Pcma, 107, 101), &Codec::ALL, "107 0 9 108 101"),
        (MediaOffer { dtmf_payload_type: None, ..of(Opus, 101, 0) }, &[Opus], "101 108"),
        (of(Pcmu, 0, 101), &[Pcmu], "0 101"),
    ];
    for (current, codecs, formats) in rows {
        let text = write_offer(&current, codecs, local);
        assert!(text.contains(&format!("m=audio 40000 RTP/AVP {formats}\r\n")), "{formats}: {text}");
        let read = parse_offer(text.as_bytes(), SrtpUse::Never, &[current.codec]).unwrap().media;
        let event = formats.split(' ').next_back().and_then(|number| number.parse().ok());
        assert_eq!((read.codec, read.dtmf_payload_type), (current.codec, event), "{text}");
    }
    assert_eq!(Codec::LAWS, [Pcma, Pcmu]);
}

#[test]
fn what_is_spoken_is_told_apart_from_how_it_is_carried() {
    let speaks = |media: &str, codecs: &[Codec]| speaks(format!("{HEAD}{media}").as_bytes(), codecs);
    for (media, codecs, spoken) in [
        ("m=audio 40000 RTP/SAVP 8\r\n", &[][..], true),
        ("m=audio 40000 RTP/SAVP 8\r\n", &[Codec::Pcma], true),
        ("m=audio 40000 RTP/AVP 8 0\r\n", &[Codec::G722], false),
        ("m=audio 40000 RTP/AVP 18\r\n", &[], false),
        ("m=audio 0 RTP/AVP 8\r\n", &[], false),
        ("m=video 40000 RTP/AVP 8\r\n", &[], false),
    ] {
        assert_eq!(speaks(media, codecs), spoken, "{media} {codecs:?}");
    }
    assert!(!super::speaks(b"\xff", &[]));
}
