//! What is heard is what was said, where and when it was said.

use super::*;

const LOUD: u16 = 3_000;

fn is_silent(samples: &[i16]) -> bool {
    samples.iter().all(|sample| *sample == 0)
}

#[tokio::test]
async fn left_is_the_customer_right_the_agents_and_nothing_crosses() {
    let mut world = World::new().await;
    let id = world.begin().await;
    let (customer, agent, whisper, prompt) = (tone(1, 8_000), tone(2, 8_000), tone(3, 8_000), tone(4, 4_000));
    let writer = &mut world.writer;
    writer.append(id, &sound(0, PortRole::Customer, 0, &customer)).unwrap();
    writer.append(id, &sound(3, PortRole::Media, 2_000, &prompt)).unwrap();
    writer.append(id, &sound(1, PortRole::Agent, 8_000, &agent)).unwrap();
    writer.append(id, &sound(2, PortRole::Supervisor, 8_000, &whisper)).unwrap();
    let pause = Content::Paused { samples: 16_000 };
    let paused = NewChunk { track: 0, role: PortRole::Customer, first_sample: 8_000, content: pause };
    writer.append(id, &paused).unwrap();
    let gap = Content::Gap { samples: 4_000, cause: GapCause::Overflow };
    writer.append(id, &NewChunk { track: 1, role: PortRole::Agent, first_sample: 16_000, content: gap }).unwrap();
    let mut live = world.reader(id).await.unwrap();
    assert!(live.info().live);
    let played_live = whole_wav(&mut live).await;
    let manifest = world.finish(id).await;
    assert_eq!((manifest.chunks, manifest.gaps, manifest.recovered), (6, 1, false));
    assert_eq!(manifest.duration, Duration::from_secs(3));
    let mut sealed = world.reader(id).await.unwrap();
    let wav = whole_wav(&mut sealed).await;
    assert!(wav == played_live, "live and sealed sound the same");
    let (left, right) = (side(&wav, 0), side(&wav, 1));
    assert_eq!(left.len(), 24_000);
    assert!(left[..8_000] == decoded(&customer) && is_silent(&left[8_000..]));
    assert!(right[2_000..6_000] == decoded(&prompt) && right[8_000..16_000] == decoded(&agent));
    assert!(is_silent(&right[..2_000]) && is_silent(&right[6_000..8_000]) && is_silent(&right[16_000..]));
    let info = sealed.info().clone();
    assert_eq!(info.tracks.len(), 4);
    let paused =
        GapSpan { role: PortRole::Customer, at: Duration::from_secs(1), length: Duration::from_secs(2), cause: None };
    assert_eq!(info.gaps[0], paused);
    assert_eq!((info.gaps[1].length, info.gaps[1].cause), (Duration::from_millis(500), Some(GapCause::Overflow)));
    let mut with = world.reader(id).await.unwrap().with_supervisor();
    assert!(
        side(&whole_wav(&mut with).await, 1)[8_000..16_000] != decoded(&agent)[..],
        "asked for, the whisper is mixed in"
    );
}

#[tokio::test]
async fn every_range_of_bytes_is_the_same_as_of_the_whole() {
    let mut world = World::new().await;
    let id = world.small_recording(3).await;
    world.finish(id).await;
    let mut reader = world.reader(id).await.unwrap();
    let whole = whole_wav(&mut reader).await;
    assert_eq!(whole.len() as u64, 44 + 3 * 32_000);
    assert_eq!(&whole[..4], b"RIFF");
    let mut dice = Dice(5);
    let mut ranges = vec![(0, 1), (43, 2), (44, 4), (45, 3), (0, whole.len()), (whole.len() - 1, 1), (whole.len(), 9)];
    ranges.extend((0..200).map(|_| (dice.below(whole.len()), dice.below(70_000))));
    for (from, length) in ranges {
        let piece = reader.wav_range(from as u64, length).await.unwrap();
        assert!(piece == whole[from..(from + length).min(whole.len())], "{length} bytes from {from}");
    }
}

#[tokio::test]
async fn a_waveform_shows_who_speaks_when_live_and_sealed() {
    let mut world = World::new().await;
    let id = world.begin().await;
    let loud = vec![Codec::Pcma.encode(LOUD as i16 * 10); 8_000];
    world.writer.append(id, &sound(0, PortRole::Customer, 0, &loud)).unwrap();
    world.writer.append(id, &sound(1, PortRole::Agent, 24_000, &loud)).unwrap();
    let live = world.reader(id).await.unwrap().peaks(40).await.unwrap();
    world.finish(id).await;
    for points in [4, 40, 400] {
        let peaks = world.reader(id).await.unwrap().peaks(points).await.unwrap();
        let quarter = points / 4;
        assert_eq!((peaks.left.len(), peaks.right.len()), (points, points));
        assert!(peaks.left[..quarter].iter().all(|p| *p > 200) && peaks.left[quarter..].iter().all(|p| *p == 0));
        assert!(
            peaks.right[3 * quarter..].iter().all(|p| *p > 200) && peaks.right[..3 * quarter].iter().all(|p| *p == 0)
        );
        if points == 40 {
            assert_eq!(peaks, live);
        }
    }
}

#[tokio::test]
async fn what_is_out_of_place_or_too_long_is_refused() {
    let mut world = World::new().await;
    let id = world.begin().await;
    let second = tone(1, 8_000);
    world.writer.append(id, &sound(0, PortRole::Customer, 8_000, &second)).unwrap();
    let refused = [
        sound(0, PortRole::Customer, 15_999, &second),
        sound(0, PortRole::Customer, 16_000, &[]),
        sound(TRACKS_MAX, PortRole::Customer, 16_000, &second),
    ];
    for chunk in refused {
        assert!(matches!(world.writer.append(id, &chunk), Err(WriteError::OutOfPlace)));
    }
    let long = tone(1, 8_001);
    assert!(matches!(
        world.writer.append(id, &sound(0, PortRole::Customer, 16_000, &long)),
        Err(WriteError::OutOfPlace)
    ));
    let stranger = RecordingId(77);
    assert!(matches!(
        world.writer.append(stranger, &sound(0, PortRole::Customer, 0, &second)),
        Err(WriteError::Unknown(_))
    ));
    assert!(matches!(world.recordings.seal(id).await, Err(RecordingError::StillLive)));
    assert_eq!(world.finish(id).await.gaps, 0);
}

#[tokio::test]
async fn a_full_disk_makes_an_explicit_gap_and_the_rest_goes_on() {
    let mut world = World::new().await;
    let id = world.begin().await;
    let sounds: Vec<Vec<u8>> = (0..6).map(|n| tone(n, 8_000)).collect();
    let chunk = |n: usize| sound(0, PortRole::Customer, n as u64 * 8_000, &sounds[n]);
    world.writer.append(id, &chunk(0)).unwrap();
    world.segments.refuse_appends(3);
    for n in 1..3 {
        assert!(matches!(world.writer.append(id, &chunk(n)), Err(WriteError::DiskFull)));
    }
    // Only the reserve of the ledger is left: refused before anything is written.
    world.segments.refuse_appends(0);
    world.segments.set_free_bytes(RecordingWriter::RESERVE_BYTES - 1);
    world.writer.sync().unwrap();
    assert!(world.writer.is_full());
    assert!(matches!(world.writer.append(id, &chunk(3)), Err(WriteError::DiskFull)));
    world.segments.set_free_bytes(RecordingWriter::RESERVE_BYTES);
    world.writer.sync().unwrap();
    world.writer.append(id, &chunk(4)).unwrap();
    // The last one is lost and nothing follows it.
    world.segments.refuse_appends(9);
    assert!(world.writer.append(id, &chunk(5)).is_err());
    assert!(world.writer.close(id).is_err());
    world.segments.refuse_appends(0);
    let manifest = world.recordings.seal(id).await.unwrap();
    world.record_seal(id, &manifest).await;
    assert_eq!((manifest.gaps, manifest.duration), (2, Duration::from_secs(6)));
    let mut reader = world.reader(id).await.unwrap();
    let gap = |at, seconds| GapSpan {
        role: PortRole::Customer,
        at: Duration::from_secs(at),
        length: Duration::from_secs(seconds),
        cause: Some(GapCause::DiskFull),
    };
    assert_eq!(reader.info().gaps, [gap(1, 3), gap(5, 1)]);
    let left = side(&whole_wav(&mut reader).await, 0);
    assert!(left[..8_000] == decoded(&sounds[0]) && left[32_000..40_000] == decoded(&sounds[4]));
    assert!(is_silent(&left[8_000..32_000]) && is_silent(&left[40_000..]));
}

#[tokio::test]
async fn segments_are_given_back_when_all_their_recordings_are_settled() {
    let mut world = World::new().await;
    // 64 MiB hold about 8,300 seconds of one track.
    let (long, other) = (world.begin().await, world.begin().await);
    let second = tone(1, 8_000);
    world.writer.append(other, &sound(0, PortRole::Customer, 0, &second)).unwrap();
    for n in 0..8_400 {
        world.writer.append(long, &sound(0, PortRole::Customer, n * 8_000, &second)).unwrap();
    }
    world.writer.sync().unwrap();
    assert_eq!(world.segments.list("").unwrap().len(), 2);
    world.finish(long).await;
    world.writer.sync().unwrap();
    assert_eq!(world.segments.list("").unwrap().len(), 2, "the other recording is in the first");
    world.finish(other).await;
    world.writer.sync().unwrap();
    assert_eq!(world.segments.list("").unwrap().len(), 1);
    world.restart().await;
    assert_eq!(world.left, []);
    world.writer.sync().unwrap();
    assert_eq!(world.segments.list("").unwrap().len(), 0);
    assert!(!world.reader(long).await.unwrap().info().live);
}
