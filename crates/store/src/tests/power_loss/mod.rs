//! The power goes at any moment, and the disk has written any part of what was not synced, in any order and torn: nothing that was
//! acknowledged is lost, the chains are whole, the rest goes on. `kill -9` cannot show this: the kernel keeps what a dead process wrote.

mod layer;
mod platter;

use std::path::{Path, PathBuf};

use reporting::LiveFloor;
use sqlx::sqlite::SqliteConnectOptions;

use super::*;
use platter::Chance;

/// Connections to files of a watched directory go through the layer.
pub(crate) fn watched(options: SqliteConnectOptions, dir: &Path) -> SqliteConnectOptions {
    if layer::is_recorded(dir) { options.vfs(layer::NAME) } else { options }
}

/// Something a caller, a person or a program was told is done.
#[derive(Clone, Debug)]
struct Ack {
    /// What the disk had been asked to do when it was told.
    position: usize,
    /// End of the ledger.
    head: u64,
    /// A call of this number is in the books.
    call: Option<(ConversationId, PartyId, String)>,
    /// This customer exists.
    customer: Option<CustomerId>,
}

/// A day of work on a disk that is watched.
struct Day {
    dir: TempDir,
    centre: Centre,
    acks: Vec<Ack>,
}

fn data(dir: &TempDir) -> PathBuf {
    dir.path().join("data")
}

/// Calls, customers, checkpoints and reports take turns.
async fn work(store: &Store, centre: &Centre, epoch: u64, dir: &Path, chance: &mut Chance) -> Vec<Ack> {
    let mut acks = Vec::new();
    for n in 0..30 {
        let mut ack = Ack { position: 0, head: 0, call: None, customer: None };
        match chance.below(5) {
            0 => {
                let draft = customer_draft(&format!("customer {n}"), &[]);
                ack.customer = Some(store.create_customer(&centre.scope, at(100 + n), &draft).await.unwrap().id);
            }
            1 => store.checkpoint().await.unwrap(),
            _ => {
                let from = format!("1380000{:04}", 1_000 + n);
                let call = stored_call(store, centre, epoch, at(100 + 20 * n), &from).await;
                ack.call = Some((call.conversation, call.from, from));
            }
        }
        ack.head = store.head(centre.tenant.partition).await.unwrap().seq;
        ack.position = layer::position(dir);
        acks.push(ack);
    }
    acks
}

async fn day(seed: u64) -> Day {
    let dir = tempfile::tempdir().unwrap();
    layer::record(&data(&dir));
    let store = Store::open(config(&dir), NEW_YEAR).await.unwrap();
    let centre = centre(&store, "north").await;
    let epoch = leased(&store, &centre).await;
    let acks = work(&store, &centre, epoch, &data(&dir), &mut Chance::new(seed)).await;
    Day { dir, centre, acks }
}

/// What has to be found again after the power went at `cut`; says what is missing.
async fn judge(day: &Day, files: std::collections::BTreeMap<String, Vec<u8>>, cut: usize) -> Result<(), String> {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(data(&dir)).unwrap();
    for (name, bytes) in files {
        std::fs::write(data(&dir).join(name), bytes).unwrap();
    }
    let wrong = |what: &str| format!("{what} is not as it was promised");
    let store = Store::open(config(&dir), at(5_000)).await.map_err(|error| format!("opening: {error:?}"))?;
    let acks: Vec<&Ack> = day.acks.iter().filter(|ack| ack.position <= cut).collect();
    let Some(last) = acks.last() else { return store.close().await.map_err(|error| error.to_string()) };
    let (scope, partition) = (&day.centre.scope, day.centre.tenant.partition);

    let head = store.head(partition).await.map_err(|error| format!("the head: {error:?}"))?.seq;
    if head < last.head {
        return Err(format!("the ledger ends at {head}, {} were acknowledged", last.head));
    }
    let ledger = store.verify_ledger(partition).await.map_err(|error| format!("the chain: {error:?}"))?;
    if ledger != (ChainReport { good: head, fault: None }) {
        return Err(format!("the chain: {ledger:?}, it ends at {head}"));
    }
    let audit = store.verify_audit(scope).await.map_err(|error| format!("the audit trail: {error:?}"))?;
    if audit.fault.is_some() {
        return Err(format!("the audit trail: {audit:?}"));
    }
    for ack in acks {
        if let Some((conversation, from, number)) = &ack.call {
            let events = store.conversation_events(scope, *conversation).await.map_err(|_| wrong("a call"))?;
            let ends = events.iter().filter(|entry| matches!(entry.event, Event::ConversationEnded { .. })).count();
            let values = store.party_values(scope, &[*from]).await.map_err(|_| wrong("a number"))?;
            if ends != 1 || values.get(from).map(|value| &value.raw) != Some(number) {
                return Err(wrong("a call or its number"));
            }
        }
        if let Some(customer) = ack.customer {
            store.customer(scope, customer).await.map_err(|_| wrong("a customer"))?;
        }
    }
    go_on(&store, day, head).await
}

/// The next process starts on what is left: the fold, the reports, the lease, the next call.
async fn go_on(store: &Store, day: &Day, head: u64) -> Result<(), String> {
    let (scope, partition) = (&day.centre.scope, day.centre.tenant.partition);
    let mut live = LiveFloor::default();
    for entry in store.history(partition).await.map_err(|error| format!("the history: {error:?}"))? {
        live.apply(&entry);
    }
    if live.seq != head || !live.conversations.is_empty() {
        return Err(format!("the fold ends at {} with {} conversations", live.seq, live.conversations.len()));
    }
    store.catch_up(partition).await.map_err(|error| format!("the reports: {error:?}"))?;
    let page = || Page { after: None, limit: 200 };
    let rows = store.list_conversations(scope, &ConversationFilter::default(), page()).await.unwrap();
    store.rebuild_reports(partition).await.unwrap();
    if rows != store.list_conversations(scope, &ConversationFilter::default(), page()).await.unwrap() {
        return Err("the reports differ from a rebuild".to_owned());
    }
    let epoch = store.acquire_lease(partition, at(6_000)).await.map_err(|error| format!("the lease: {error:?}"))?;
    stored_call(store, &day.centre, epoch, at(7_000), "13900139000").await;
    store.close().await.map_err(|error| error.to_string())
}

async fn fifty_cuts(first: u64) {
    let day = day(first).await;
    let ops = layer::ops(&data(&day.dir));
    for seed in first..first + 50 {
        let mut chance = Chance::new(seed);
        let cut = chance.below(ops.len() + 1);
        let left = platter::left_of(&ops[..cut], &mut chance);
        let verdict = judge(&day, left, cut).await;
        assert_eq!(verdict, Ok(()), "seed {seed}, the power went after {cut} of {} operations", ops.len());
    }
}

#[tokio::test]
async fn the_power_goes_seeds_1_to_50() {
    fifty_cuts(1).await;
}

#[tokio::test]
async fn the_power_goes_seeds_51_to_100() {
    fifty_cuts(51).await;
}

#[tokio::test]
async fn the_power_goes_seeds_101_to_150() {
    fifty_cuts(101).await;
}

#[tokio::test]
async fn the_power_goes_seeds_151_to_200() {
    fifty_cuts(151).await;
}

/// A disk that only says that it synced loses calls, and this is seen: the test above can fail.
#[tokio::test]
async fn a_disk_that_lies_about_syncing_is_found_out() {
    let day = day(7).await;
    let ops = layer::ops(&data(&day.dir));
    // The next checkpoint would make good what the lie lost: keys are written with the first call, customers now and then.
    let first_call = day.acks.iter().find(|ack| ack.call.is_some()).unwrap().position;
    let last_customer = day.acks.iter().rfind(|ack| ack.customer.is_some()).unwrap().position;
    for (file, cut) in [("ledger.db-wal", ops.len()), ("keys.db-wal", first_call), ("business.db-wal", last_customer)] {
        let lying = platter::without_syncs(&ops[..cut], file);
        let mut lost = 0;
        for seed in 1..=20 {
            let left = platter::left_of(&lying, &mut Chance::new(seed));
            lost += usize::from(judge(&day, left, cut).await.is_err());
        }
        assert!(lost >= 10, "{file}: a loss was seen in {lost} of 20");
    }
}

/// The disk is full at each write in turn: what fails says so, what was acknowledged stays, and with room again the work goes on.
#[tokio::test]
async fn the_disk_is_full_at_every_write() {
    let dir = tempfile::tempdir().unwrap();
    layer::record(&data(&dir));
    let store = Store::open(config(&dir), NEW_YEAR).await.unwrap();
    let centre = centre(&store, "north").await;
    let epoch = leased(&store, &centre).await;
    let (mut refused, mut head) = (0, store.head(centre.tenant.partition).await.unwrap().seq);
    for room in 0..25 {
        let call = call(&store, &centre, at(100 + room));
        let parties = vec![Party { id: call.from, raw: "13800138000".to_owned() }];
        let batch = batch(&centre, epoch, entries(&centre, epoch, head, at(100 + room), &call.events), parties);
        layer::leave_room(&data(&dir), Some(room as usize));
        let appended = store.append(&batch).await;
        let customer = store.create_customer(&centre.scope, at(100 + room), &customer_draft("n", &[])).await;
        let _ = store.checkpoint().await;
        layer::leave_room(&data(&dir), None);
        if appended.is_err() {
            refused += 1;
            assert_eq!(store.head(centre.tenant.partition).await.unwrap().seq, head);
            store.append(&batch).await.unwrap();
        }
        head += call.events.len() as u64;
        assert_eq!(store.head(centre.tenant.partition).await.unwrap().seq, head);
        if let Ok(customer) = customer {
            store.customer(&centre.scope, customer.id).await.unwrap();
        }
    }
    assert!((1..25).contains(&refused), "{refused} of 25 were refused");
    let report = store.verify_ledger(centre.tenant.partition).await.unwrap();
    assert_eq!(report, ChainReport { good: head, fault: None });
    assert_eq!(store.verify_audit(&centre.scope).await.unwrap().fault, None);
}
