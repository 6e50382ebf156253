use crate::workspace::Workspace;
pub fn run(_w: &Workspace) -> anyhow::Result<bool> {
    Ok(true)
}
