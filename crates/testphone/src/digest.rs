//! Answering a digest challenge (RFC 7616), written independently of the server's verification.

use md5::Md5;
use serde::Deserialize;
use sha2::Sha256;

use crate::message::Message;

/// Which of the offered algorithms is answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Algorithm {
    /// What every phone knows.
    #[default]
    Md5,
    /// What newer ones know.
    Sha256,
}

impl Algorithm {
    fn token(self) -> &'static str {
        match self {
            Algorithm::Md5 => "MD5",
            Algorithm::Sha256 => "SHA-256",
        }
    }

    fn hash(self, text: &str) -> String {
        let bytes: Vec<u8> = match self {
            Algorithm::Md5 => <Md5 as md5::Digest>::digest(text).to_vec(),
            Algorithm::Sha256 => <Sha256 as sha2::Digest>::digest(text).to_vec(),
        };
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Who the phone says it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Account {
    pub(crate) username: String,
    pub(crate) password: String,
    pub(crate) algorithm: Algorithm,
}

/// Adds the answer to the challenge of this response. `None` when there is none for the account's algorithm.
pub(crate) fn prove(
    request: Message,
    refusal: &Message,
    uri: &str,
    account: &Account,
    cnonce: &str,
) -> Option<Message> {
    let (ask, say) = match refusal.header("WWW-Authenticate") {
        Some(_) => ("WWW-Authenticate", "Authorization"),
        None => ("Proxy-Authenticate", "Proxy-Authorization"),
    };
    let token = account.algorithm.token();
    let challenge = refusal.all(ask).into_iter().find(|challenge| {
        param(challenge, "algorithm").unwrap_or("MD5").eq_ignore_ascii_case(token) && challenge.starts_with("Digest ")
    })?;
    let (realm, nonce) = (param(&challenge, "realm")?, param(&challenge, "nonce")?);
    let Account { username, password, algorithm } = account;
    let a1 = algorithm.hash(&format!("{username}:{realm}:{password}"));
    let a2 = algorithm.hash(&format!("{}:{uri}", request.method()));
    let response = algorithm.hash(&format!("{a1}:{nonce}:00000001:{cnonce}:auth:{a2}"));
    let value = format!(
        "Digest username=\"{username}\",realm=\"{realm}\",nonce=\"{nonce}\",uri=\"{uri}\",response=\"{response}\",\
         algorithm={token},cnonce=\"{cnonce}\",qop=auth,nc=00000001"
    );
    Some(request.with(say, value))
}

fn param<'a>(challenge: &'a str, name: &str) -> Option<&'a str> {
    challenge.split_once(' ')?.1.split(',').find_map(|one| {
        let (key, value) = one.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 2617 §3.5, with the method and address of its example.
    #[test]
    fn the_example_of_the_rfc_comes_out() {
        let refusal = Message::request("x", "x").with(
            "WWW-Authenticate",
            "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"",
        );
        let account =
            Account { username: "Mufasa".to_owned(), password: "Circle Of Life".to_owned(), algorithm: Algorithm::Md5 };
        let get = Message::request("GET", "/dir/index.html");
        let proved = prove(get, &refusal, "/dir/index.html", &account, "0a4f113b").unwrap();
        let header = proved.header("Authorization").unwrap();
        assert!(header.contains("response=\"6629fae49393a05397450978507c4ef1\""), "{header}");
    }
}
