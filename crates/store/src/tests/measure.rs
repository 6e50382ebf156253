//! Figures, printed: `cargo nextest run -p store --run-ignored only measure --no-capture`.

use super::*;

#[tokio::test]
#[ignore = "a measurement, not a test"]
#[allow(clippy::disallowed_methods, reason = "a measurement reads the clock")]
async fn commits_and_rows_a_second_of_append() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let epoch = leased(&store, &centre).await;
    let mut head = 0;
    for size in [1usize, 10, 100, 500, 5_000] {
        let events: Vec<Event> = (0..).flat_map(|n| call(&store, &centre, at(n)).events).take(size).collect();
        let mut took = Vec::new();
        let began = std::time::Instant::now();
        while began.elapsed() < Duration::from_secs(5) {
            let next = batch(&centre, epoch, entries(&centre, epoch, head, at(10), &events), vec![]);
            let started = std::time::Instant::now();
            store.append(&next).await.unwrap();
            took.push(started.elapsed());
            head += size as u64;
        }
        let seconds = began.elapsed().as_secs_f64();
        took.sort();
        println!(
            "batch {size}: {:.0} commits/s, {:.0} rows/s, p50 {:?}, p99 {:?}",
            took.len() as f64 / seconds,
            (took.len() * size) as f64 / seconds,
            took[took.len() / 2],
            took[took.len() * 99 / 100],
        );
    }
    let began = std::time::Instant::now();
    let history = store.history(centre.tenant.partition).await.unwrap();
    println!("history: {} entries in {:?}", history.len(), began.elapsed());
    let began = std::time::Instant::now();
    println!("verify: {:?} in {:?}", store.verify_ledger(centre.tenant.partition).await.unwrap(), began.elapsed());
}
