//! What group commit is worth. The figures are printed: `cargo nextest run -p store group_commit --no-capture`.

use super::*;

/// Commits of one size for a while; gives the rows a second of the median commit, which a busy machine disturbs least.
#[allow(clippy::disallowed_methods, reason = "a measurement reads the clock")]
async fn rate(store: &Store, centre: &Centre, epoch: u64, head: &mut u64, size: usize) -> f64 {
    let events: Vec<Event> = (0..).flat_map(|n| call(store, centre, at(n)).events).take(size).collect();
    let mut took = Vec::new();
    let began = std::time::Instant::now();
    while began.elapsed() < Duration::from_millis(700) {
        let next = batch(centre, epoch, entries(centre, epoch, *head, at(10), &events), vec![]);
        let started = std::time::Instant::now();
        store.append(&next).await.unwrap();
        took.push(started.elapsed());
        *head += size as u64;
    }
    let rows = (took.len() * size) as f64 / began.elapsed().as_secs_f64();
    took.sort();
    let (p50, p99) = (took[took.len() / 2], took[took.len() * 99 / 100]);
    println!("{size} rows a commit: {:.0} commits/s, {rows:.0} rows/s, p50 {p50:?}, p99 {p99:?}", rows / size as f64);
    size as f64 / p50.as_secs_f64()
}

#[tokio::test]
async fn group_commit_carries_more_rows_than_single_commits() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let epoch = leased(&store, &centre).await;
    let mut head = 0;
    let mut rates = Vec::new();
    for size in [1, 10, 100, 500] {
        rates.push(rate(&store, &centre, epoch, &mut head, size).await);
    }
    assert!(rates[3] > rates[0], "{rates:?}");
    let report = store.verify_ledger(centre.tenant.partition).await.unwrap();
    assert_eq!(report, ChainReport { good: head, fault: None });
}

/// The log is folded into the file again and again, so it does not grow with what is written.
#[tokio::test]
async fn checkpoints_keep_the_log_short() {
    let (store, dir) = open().await;
    let centre = centre(&store, "north").await;
    let epoch = leased(&store, &centre).await;
    let events: Vec<Event> = (0..).flat_map(|n| call(&store, &centre, at(n)).events).take(500).collect();
    let mut head = 0;
    let mut greatest = 0;
    for _ in 0..20 {
        let next = batch(&centre, epoch, entries(&centre, epoch, head, at(10), &events), vec![]);
        store.append(&next).await.unwrap();
        head += 500;
        store.checkpoint().await.unwrap();
        greatest = greatest.max(std::fs::metadata(config(&dir).dir.join("ledger.db-wal")).unwrap().len());
    }
    let file = std::fs::metadata(config(&dir).dir.join("ledger.db")).unwrap().len();
    assert!(greatest < 2_000_000 && file > 1_000_000, "log {greatest}, file {file}");
}
