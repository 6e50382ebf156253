//! The Ogg Opus file of a recording, read and decoded by others than made it.

use std::f64::consts::TAU;
use std::io::Cursor;

use super::*;

const LEFT_HZ: f64 = 800.0;
const RIGHT_HZ: f64 = 1_000.0;

fn sine(hz: f64, from: usize, samples: usize) -> Vec<u8> {
    let sample = |n: usize| (9_000.0 * (TAU * hz * n as f64 / 8_000.0).sin()) as i16;
    (from..from + samples).map(|n| Codec::Pcma.encode(sample(n))).collect()
}

/// How loud a tone is in a sound of 48 kHz, in decibels below the greatest.
fn level_db(sound: &[f32], hz: f64) -> f64 {
    let turn = |n: usize| TAU * hz * n as f64 / 48_000.0;
    let both = sound.iter().enumerate().fold((0.0, 0.0), |(re, im), (n, sample)| {
        (re + f64::from(*sample) * turn(n).cos(), im + f64::from(*sample) * turn(n).sin())
    });
    20.0 * (both.0.hypot(both.1) * 2.0 / sound.len() as f64 + 1e-9).log10()
}

/// Both sides of the file, as long as it says.
fn decoded_file(file: Vec<u8>) -> [Vec<f32>; 2] {
    let mut packets = ogg::PacketReader::new(Cursor::new(file));
    let head = packets.read_packet().unwrap().unwrap().data;
    assert_eq!((&head[..8], head[8], head[9]), (&b"OpusHead"[..], 1, 2));
    let pre_skip = usize::from(u16::from_le_bytes([head[10], head[11]]));
    assert_eq!(&packets.read_packet().unwrap().unwrap().data[..8], b"OpusTags");
    let mut decoder = opus_decoder::OpusDecoder::new(48_000, 2).unwrap();
    let (mut sides, mut end) = ([Vec::new(), Vec::new()], 0);
    while let Some(packet) = packets.read_packet().unwrap() {
        let mut sound = vec![0.0; 2 * 5_760];
        let length = decoder.decode_float(&packet.data, &mut sound, false).unwrap();
        for both in sound[..2 * length].chunks_exact(2) {
            sides[0].push(both[0]);
            sides[1].push(both[1]);
        }
        end = packet.absgp_page() as usize;
    }
    sides.map(|side| side[pre_skip..end].to_vec())
}

#[tokio::test]
async fn the_opus_file_has_each_side_on_its_own_and_is_as_long_as_the_recording() {
    let mut world = World::new().await;
    let id = world.begin().await;
    // The customer speaks for three seconds, the agent for the last one and a half.
    for second in 0..3 {
        let first = second * 8_000;
        let customer = sine(LEFT_HZ, first, 8_000);
        world.writer.append(id, &sound(0, PortRole::Customer, first as u64, &customer)).unwrap();
    }
    world.writer.append(id, &sound(1, PortRole::Agent, 12_000, &sine(RIGHT_HZ, 0, 8_000))).unwrap();
    world.writer.append(id, &sound(1, PortRole::Agent, 20_000, &sine(RIGHT_HZ, 8_000, 4_100))).unwrap();
    world.writer.sync().unwrap();
    world.finish(id).await;
    let mut file = OpusFile::new(world.reader(id).await.unwrap()).unwrap();
    let mut bytes = Vec::new();
    while let Some(piece) = file.next().await.unwrap() {
        bytes.extend(piece);
    }
    assert!(bytes.len() < 30_000, "{} bytes", bytes.len());
    let [left, right] = decoded_file(bytes);
    assert_eq!((left.len(), right.len()), (24_100 * 6, 24_100 * 6));
    let (early, late) = (4_800..60_000, 80_000..140_000);
    let is_loud = |sound: &[f32], hz| assert!(level_db(sound, hz) > -14.0, "{}", level_db(sound, hz));
    let is_quiet = |sound: &[f32], hz| assert!(level_db(sound, hz) < -38.0, "{}", level_db(sound, hz));
    is_loud(&left[early.clone()], LEFT_HZ);
    is_quiet(&right[early], LEFT_HZ);
    is_loud(&left[late.clone()], LEFT_HZ);
    is_loud(&right[late.clone()], RIGHT_HZ);
    is_quiet(&left[late.clone()], RIGHT_HZ);
    is_quiet(&right[late], LEFT_HZ);
}

#[tokio::test]
async fn an_altered_recording_breaks_off_the_opus_file() {
    let mut world = World::new().await;
    let id = world.small_recording(2).await;
    world.finish(id).await;
    let mut file = OpusFile::new(world.reader(id).await.unwrap()).unwrap();
    file.next().await.unwrap().unwrap();
    file.next().await.unwrap().unwrap();
    let name = world.objects_disk.list("").unwrap().remove(0).0;
    world.objects_disk.flip(&name, 2 * 8_060 + 100);
    assert!(matches!(file.next().await, Err(RecordingError::Altered(_))));
}
