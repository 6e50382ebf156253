//! SIP messages as text: just enough for a caller, written independently of the server's stack.

/// A request or a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// First line.
    pub start: Start,
    /// Headers in order, names as on the wire but for compact forms, which are spelled out.
    pub headers: Vec<(String, String)>,
    /// Session description, or nothing.
    pub body: String,
}

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// A request.
    Request {
        /// Method.
        method: String,
        /// Request-URI.
        uri: String,
    },
    /// A response.
    Response {
        /// Status code.
        code: u16,
        /// Phrase.
        phrase: String,
    },
}

impl Message {
    /// A request without headers.
    pub fn request(method: &str, uri: &str) -> Message {
        let start = Start::Request { method: method.to_owned(), uri: uri.to_owned() };
        Message { start, headers: Vec::new(), body: String::new() }
    }

    /// A response that repeats what RFC 3261 §8.2.6.2 asks for; `tag` is added to a To that has none.
    pub fn response_to(request: &Message, code: u16, phrase: &str, tag: &str) -> Message {
        let start = Start::Response { code, phrase: phrase.to_owned() };
        let mut message = Message { start, headers: Vec::new(), body: String::new() };
        for (name, value) in &request.headers {
            let lower = name.to_ascii_lowercase();
            if matches!(lower.as_str(), "via" | "from" | "call-id" | "cseq" | "record-route") {
                message.headers.push((name.clone(), value.clone()));
            } else if lower == "to" {
                let has_tag = tag_of(value).is_some() || code == 100;
                let to = if has_tag { value.clone() } else { format!("{value};tag={tag}") };
                message.headers.push((name.clone(), to));
            }
        }
        message
    }

    /// Adds a header.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Message {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// Adds a session description.
    pub fn with_sdp(mut self, sdp: String) -> Message {
        self.headers.push(("Content-Type".to_owned(), "application/sdp".to_owned()));
        self.body = sdp;
        self
    }

    /// The first value of a header, by long name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }

    /// All values of a header.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.headers.iter().filter(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.clone()).collect()
    }

    /// Number and method of CSeq.
    pub fn cseq(&self) -> Option<(u32, &str)> {
        let (number, method) = self.header("CSeq")?.split_once(' ')?;
        Some((number.trim().parse().ok()?, method.trim()))
    }

    /// Branch of the top Via.
    pub fn branch(&self) -> Option<&str> {
        param(self.header("Via")?, "branch")
    }

    /// The method, of a request or of what a response answers.
    pub fn method(&self) -> &str {
        match &self.start {
            Start::Request { method, .. } => method,
            Start::Response { .. } => self.cseq().map(|(_, method)| method).unwrap_or_default(),
        }
    }

    /// Reads a datagram.
    pub fn parse(datagram: &[u8]) -> Option<Message> {
        let text = String::from_utf8_lossy(datagram);
        let (head, body) = text.split_once("\r\n\r\n")?;
        let mut lines = head.split("\r\n");
        let first = lines.next()?;
        let start = match first.strip_prefix("SIP/2.0 ") {
            Some(status) => {
                let (code, phrase) = status.split_once(' ').unwrap_or((status, ""));
                Start::Response { code: code.parse().ok()?, phrase: phrase.to_owned() }
            }
            None => {
                let mut parts = first.split(' ');
                Start::Request { method: parts.next()?.to_owned(), uri: parts.next()?.to_owned() }
            }
        };
        let mut headers = Vec::new();
        for line in lines {
            let (name, value) = line.split_once(':')?;
            headers.push((long_name(name.trim()).to_owned(), value.trim().to_owned()));
        }
        Some(Message { start, headers, body: body.to_owned() })
    }

    /// The wire form.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = match &self.start {
            Start::Request { method, uri } => format!("{method} {uri} SIP/2.0\r\n"),
            Start::Response { code, phrase } => format!("SIP/2.0 {code} {phrase}\r\n"),
        };
        for (name, value) in &self.headers {
            out.push_str(&format!("{name}: {value}\r\n"));
        }
        out.push_str(&format!("Content-Length: {}\r\n\r\n{}", self.body.len(), self.body));
        out.into_bytes()
    }
}

fn long_name(name: &str) -> &str {
    match name {
        "v" => "Via",
        "f" => "From",
        "t" => "To",
        "i" => "Call-ID",
        "m" => "Contact",
        "c" => "Content-Type",
        "l" => "Content-Length",
        _ => name,
    }
}

/// A parameter of a header value.
pub fn param<'a>(value: &'a str, name: &str) -> Option<&'a str> {
    let params = value.rsplit_once('>').map_or(value, |(_, params)| params);
    params.split(';').skip(1).find_map(|p| {
        let (key, value) = p.split_once('=').unwrap_or((p, ""));
        key.trim().eq_ignore_ascii_case(name).then_some(value.trim())
    })
}

/// The tag of a From or To.
pub fn tag_of(value: &str) -> Option<&str> {
    param(value, "tag")
}

/// The URI within a From, To, Contact or Route.
pub fn uri_of(value: &str) -> &str {
    match value.split_once('<') {
        Some((_, rest)) => rest.split('>').next().unwrap_or_default(),
        None => value.split(';').next().unwrap_or_default().trim(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_round_trip() {
        let message = Message::request("INVITE", "sip:1@127.0.0.1")
            .with("Via", "SIP/2.0/UDP 127.0.0.1:5062;branch=z9hG4bKx;rport")
            .with("From", "<sip:2@127.0.0.1>;tag=f")
            .with("To", "<sip:1@127.0.0.1>")
            .with("Call-ID", "c")
            .with("CSeq", "7 INVITE")
            .with_sdp("v=0\r\n".to_owned());
        let read = Message::parse(&message.encode()).unwrap();
        assert_eq!(
            (read.cseq(), read.branch(), read.body.as_str()),
            (Some((7, "INVITE")), Some("z9hG4bKx"), "v=0\r\n")
        );
        let ok = Message::response_to(&read, 200, "OK", "t");
        assert_eq!((ok.header("To"), ok.method()), (Some("<sip:1@127.0.0.1>;tag=t"), "INVITE"));
        assert_eq!(Message::parse(b"hello"), None);
    }
}
