//! The loop of one connection and its limits.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use domain::{LedgerEntry, Mono};
use tokio::sync::watch;
use tokio::time::{Interval, MissedTickBehavior, interval, timeout};

use super::connections::Place;
use super::feed::{Feed, News};
use super::follow::{Following, Pace};
use crate::app::App;
use crate::auth::Caller;
use crate::extract::parse;
use crate::json::live::{ClientMessage, ServerMessage};
use crate::json::problem::ProblemCode;
use crate::limits::{
    LIVE_FLOOR_PERIOD, LIVE_MESSAGES_PER_SECOND_MAX, LIVE_PING_PERIOD, LIVE_SESSION_CHECK_PERIOD, LIVE_WRITE_TIME_MAX,
};

/// RFC 6455 §7.4.1: the server goes away; come back.
const CLOSE_GOING_AWAY: u16 = 1001;
/// RFC 6455 §7.4.1: a rule was broken.
const CLOSE_POLICY: u16 = 1008;
/// IANA registry: try again later; resume with the last cursor.
const CLOSE_TRY_AGAIN: u16 = 1013;
/// Ours: the session is over; sign in again.
const CLOSE_SESSION_OVER: u16 = 4401;

/// Pings without any sign of life after which a peer is gone.
const SILENT_PINGS_MAX: u32 = 2;
/// A close frame is a courtesy.
const CLOSE_TIME_MAX: Duration = Duration::from_secs(1);

/// Why a connection ends.
enum Over {
    /// The peer went.
    Gone,
    /// We close, with a code.
    Close(u16, &'static str),
}

/// Serves one connection until it is over.
pub async fn serve(app: Arc<App>, caller: Caller, socket: WebSocket, place: Place) {
    let _place = place;
    let mut connection = Connection {
        feed: Feed::open(&app, &caller),
        following: Following::new(app.clone(), caller),
        socket,
        silent_pings: 0,
        second: (app.clock.now().mono, 0),
        app,
    };
    if let Over::Close(code, reason) = connection.run().await {
        let frame = Message::Close(Some(CloseFrame { code, reason: reason.into() }));
        let _ = timeout(CLOSE_TIME_MAX, connection.socket.send(frame)).await;
    }
}

struct Connection {
    app: Arc<App>,
    socket: WebSocket,
    feed: Feed,
    following: Following,
    silent_pings: u32,
    /// Messages taken since a moment.
    second: (Mono, u32),
}

impl Connection {
    async fn run(&mut self) -> Over {
        let mut revocations = self.app.connections.revocations();
        let mut stopping = self.app.stopping.clone();
        let mut tasks = self.app.store.tasks_bell();
        let mut tick = every(LIVE_FLOOR_PERIOD);
        let mut ping = every(LIVE_PING_PERIOD);
        let mut check = every(LIVE_SESSION_CHECK_PERIOD);
        loop {
            let done = tokio::select! {
                message = self.socket.recv() => match message {
                    Some(Ok(message)) => self.message(message).await,
                    Some(Err(_)) | None => Err(Over::Gone),
                },
                news = self.feed.next() => self.news(news).await,
                _ = tasks.changed() => self.tell(Pace::Change, &[]).await,
                _ = tick.tick() => self.tick().await,
                _ = ping.tick() => self.ping().await,
                _ = check.tick() => self.check().await,
                _ = revocations.recv() => self.check().await,
                () = stopped(&mut stopping) => Err(Over::Close(CLOSE_GOING_AWAY, "the server stops")),
            };
            if let Err(over) = done {
                return over;
            }
        }
    }

    async fn message(&mut self, message: Message) -> Result<(), Over> {
        self.silent_pings = 0;
        let text = match message {
            Message::Text(text) => text,
            Message::Ping(_) | Message::Pong(_) => return Ok(()),
            Message::Close(_) => return Err(Over::Gone),
            Message::Binary(_) => return Err(Over::Close(CLOSE_POLICY, "text only")),
        };
        self.count_message()?;
        let Ok(message) = parse::<ClientMessage>(text.as_bytes()) else {
            return self.send(ServerMessage::Error { code: ProblemCode::Validation, topic: None }).await;
        };
        match message {
            ClientMessage::Subscribe { topics, cursor } => self.subscribe(topics, cursor.as_deref()).await,
            ClientMessage::Unsubscribe { topics } => {
                topics.iter().for_each(|topic| self.following.unsubscribe(topic));
                self.feed.widen(self.following.watches_all());
                Ok(())
            }
            ClientMessage::Ping => self.send(ServerMessage::Pong { at_us: self.app.clock.now().utc.0 }).await,
        }
    }

    async fn subscribe(&mut self, topics: Vec<String>, cursor: Option<&str>) -> Result<(), Over> {
        if self.feed.is_down() {
            self.open_feed();
        }
        // Before the ledger is read, so that nothing falls between the two.
        self.feed.widen(true);
        for topic in topics {
            let answer = match self.following.subscribe(&topic, cursor).await {
                Ok(update) => update,
                Err(error) => ServerMessage::Error { code: error.code(), topic: Some(topic) },
            };
            self.send(answer).await?;
        }
        self.feed.widen(self.following.watches_all());
        Ok(())
    }

    async fn news(&mut self, news: News) -> Result<(), Over> {
        match news {
            News::Entries => {
                let entries = self.take_in();
                self.tell(Pace::Change, &entries).await
            }
            // What cannot be read yet is read at the next tick.
            News::Missed => match self.following.catch_up().await {
                Ok(_) => self.tell(Pace::Change, &[]).await,
                Err(_) => Ok(()),
            },
        }
    }

    /// Sorts what came in into the topics.
    fn take_in(&mut self) -> Vec<LedgerEntry> {
        let Some((entries, seq)) = self.feed.take() else { return Vec::new() };
        self.following.absorb(&entries, seq);
        entries
    }

    fn open_feed(&mut self) {
        self.feed = Feed::open(&self.app, &self.following.caller);
        self.feed.widen(self.following.watches_all());
    }

    async fn tick(&mut self) -> Result<(), Over> {
        if self.feed.is_down() {
            self.open_feed();
            if self.following.catch_up().await.is_err() {
                return Ok(());
            }
        }
        let entries = self.take_in();
        self.tell(Pace::Tick, &entries).await
    }

    async fn tell(&mut self, pace: Pace, entries: &[LedgerEntry]) -> Result<(), Over> {
        // A store that does not answer is told by the floor's `ledger_ok` and by /healthz; the next tick tries again.
        let Ok(updates) = self.following.updates(pace, entries).await else { return Ok(()) };
        for update in updates {
            self.send(update).await?;
        }
        Ok(())
    }

    async fn ping(&mut self) -> Result<(), Over> {
        if self.silent_pings >= SILENT_PINGS_MAX {
            return Err(Over::Close(CLOSE_TRY_AGAIN, "no sign of life"));
        }
        self.silent_pings += 1;
        self.write(Message::Ping(Default::default())).await
    }

    async fn check(&mut self) -> Result<(), Over> {
        match self.following.caller.again(&self.app).await {
            Ok(caller) => {
                for topic in self.following.permit(caller) {
                    self.send(ServerMessage::Error { code: ProblemCode::Forbidden, topic: Some(topic.to_string()) })
                        .await?;
                }
                Ok(())
            }
            Err(error) if error.code() == ProblemCode::Unauthenticated => {
                Err(Over::Close(CLOSE_SESSION_OVER, "the session is over"))
            }
            // The store does not answer: the session stands until it can be looked up.
            Err(_) => Ok(()),
        }
    }

    fn count_message(&mut self) -> Result<(), Over> {
        let now = self.app.clock.now().mono;
        let (since, count) = &mut self.second;
        if now.since(*since) >= Duration::from_secs(1) {
            (*since, *count) = (now, 0);
        }
        *count += 1;
        if *count > LIVE_MESSAGES_PER_SECOND_MAX {
            return Err(Over::Close(CLOSE_POLICY, "too many messages"));
        }
        Ok(())
    }

    async fn send(&mut self, message: ServerMessage) -> Result<(), Over> {
        let Ok(text) = serde_json::to_string(&message) else { return Ok(()) };
        self.write(Message::text(text)).await
    }

    async fn write(&mut self, message: Message) -> Result<(), Over> {
        match timeout(LIVE_WRITE_TIME_MAX, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(Over::Gone),
            Err(_) => Err(Over::Close(CLOSE_TRY_AGAIN, "the peer takes no bytes")),
        }
    }
}

fn every(period: Duration) -> Interval {
    let mut interval = interval(period);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval.reset();
    interval
}

async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // A sender that is gone means the same.
    let _ = stopping.wait_for(|stop| *stop).await;
}
