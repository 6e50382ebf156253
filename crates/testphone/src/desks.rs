//! Desks without screens: an agent whose desk is not open is offered no calls, so each agent of a farm has a live connection that does nothing
//! but stand.

use std::io;

use futures::{SinkExt, StreamExt};
use serde::Deserialize;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// What a desk asks for: its own state.
const SUBSCRIBE: &str = r#"{"op":"subscribe","topics":["me"],"cursor":null}"#;

/// An agent, as `farm.json` names one.
#[derive(Clone, Debug, Deserialize)]
pub struct FarmAgent {
    /// What it signs in with.
    pub token: String,
}

/// The live connection of one desk.
pub(crate) type Desk = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Desks that stand open until they are dropped.
pub struct Desks {
    _closing: watch::Sender<bool>,
}

/// Opens the live connection of every agent at `address` (`host:port`, plain HTTP); returns when all have heard their own state.
///
/// # Errors
/// When one cannot be opened, or is closed before it has heard anything.
pub async fn open(address: &str, agents: &[FarmAgent]) -> io::Result<Desks> {
    let (closing, closed) = watch::channel(false);
    let mut opening = JoinSet::new();
    for agent in agents {
        opening.spawn(open_one(address.to_owned(), agent.token.clone(), closed.clone()));
    }
    while let Some(opened) = opening.join_next().await {
        opened.map_err(io::Error::other)?.map_err(io::Error::other)?;
    }
    Ok(Desks { _closing: closing })
}

/// Opens the live connection of one agent; returns when it has heard its own state.
pub(crate) async fn connect(address: &str, token: &str) -> Result<Desk, Error> {
    let mut request = format!("ws://{address}/api/v1/live").into_client_request()?;
    let bearer = HeaderValue::from_str(&format!("Bearer {token}")).map_err(|error| Error::HttpFormat(error.into()))?;
    request.headers_mut().insert("authorization", bearer);
    let (mut desk, _) = tokio_tungstenite::connect_async(request).await?;
    desk.send(Message::text(SUBSCRIBE)).await?;
    desk.next().await.ok_or(Error::ConnectionClosed)??;
    Ok(desk)
}

async fn open_one(address: String, token: String, mut closed: watch::Receiver<bool>) -> Result<(), Error> {
    let mut desk = connect(&address, &token).await?;
    // Reading answers the server's pings.
    tokio::spawn(async move {
        loop {
            tokio::select! {
                heard = desk.next() => if !matches!(heard, Some(Ok(_))) { return },
                gone = closed.changed() => if gone.is_err() { return },
            }
        }
    });
    Ok(())
}
