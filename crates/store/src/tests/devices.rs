//! SIP phones: their secrets and their audit trail.

use super::*;

const REALM: &str = "callisto";

fn draft(centre: &Centre, name: &str) -> DeviceDraft {
    DeviceDraft {
        name: name.to_owned(),
        agent: Some(centre.agent.id()),
        auto_answer: true,
        encryption: domain::Encryption::WhenOffered,
        site: centre.site.id,
    }
}

fn login<'a>(username: &'a str, password: &'a str) -> DeviceLogin<'a> {
    DeviceLogin { username, realm: REALM, password }
}

/// RFC 7616 §3.9.1 gives both digests of one response; its HA1 are these.
#[tokio::test]
async fn secrets_are_the_digests_of_rfc_7616_and_never_the_password() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let login = DeviceLogin { username: "Mufasa", realm: "http-auth@example.org", password: "Circle of Life" };
    store.create_device(&centre.scope, at(5), &draft(&centre, "Desk"), &login).await.unwrap();
    let secrets = store.device_secrets("http-auth@example.org").await.unwrap();
    assert_eq!(hex::encode(secrets[0].ha1_md5), "3d78807defe7de2157e2b0b6573a855f");
    let sha256 = "7987c64c30e25f1b74be53f966b49b90f2808aa92faf9a00262392d7b4794232";
    assert_eq!(hex::encode(secrets[0].ha1_sha256), sha256);
    assert_eq!((secrets[0].tenant, secrets[0].username.as_str()), (centre.tenant.id, "Mufasa"));
    assert!(store.device_secrets(REALM).await.unwrap().is_empty(), "a secret of another realm is wrong here");
    let trail = format!("{:?}", store.audit_trail(&centre.scope, Page::first(200)).await.unwrap());
    assert!(trail.contains("device.created") && trail.contains("Mufasa"));
    assert!(!trail.contains("Circle") && !trail.contains("3d78807d") && !trail.contains("7987c64c"));
}

#[tokio::test]
async fn a_phone_is_made_changed_given_a_new_password_and_forgotten() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let (scope, now) = (&centre.scope, at(5));
    let version = async || store.load_settings(scope).await.unwrap().version;
    let start = version().await;
    let made = store.create_device(scope, now, &draft(&centre, "Desk 1"), &login("desk-1", "first")).await.unwrap();
    let id = made.device.id;
    assert_eq!(store.load_settings(scope).await.unwrap().devices, vec![made.device.clone()]);
    let first = store.device_secrets(REALM).await.unwrap();
    store.set_device_password(scope, now, id, REALM, "second").await.unwrap();
    let second = store.device_secrets(REALM).await.unwrap();
    assert!(first[0].ha1_md5 != second[0].ha1_md5 && first[0].ha1_sha256 != second[0].ha1_sha256);

    let change = DeviceDraft {
        agent: None,
        auto_answer: false,
        encryption: domain::Encryption::Required,
        ..draft(&centre, "Desk one")
    };
    let stale = store.update_device(scope, now, id, 1, &change).await;
    assert!(matches!(stale, Err(StoreError::Conflict(_))));
    let changed = store.update_device(scope, now, id, 2, &change).await.unwrap();
    assert_eq!((changed.device.username.as_str(), changed.version), ("desk-1", 3));
    assert_eq!(store.device(scope, id).await.unwrap(), changed);
    let third = store.device_secrets(REALM).await.unwrap();
    assert_eq!((third[0].ha1_md5, third[0].ha1_sha256), (second[0].ha1_md5, second[0].ha1_sha256));
    assert_eq!(second[0].encryption, domain::Encryption::WhenOffered, "unless something else is said");
    assert_eq!(third[0].encryption, domain::Encryption::Required);

    store.delete_device(scope, now, id).await.unwrap();
    assert!(store.devices(scope).await.unwrap().is_empty());
    assert!(store.device_secrets(REALM).await.unwrap().is_empty());
    assert_eq!(version().await, start + 4, "the floor hears of each");
}

#[tokio::test]
async fn a_user_name_is_taken_once_in_the_whole_installation() {
    let (store, _dir) = open().await;
    let (north, south) = (centre(&store, "north").await, centre(&store, "south").await);
    store.create_device(&north.scope, at(5), &draft(&north, "Desk"), &login("desk-1", "x")).await.unwrap();
    let again = store.create_device(&south.scope, at(5), &draft(&south, "Desk"), &login("desk-1", "y")).await;
    assert!(matches!(again, Err(StoreError::Conflict(_))));
}

#[tokio::test]
async fn nobody_is_called_like_an_emergency_number_and_whoever_was_is_named() {
    let (store, dir) = open().await;
    let centre = centre(&store, "north").await;
    let (scope, now) = (&centre.scope, at(5));
    for number in ["110", "119", "120", "122", " 120 "] {
        let refused = store.create_device(scope, now, &draft(&centre, "Desk"), &login(number, "x")).await;
        assert!(matches!(refused, Err(StoreError::Invalid("username"))), "{number}");
        let draft = user_draft("somebody", Some(number), (&centre.site, &centre.team));
        let draft = AgentDraft { user: draft, queues: Vec::new(), skills: Vec::new() };
        let refused = store.create_agent(scope, now, &draft, "$argon2id$stand-in").await;
        assert!(matches!(refused, Err(StoreError::Invalid("extension"))), "{number}");
    }
    let device = store.create_device(scope, now, &draft(&centre, "Desk"), &login("1100", "x")).await.unwrap();
    let config = config(&dir);
    assert_eq!(emergency_names(&config).await.unwrap(), []);
    // As it may stand there from before.
    let mut tx = store.business.tamper().await;
    let renamed = "UPDATE device SET username = '110' WHERE id = $1";
    sqlx::query(renamed).bind(device.device.id.0).execute(&mut *tx).await.unwrap();
    let renamed = "UPDATE user_account SET extension = '120' WHERE id = $1";
    sqlx::query(renamed).bind(centre.agent.user.id.0).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    let expected = [
        EmergencyName::Device { name: "Desk".to_owned(), username: "110".to_owned() },
        EmergencyName::Extension { username: centre.agent.user.username.clone(), extension: "120".to_owned() },
    ];
    assert_eq!(emergency_names(&config).await.unwrap(), expected, "while another program has it open");
}

#[tokio::test]
async fn where_a_phone_is_registered_is_kept_until_it_is_over_or_the_password_changes() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let scope = &centre.scope;
    let phone = async |name: &str| {
        let made = store.create_device(scope, at(5), &draft(&centre, name), &login(name, "secret")).await.unwrap();
        made.device.id
    };
    let (one, two) = (phone("desk-1").await, phone("desk-2").await);
    let kept = |device, port: u16, expires| KeptRegistration {
        device,
        contact: format!("sip:desk@10.0.0.2:{port}"),
        instance: (port == 2).then(|| "<urn:uuid:1>".to_owned()),
        address: format!("203.0.113.7:{port}"),
        call_id: "c".to_owned(),
        cseq: u32::MAX,
        user_agent: "Desk".to_owned(),
        expires: at(expires),
    };
    store.keep_registrations(&[(one, vec![kept(one, 1, 60)]), (two, vec![kept(two, 2, 90)])]).await.unwrap();
    let stranger = domain::DeviceId(1);
    store.keep_registrations(&[(stranger, vec![kept(stranger, 3, 90)])]).await.unwrap();
    assert_eq!(store.registrations(at(10)).await.unwrap(), [kept(one, 1, 60), kept(two, 2, 90)]);
    assert_eq!(store.registrations(at(60)).await.unwrap(), [kept(two, 2, 90)]);
    store.keep_registrations(&[(one, vec![kept(one, 4, 80), kept(one, 5, 70)])]).await.unwrap();
    assert_eq!(store.registrations(at(10)).await.unwrap(), [kept(one, 5, 70), kept(one, 4, 80), kept(two, 2, 90)]);
    store.set_device_password(scope, at(20), one, REALM, "other").await.unwrap();
    assert_eq!(store.registrations(at(10)).await.unwrap(), [kept(two, 2, 90)]);
    store.delete_device(scope, at(20), two).await.unwrap();
    assert_eq!(store.registrations(at(10)).await.unwrap(), []);
}
