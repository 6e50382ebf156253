use super::*;

const TONE: [u8; FRAME] = [0x2a; FRAME];

fn packet(sequence: u16, payload: &[u8]) -> Packet<'_> {
    let timestamp = u32::from(sequence) * 160;
    Packet { marker: false, payload_type: 8, sequence, timestamp, ssrc: 1, payload }
}

fn fed(sequences: &[u16]) -> (Recording, Instant) {
    let (mut recording, start) = (Recording::new(true), Instant::now());
    for (n, sequence) in sequences.iter().enumerate() {
        recording.take(start + FRAME_TIME * n as u32, &packet(*sequence, &TONE), Some(101));
    }
    (recording, start)
}

#[test]
fn losses_late_and_double_packets_are_told_apart() {
    let rows: [(&[u16], u64, u64, u64); 5] = [
        (&[1, 2, 3], 0, 0, 0),
        (&[65_534, 65_535, 0, 1], 0, 0, 0),
        (&[1, 4], 2, 0, 0),
        (&[1, 3, 2, 4], 0, 1, 0),
        (&[1, 2, 2, 3], 0, 0, 1),
    ];
    for (sequences, lost, late, duplicated) in rows {
        let stats = fed(sequences).0.stats(0);
        assert_eq!((stats.lost, stats.late, stats.duplicated), (lost, late, duplicated), "{sequences:?}");
    }
}

#[test]
fn silence_begins_with_the_first_silent_packet_or_when_packets_stop() {
    let (mut recording, start) = fed(&[1, 2, 3]);
    let loud_until = start + FRAME_TIME * 2;
    assert_eq!(recording.silent_since(loud_until, start), None);
    assert_eq!(recording.silent_since(loud_until + GAP * 2, start), Some(loud_until + FRAME_TIME));
    let silent = loud_until + FRAME_TIME;
    recording.take(silent, &packet(4, &[0xd5; FRAME]), Some(101));
    assert_eq!(recording.silent_since(silent, start), Some(silent));
    assert_eq!(Recording::new(true).silent_since(silent, start), Some(start));
}

#[test]
fn what_did_not_arrive_counts_as_silence() {
    let (recording, start) = fed(&[1, 2, 3, 4, 5]);
    let full = recording.heard(start + FRAME_TIME * 5, start, FRAME_TIME * 5, None);
    let half = recording.heard(start + FRAME_TIME * 10, start, FRAME_TIME * 10, None);
    assert!((full.level_dbov - half.level_dbov - 3.0).abs() < 0.3, "{full:?} {half:?}");
    assert_eq!((full.packets, half.silent_ms), (5, 100));
}

#[test]
fn an_event_of_many_packets_is_one_key() {
    let (mut recording, now) = (Recording::new(true), Instant::now());
    for (sequence, timestamp, payload) in
        [(1, 800, [1, 10, 0, 160]), (2, 800, [1, 138, 1, 64]), (3, 1_600, [11, 10, 0, 160])]
    {
        let packet = Packet { marker: false, payload_type: 101, sequence, timestamp, ssrc: 1, payload: &payload };
        recording.take(now, &packet, Some(101));
    }
    assert_eq!(recording.keys(), &['1', '#']);
}
