//! What the disk reveals: nothing.

use std::os::unix::fs::PermissionsExt;

use super::*;

fn files(dir: &std::path::Path) -> Vec<std::path::PathBuf> {
    std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect()
}

fn contains(content: &[u8], text: &str) -> bool {
    content.windows(text.len()).any(|window| window == text.as_bytes())
}

#[tokio::test]
async fn no_file_reveals_a_number_name_or_user_name() {
    let (store, dir) = open().await;
    let centre = centre(&store, "Polaris").await;
    let epoch = leased(&store, &centre).await;
    let call = stored_call(&store, &centre, epoch, at(10), "15912345678").await;
    store.put_conversation_note(&centre.scope, at(40), call.conversation, "退款三百元").await.unwrap();
    let (list, covers) = (domain::screening::NumberList::Block, domain::screening::Covers::Number);
    let entry =
        ListDraft { list, covers, value: "13912345678".into(), note: Some("骚扰电话".into()), expires_at: None };
    store.add_list_entry(&centre.scope, at(41), &entry).await.unwrap();
    let secrets = [
        "13912345678",
        "+8613912345678",
        "骚扰电话",
        "15912345678",
        "+8615912345678",
        "13800138000",
        "4008001234",
        "王小明",
        "晨星贸易",
        "沪A12345",
        "polaris.agent",
        "Polaris",
        "退款三百元",
        "English",
        "Asia/Shanghai",
        "argon2id",
    ];
    let data = config(&dir).dir;
    for round in ["live", "checkpointed", "closed"] {
        match round {
            "checkpointed" => store.checkpoint().await.unwrap(),
            "closed" => store.close().await.unwrap(),
            _ => {}
        }
        let files = files(&data);
        assert!(files.len() >= 4, "{files:?}");
        if round == "live" {
            assert!(files.iter().any(|f| f.to_string_lossy().ends_with("business.db-wal")), "{files:?}");
        }
        for file in files {
            let content = std::fs::read(&file).unwrap();
            for secret in secrets {
                assert!(!contains(&content, secret), "{round}: {} reveals {secret}", file.display());
            }
            if file.extension().is_some_and(|e| e == "db") {
                assert!(!contains(&content, "SQLite format 3"), "{} is not encrypted", file.display());
            }
            assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600, "{}", file.display());
        }
    }
    assert_eq!(std::fs::metadata(&data).unwrap().permissions().mode() & 0o777, 0o700);
}

#[tokio::test]
async fn every_database_fails_to_open_without_its_key() {
    let (store, dir) = open().await;
    centre(&store, "north").await;
    store.close().await.unwrap();
    let data = config(&dir).dir;
    let wrong = StoreConfig { key: DatabaseKey::from_bytes([8; 32]), ..config(&dir) };
    assert!(matches!(Store::open(wrong.clone(), at(9)).await, Err(StoreError::BadKey { .. })));
    for name in ["ledger.db", "business.db", "reports.db", "keys.db"] {
        let alone = tempfile::tempdir().unwrap();
        std::fs::copy(data.join(name), alone.path().join(name)).unwrap();
        let opened = Store::migrate(&StoreConfig { dir: alone.path().to_owned(), ..wrong.clone() }, at(9)).await;
        let Err(StoreError::BadKey { file, .. }) = opened else { panic!("{name} opened with a wrong key") };
        assert_eq!(file, name);
        // No key at all, as any SQLite program would try.
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(data.join(name));
        let plain = <sqlx::SqliteConnection as sqlx::Connection>::connect_with(&options).await;
        let readable = match plain {
            Ok(mut connection) => {
                sqlx::query("SELECT COUNT(*) FROM sqlite_master").fetch_one(&mut connection).await.is_ok()
            }
            Err(_) => false,
        };
        assert!(!readable, "{name} can be read without a key");
    }
    // The right key of one file does not open another.
    std::fs::copy(data.join("keys.db"), data.join("reports.db")).unwrap();
    assert!(
        matches!(Store::open(config(&dir), at(9)).await, Err(StoreError::BadKey { file, .. }) if file == "reports.db")
    );
}

#[tokio::test]
async fn a_foreign_directory_keeps_its_mode_and_files() {
    let dir = tempfile::tempdir().unwrap();
    let data = config(&dir).dir;
    std::fs::create_dir(&data).unwrap();
    std::fs::set_permissions(&data, std::fs::Permissions::from_mode(0o755)).unwrap();
    std::fs::write(data.join("letter.txt"), "not ours").unwrap();
    let store = Store::open(config(&dir), NEW_YEAR).await.unwrap();
    store.close().await.unwrap();
    assert_eq!(std::fs::metadata(&data).unwrap().permissions().mode() & 0o777, 0o755);
    assert_eq!(std::fs::read_to_string(data.join("letter.txt")).unwrap(), "not ours");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let data = config(&dir).dir;
    std::fs::create_dir(&data).unwrap();
    std::fs::write(data.join("business.db"), "hello, this is no database at all".repeat(200)).unwrap();
    let Err(error) = Store::open(config(&dir), NEW_YEAR).await else { panic!("opened") };
    assert!(error.to_string().starts_with("business.db cannot be opened"), "{error}");
}
