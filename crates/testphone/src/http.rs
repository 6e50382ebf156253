//! Requests to the server's programming interface, one connection each.

use std::io;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends `body` as JSON with a bearer token; gives the body of the answer, null when it is empty.
///
/// # Errors
/// When the server cannot be reached, answers with another status than 2xx, or with something that is not JSON.
pub(crate) async fn request(server: &str, token: &str, method: &str, path: &str, body: &Value) -> io::Result<Value> {
    let mut connection = TcpStream::connect(server).await?;
    connection.set_nodelay(true)?;
    let body = body.to_string();
    // RFC 9112 §9.6: the server closes after its answer, which so has an end.
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {server}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    connection.write_all(format!("{head}{body}").as_bytes()).await?;
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).await?;
    let answer = String::from_utf8(answer).map_err(io::Error::other)?;
    read(&answer).ok_or_else(|| io::Error::other(format!("{method} {path}: {}", cut(&answer))))
}

/// `None` unless it is a whole answer with a status of 2xx.
fn read(answer: &str) -> Option<Value> {
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?;
    if !status.starts_with('2') {
        return None;
    }
    if body.is_empty() { Some(Value::Null) } else { serde_json::from_str(body).ok() }
}

fn cut(text: &str) -> String {
    text.chars().take(400).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_a_whole_answer_of_success_is_taken() {
        assert_eq!(read("HTTP/1.1 201 Created\r\nX: y\r\n\r\n{\"leg_id\":\"1\"}"), Some(json!({ "leg_id": "1" })));
        assert_eq!(read("HTTP/1.1 204 No Content\r\n\r\n"), Some(Value::Null));
        assert_eq!(read("HTTP/1.1 409 Conflict\r\n\r\n{}"), None);
        assert_eq!(read("HTTP/1.1 200 OK\r\n\r\n{\"cut"), None);
        assert_eq!(read("HTTP/1.1 200 OK\r\nX: y"), None);
    }
}
