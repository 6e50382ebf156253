use super::*;

/// Packet `n` is filled with one value, so that it is known again when it comes out.
fn payload(n: u32) -> [u8; 160] {
    [Codec::Pcmu.encode(value(n)); 160]
}

fn value(n: u32) -> i16 {
    Codec::Pcmu.decode(0x80 + (n % 100) as u8)
}

fn ms(at: u64) -> Mono {
    Mono(at * 1_000_000)
}

/// Of a source nothing is known of; slots are taken at full twenties of milliseconds.
fn unknown() -> JitterBuffer {
    JitterBuffer::new(ms(0), 0, 0)
}

/// Packet `n`, in the middle between two slots.
fn write(buffer: &mut JitterBuffer, slot: u64, n: u32) {
    buffer.write(ms(slot * 20 + 10), n.wrapping_mul(160), Codec::Pcmu, &payload(n));
}

fn read(buffer: &mut JitterBuffer) -> (bool, i16) {
    let mut out = [0; SLOT_SAMPLES];
    let heard = buffer.read(buffer.read_at + Duration::from_millis(20), &mut out);
    (heard, out[0])
}

#[test]
fn a_regular_source_comes_out_whole_after_the_delay() {
    let mut buffer = unknown();
    let mut heard = Vec::new();
    for n in 0..50u32 {
        buffer.write(ms(u64::from(n) * 20 + 10), n.wrapping_mul(160).wrapping_sub(400), Codec::Pcmu, &payload(n));
        heard.push(read(&mut buffer));
    }
    assert!(heard[..2].iter().all(|(heard, _)| !heard));
    for (n, slot) in heard[2..].iter().enumerate() {
        assert_eq!(*slot, (true, value(n as u32)));
    }
}

#[test]
fn a_source_known_to_be_steady_waits_three_to_twenty_three_milliseconds() {
    for phase_us in (0..20_000).step_by(250) {
        let mut buffer = JitterBuffer::new(ms(0), 1_000, 200);
        let mut waited = None;
        for n in 0..100u32 {
            let came = Mono((u64::from(n) * 20_000 + phase_us) * 1_000);
            buffer.write(came, n * 160, Codec::Pcmu, &payload(n));
            let (heard, sample) = read(&mut buffer);
            if heard && waited.is_none() {
                assert_eq!(sample, value(0));
                waited = Some(buffer.read_at.since(Mono(phase_us * 1_000)));
            }
            assert_eq!(heard, waited.is_some(), "{phase_us}: packet {n}");
        }
        let waited = waited.unwrap();
        assert!(waited >= Duration::from_millis(3) && waited <= Duration::from_millis(23), "{phase_us}: {waited:?}");
    }
}

#[test]
fn one_of_which_nothing_is_known_is_found_steady_within_a_second() {
    let mut buffer = unknown();
    let mut heard = Vec::new();
    for n in 0..100u32 {
        write(&mut buffer, u64::from(n), n);
        heard.push(read(&mut buffer));
    }
    assert_eq!(heard[49], (true, value(47)));
    for (n, slot) in heard.iter().enumerate().skip(50) {
        assert_eq!(*slot, (true, value(n as u32)), "{n}");
    }
}

#[test]
fn one_known_to_be_uneven_is_given_what_it_needs() {
    let mut buffer = JitterBuffer::new(ms(0), 1_000, 6_000);
    write(&mut buffer, 0, 0);
    let heard: Vec<bool> = (0..3).map(|_| read(&mut buffer).0).collect();
    assert_eq!(heard, [false, true, false]);
}

#[test]
fn order_is_restored_and_gaps_fade() {
    let mut buffer = unknown();
    for n in [0, 2, 1, 4] {
        write(&mut buffer, 0, n);
    }
    let heard: Vec<_> = (0..7).map(|_| read(&mut buffer)).collect();
    assert_eq!(heard[2..5], [(true, value(0)), (true, value(1)), (true, value(2))]);
    // What is constant goes on so.
    assert_eq!(heard[5], (false, value(2)));
    assert!(heard[6].0);
}

#[test]
fn what_stands_in_for_a_packet_is_played_in_its_place_and_buys_no_delay() {
    let mut buffer = unknown();
    write(&mut buffer, 0, 0);
    write(&mut buffer, 0, 2);
    buffer.fill(160, Codec::Pcmu, &payload(9));
    // A packet that came is left alone.
    buffer.fill(320, Codec::Pcmu, &payload(7));
    let heard: Vec<_> = (0..5).map(|_| read(&mut buffer)).collect();
    assert_eq!(heard[2..], [(true, value(0)), (true, value(9)), (true, value(2))]);
    buffer.fill(160, Codec::Pcmu, &payload(9));
    assert_eq!(buffer.reserve, RESERVE_START);
}

#[test]
fn late_packets_buy_reserve_and_steady_ones_give_it_back_after_twice_the_time() {
    let mut buffer = unknown();
    write(&mut buffer, 0, 0);
    for _ in 0..5 {
        read(&mut buffer);
    }
    write(&mut buffer, 5, 1);
    assert_eq!(buffer.reserve, RESERVE_START + SLOT);
    // What was held up comes at once, and the rest in time.
    (2..5).for_each(|n| write(&mut buffer, 5, n));
    let mut heard = Vec::new();
    for n in 5..1_600u32 {
        write(&mut buffer, u64::from(n), n);
        heard.push(read(&mut buffer));
        assert!(heard.last().unwrap().0);
    }
    let cuts: Vec<usize> = (1..heard.len()).filter(|n| heard[*n].1 != value(*n as u32 + 2)).collect();
    // In the first stretch of twice the time there is a packet that was just in time.
    assert_eq!(cuts.first(), Some(&(4 * REVIEW_SLOTS as usize - 5)));
    assert!(buffer.reserve < RESERVE_START, "{}", buffer.reserve);
}

/// Packets come 8 ms before each slot; slots are put off by 15 ms, so that the source comes 23 ms early and is to leave one out.
fn put_off(packets: impl Iterator<Item = u8>) -> (Vec<i16>, Option<i64>) {
    let (mut buffer, mut heard) = (JitterBuffer::new(ms(0), 1_000, 200), Vec::new());
    let (mut out, mut read_at) = ([0; SLOT_SAMPLES], ms(20));
    for (n, byte) in (0..).zip(packets) {
        let came = ms(u64::from(n) * 20 + 12);
        while read_at <= came {
            buffer.read(read_at, &mut out);
            heard.push(out[0]);
            if buffer.take_found() {
                assert_eq!(buffer.lead(), Some(8 * 8));
                buffer.postpone(Duration::from_millis(15));
                assert_eq!(buffer.lead(), Some(23 * 8));
                read_at = read_at + Duration::from_millis(15);
            }
            read_at = read_at + Duration::from_millis(20);
        }
        buffer.write(came, n * 160, Codec::Pcmu, &[byte; 160]);
    }
    assert!(!buffer.is_seeking());
    (heard, buffer.lead())
}

#[test]
fn where_slots_are_put_off_a_quiet_one_is_left_out() {
    let [loud, soft] = [0x90, 0xFE];
    let is_soft = |n: &usize| (100..102).contains(n);
    let (heard, lead) = put_off((0..200).map(|n| if is_soft(&n) { soft } else { loud }));
    assert_eq!(heard.iter().filter(|sample| **sample == Codec::Pcmu.decode(soft)).count(), 1);
    assert_eq!(lead, Some(3 * 8));
    // Without one it is left out at the next look.
    let (heard, lead) = put_off((0..200).map(|_| loud));
    assert!(heard.iter().all(|sample| *sample == Codec::Pcmu.decode(loud)));
    assert_eq!(lead, Some(23 * 8));
    assert_eq!(put_off((0..400).map(|_| loud)).1, Some(3 * 8));
}

#[test]
fn a_jump_and_a_pause_begin_a_new_spurt() {
    let mut buffer = unknown();
    write(&mut buffer, 0, 0);
    buffer.write(ms(10), 4_000_000, Codec::Pcmu, &payload(7));
    let heard: Vec<_> = (0..3).map(|_| read(&mut buffer)).collect();
    assert_eq!(heard[2], (true, value(7)));
    for _ in 0..DRY_SLOTS {
        read(&mut buffer);
    }
    assert_eq!(buffer.origin, None);
    buffer.write(buffer.read_at + Duration::from_millis(10), 9, Codec::Pcmu, &payload(8));
    let heard: Vec<_> = (0..3).map(|_| read(&mut buffer)).collect();
    assert_eq!(heard[2], (true, value(8)));
}

#[test]
fn packets_of_thirty_and_ten_milliseconds_fit() {
    for (length, every) in [(240usize, 3u32), (80, 1)] {
        let mut buffer = unknown();
        let mut sounding = 0;
        let mut sent = 0u32;
        for slot in 0..100u32 {
            while sent * every * 80 <= slot * 160 {
                buffer.write(ms(u64::from(slot) * 20 + 10), sent * every * 80, Codec::Pcma, &vec![0x10; length]);
                sent += 1;
            }
            sounding += u32::from(read(&mut buffer).0);
        }
        assert!(sounding >= 95, "{length}: {sounding} of 100 slots");
    }
}
