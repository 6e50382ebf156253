//! What a person reads when the demo is ready, made from the server's `demo.json`.

use std::fmt::Write;

use serde_json::Value;

use super::place::Place;

/// The whole message.
pub fn story(manifest: &Value, place: &Place) -> String {
    let text = |key: &str| manifest[key].as_str().unwrap_or("?").to_owned();
    let url = text("http_url");
    let url = url.trim_end_matches('/');
    let mut out = String::from("\nCallisto is ready.\n\n");
    let _ = writeln!(out, "  Open              {url}/");
    let _ = writeln!(out, "  Call from a page  {url}/visitor");
    let _ = writeln!(out, "  Call from SIP     {}   (calls from this machine are taken)", text("sip_uri"));
    out.push_str("\n  Sign in as\n");
    for user in items(manifest, "users") {
        let field = |key: &str| user[key].as_str().unwrap_or("").to_owned();
        let (name, password, role) = (field("username"), field("password"), field("role"));
        let _ = writeln!(out, "    {name:<12} {password:<20} {role:<14} {}", field("extension"));
    }
    out.push_str("\n  SIP phones (server and port as above, UDP or TCP)\n");
    for phone in items(manifest, "sip_devices") {
        let field = |key: &str| phone[key].as_str().unwrap_or("").to_owned();
        let (name, password, agent) = (field("username"), field("password"), field("agent"));
        let _ = writeln!(out, "    {name:<12} {password:<20} used by {agent}");
    }
    out.push_str("\n  Numbers\n");
    for number in items(manifest, "numbers") {
        let field = |key: &str| number[key].as_str().unwrap_or("").to_owned();
        let _ = writeln!(out, "    {:<12} {}", field("number"), field("answers"));
    }
    let first = &manifest["numbers"][0]["number"];
    let hotline = first.as_str().unwrap_or("the first number");
    let _ = write!(
        out,
        "\n  What to try\n\
         \x20   1. Open the address, sign in as an agent, allow the microphone, choose Ready.\n\
         \x20   2. Open the calling page in a second tab and call {hotline}; press 1 in the menu.\n\
         \x20   3. The first tab rings. Answer, talk, hold, hang up, choose a result.\n\
         \x20   4. Sign in as the supervisor in a private window to watch the floor while you do it.\n\
         \x20   5. Press 6 in the menu instead and leave a message: it is a task on the agent's desk. Open a conversation to hear its recording.\n\
         \n  Everything above, and an API token, stands in {}\n\
         \x20 The server's log is {}\n\
         \n  Ctrl-C stops everything.\n",
        place.manifest().display(),
        place.log().display()
    );
    out
}

fn items<'a>(manifest: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    manifest[key].as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_story_names_every_way_in_and_no_token() {
        let root = tempfile::tempdir().unwrap();
        let workspace = crate::workspace::Workspace::with_prompts(root.path());
        let place = Place::choose(&workspace, None, None).unwrap();
        let manifest = serde_json::json!({
            "http_url": "http://127.0.0.1:8080", "sip_uri": "sip:127.0.0.1:5060", "api_token": "secret-token",
            "numbers": [{"number": "4008001000", "answers": "the whole flow"}],
            "users": [{"username": "lin", "password": "pw-of-lin", "role": "agent", "extension": "8001"}],
            "sip_devices": [{"username": "desk-8001", "password": "pw-of-desk", "realm": "callisto", "agent": "lin"}],
        });
        let story = story(&manifest, &place);
        for part in [
            "http://127.0.0.1:8080/visitor",
            "sip:127.0.0.1:5060",
            "4008001000",
            "pw-of-lin",
            "pw-of-desk",
            "demo.json",
        ] {
            assert!(story.contains(part), "{part} is missing in {story}");
        }
        assert!(!story.contains("secret-token"));
    }
}
