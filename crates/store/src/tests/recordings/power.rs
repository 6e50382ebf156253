//! Power cuts at every kind of moment: what a sync acknowledged is there, everything that is there can be heard, and what is not there
//! is marked.

use super::*;

/// Power cuts.
const SEEDS: u64 = 200;

/// One chunk as it was given to the writer.
struct Given {
    track: u16,
    first: u64,
    bytes: Vec<u8>,
    /// A sync that came after it succeeded, and it was written at all.
    is_safe: bool,
    is_written: bool,
}

#[derive(Default)]
struct Model {
    given: HashMap<RecordingId, Vec<Given>>,
    ends: HashMap<(RecordingId, u16), u64>,
    writing: Vec<RecordingId>,
    closed: Vec<RecordingId>,
}

const ROLES: [PortRole; 2] = [PortRole::Customer, PortRole::Agent];

impl Model {
    fn append(&mut self, world: &mut World, dice: &mut Dice) {
        if self.writing.is_empty() {
            return;
        }
        let id = self.writing[dice.below(self.writing.len())];
        let track = dice.below(2) as u16;
        let end = self.ends.entry((id, track)).or_default();
        // Sometimes nobody hears the track for a while.
        let first = *end + if dice.one_in(5) { dice.below(9_000) as u64 } else { 0 };
        let longest = if dice.one_in(3) { 8_000 } else { 900 };
        let length = 1 + dice.below(longest);
        *end = first + length as u64;
        let bytes = tone(dice.next(), length);
        let is_written = world.writer.append(id, &sound(track, ROLES[usize::from(track)], first, &bytes)).is_ok();
        self.given.entry(id).or_default().push(Given { track, first, bytes, is_safe: false, is_written });
    }

    async fn step(&mut self, world: &mut World, dice: &mut Dice) {
        match dice.below(40) {
            0..=1 if self.writing.len() < 4 => {
                let id = world.begin().await;
                self.writing.push(id);
            }
            2 => world.segments.refuse_appends(1 + dice.below(3) as u32),
            3 => world.segments.refuse_syncs(1),
            4 if !self.writing.is_empty() => {
                let id = self.writing.swap_remove(dice.below(self.writing.len()));
                let _ = world.writer.close(id);
                self.closed.push(id);
            }
            5 if !self.closed.is_empty() => {
                let id = self.closed[dice.below(self.closed.len())];
                match world.recordings.seal(id).await {
                    // The event may come or the power may be gone before it.
                    Ok(manifest) if dice.one_in(2) => {
                        world.record_seal(id, &manifest).await;
                        self.closed.retain(|closed| *closed != id);
                        // What is sealed and in the ledger is acknowledged, synced in its segment or not.
                        for given in self.given.entry(id).or_default() {
                            given.is_safe |= given.is_written;
                        }
                    }
                    Ok(_) => {}
                    Err(error) => assert!(!self.given.contains_key(&id), "a closed recording seals: {error}"),
                }
            }
            6..=9 => {
                if world.writer.sync().is_ok() {
                    for given in self.given.values_mut().flatten() {
                        given.is_safe |= given.is_written;
                    }
                } else {
                    self.forget_promises();
                }
            }
            _ => self.append(world, dice),
        }
    }

    /// What was written before a failed sync or a power cut and is not safe never becomes so by a later sync.
    fn forget_promises(&mut self) {
        for given in self.given.values_mut().flatten() {
            given.is_written = given.is_safe;
        }
    }

    /// Everything given is there to be heard or covered by a gap; what was acknowledged is there.
    async fn check(&self, world: &World, seed: u64) {
        for (id, given) in &self.given {
            let mut reader = match world.reader(*id).await {
                Ok(reader) => reader,
                Err(RecordingError::Truncated(_)) => {
                    assert!(given.iter().all(|g| !g.is_safe), "seed {seed}: all of {id} is gone");
                    continue;
                }
                Err(error) => panic!("seed {seed}: {id} cannot be read: {error}"),
            };
            let wav = whole_wav(&mut reader).await;
            let sides = [side(&wav, 0), side(&wav, 1)];
            let gaps = reader.info().gaps.clone();
            for given in given {
                let from = given.first as usize;
                let samples = sides[usize::from(given.track)].get(from..from + given.bytes.len());
                let is_there = samples == Some(&decoded(&given.bytes)[..]);
                let second = |sample: usize| sample as f64 / 8_000.0;
                let covers = |gap: &&GapSpan| {
                    gap.role == ROLES[usize::from(given.track)]
                        && gap.at.as_secs_f64() <= second(from) + 1e-6
                        && (gap.at + gap.length).as_secs_f64() >= second(from + given.bytes.len()) - 1e-6
                };
                // The end that was torn off: a gap of no length that says nobody knows how much.
                let is_torn_end = || reader.info().recovered && gaps.iter().any(|gap| gap.length.is_zero());
                let is_marked = gaps.iter().any(|gap| covers(&gap)) || is_torn_end();
                assert!(is_there || !given.is_safe, "seed {seed}: lost {id} track {} at {from}", given.track);
                assert!(is_there || is_marked, "seed {seed}: unmarked gap in {id} track {} at {from}", given.track);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_power_cuts_lose_nothing_acknowledged_and_mark_every_gap() {
    let (store, dir) = open().await;
    let centre = centre(&store, "north").await;
    let epoch = leased(&store, &centre).await;
    let mut world = World::on(store, dir, centre, epoch).await;
    for seed in 0..SEEDS {
        (world.segments, world.objects_disk) = (Arc::default(), Arc::default());
        world.objects = Arc::new(FsObjectStore::on(world.objects_disk.clone()));
        world.restart().await;
        let (mut dice, mut model) = (Dice(seed), Model::default());
        // Several lives, each ended by the power.
        for _ in 0..1 + dice.below(3) {
            for _ in 0..dice.below(120) {
                model.step(&mut world, &mut dice).await;
            }
            world.segments.lose_power(&mut dice);
            world.objects_disk.lose_power(&mut dice);
            world.restart().await;
            for left in world.left.clone() {
                let manifest = world.recordings.seal(left.recording).await.unwrap();
                world.record_seal(left.recording, &manifest).await;
            }
            (model.writing, model.closed) = (Vec::new(), Vec::new());
            model.forget_promises();
            model.check(&world, seed).await;
            world.writer.sync().unwrap();
        }
    }
}

#[tokio::test]
async fn a_recording_closed_in_order_is_whole_after_a_restart() {
    let mut world = World::new().await;
    let id = world.small_recording(3).await;
    world.writer.close(id).unwrap();
    world.writer.sync().unwrap();
    world.segments.lose_power(&mut Dice(1));
    world.restart().await;
    assert_eq!(world.left.iter().map(|left| left.recording).collect::<Vec<_>>(), [id]);
    let manifest = world.recordings.seal(id).await.unwrap();
    assert_eq!((manifest.recovered, manifest.gaps, manifest.chunks), (false, 0, 6));
    assert_eq!(world.recordings.seal(id).await.unwrap(), manifest, "asked again, the same");
    world.record_seal(id, &manifest).await;
    assert!(matches!(world.recordings.seal(id).await, Err(RecordingError::NotFound)));
    world.restart().await;
    assert_eq!(world.left, [], "settled ones are not left");
}

#[tokio::test]
async fn a_torn_off_recording_is_sealed_as_recovered_with_its_end_marked() {
    let mut world = World::new().await;
    let id = world.small_recording(3).await;
    world.writer.append(id, &sound(0, PortRole::Customer, 24_000, &tone(9, 8_000))).unwrap();
    // Killed in the middle of a write.
    let (name, size) = world.segments.list("").unwrap().remove(0);
    world.segments.change(&name, |bytes| bytes.truncate(size as usize - 100));
    world.restart().await;
    let manifest = world.recordings.seal(id).await.unwrap();
    assert_eq!((manifest.recovered, manifest.gaps, manifest.duration), (true, 1, Duration::from_secs(3)));
    world.record_seal(id, &manifest).await;
    let reader = world.reader(id).await.unwrap();
    let end = reader.info().gaps[0];
    assert_eq!((end.at, end.length, end.cause), (Duration::from_secs(3), Duration::ZERO, Some(GapCause::TornOff)));
    assert_eq!(world.verify().await.faults, []);
}

#[tokio::test]
async fn a_recording_the_ledger_never_heard_of_is_discarded() {
    let mut world = World::new().await;
    let id = world.small_recording(1).await;
    assert!(matches!(world.recordings.discard(id, at(9)).await, Err(RecordingError::StillLive)));
    world.restart().await;
    world.recordings.seal(id).await.unwrap();
    world.recordings.discard(id, at(9)).await.unwrap();
    assert!(matches!(world.reader(id).await, Err(RecordingError::KeyDestroyed)));
    assert_eq!(world.objects_disk.list("").unwrap(), []);
    world.restart().await;
    assert_eq!(world.left, []);
    assert_eq!(world.verify().await, RecordingsReport::default());
}
