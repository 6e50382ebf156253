//! The prompts that come inside the program, put into the object store where they are missing.

use rust_embed::RustEmbed;
use store::{ObjectKey, ObjectStore, StoreError};

#[derive(RustEmbed)]
#[folder = "../../assets/prompts"]
struct Prompts;

/// Puts every prompt that the object store lacks; one that was replaced there stays.
///
/// # Errors
/// When the object store cannot be written.
pub async fn seed(objects: &dyn ObjectStore) -> Result<(), StoreError> {
    let present = objects.list("prompts/").await?;
    for name in Prompts::iter().filter(|name| name.ends_with(".wav")) {
        let key = ObjectKey::new(&format!("prompts/{name}"))?;
        if present.contains(&key) {
            continue;
        }
        if let Some(file) = Prompts::get(&name) {
            objects.put(&key, &file.data).await?;
        }
    }
    Ok(())
}
