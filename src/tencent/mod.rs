//! An authentic callback, or the reason why there is none. Order of checks: method, locks, command,
//! body.

mod answer;
mod body;
mod command;
mod fields;
mod locks;
mod query;
mod raw;
mod served;

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, Utc};

pub use answer::Answer;
pub use body::BodyError;
pub(crate) use body::MAX_BODY_BYTES;
pub use command::ASSIGN_COMMANDS;
pub(crate) use command::SESSION_EVENT;
use command::is_assign;
pub use locks::{Locks, path_secret_hash, sign};
use query::Query;
pub use raw::RawCallback;
pub use served::Served;

use routing::decide::Reason;
use routing::session::Session;

/// A request for an agent that passed every lock. There is no other way to make one.
#[derive(Debug, Clone)]
pub struct Callback {
    session: Session,
}

impl Callback {
    /// The facts of the request.
    pub fn session(&self) -> &Session {
        &self.session
    }
}

/// What arrived.
#[derive(Debug, Clone)]
pub enum Received {
    /// GET or HEAD.
    HealthCheck,
    /// Neither GET, HEAD nor POST.
    WrongMethod,
    /// Not authentic; the reason is for the record only.
    Rejected(Reason),
    /// Authentic, but another command.
    OtherCommand,
    /// An authentic session event that says who serves a user.
    SessionEvent(Served),
    /// Authentic, but the body cannot be used.
    BadBody(BodyError),
    /// Authentic, but a bug of ours keeps it from being read: it is answered as any other fault.
    Fault {
        /// Whether an agent may be asked for; `false` where the URL names another command.
        is_assign: bool,
    },
    /// A request for an agent.
    Assign(Callback),
}

/// Proves a request authentic and reads it.
pub fn receive(raw: &RawCallback, locks: &Locks, now: DateTime<Utc>) -> Received {
    match raw.method.as_str() {
        "GET" | "HEAD" => return Received::HealthCheck,
        "POST" => {}
        _ => return Received::WrongMethod,
    }
    let query = match Query::parse(&raw.query) {
        Ok(query) => query,
        Err(reason) => return Received::Rejected(reason),
    };
    let sdk_app_id = match locks.open(raw, &query, now) {
        Ok(sdk_app_id) => sdk_app_id,
        Err(reason) => return Received::Rejected(reason),
    };
    unlocked(|| read(raw, &query, sdk_app_id), query.command.as_deref())
}

/// What an authentic request is. From here on a panic is a fault of ours, and no refusal.
fn unlocked(read: impl FnOnce() -> Received, command: Option<&str>) -> Received {
    let is_assign = command.is_none_or(is_assign);
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Received::Fault { is_assign })
}

/// Reads an authentic request.
fn read(raw: &RawCallback, query: &Query<'_>, sdk_app_id: u64) -> Received {
    if let Some(command) = query.command.as_deref().filter(|command| !is_assign(command)) {
        return other_command(command, raw);
    }
    let body = match body::parse(raw.body.as_deref(), query.command.is_some()) {
        Ok(body::Parsed::Assign(body)) => body,
        Ok(body::Parsed::Other(command)) => return other_command(&command, raw),
        Err(error) => return Received::BadBody(error),
    };
    let session = Session::new(body.session_id, body.client_user_id, body.event_time, sdk_app_id)
        .with_customer_service(body.customer_service_id)
        .on_platform(query.platform.as_deref())
        .from_ip(query.client_ip.as_deref());
    Received::Assign(Callback { session })
}

fn other_command(command: &str, raw: &RawCallback) -> Received {
    let served = if command == SESSION_EVENT {
        Served::read(raw.body.as_deref().unwrap_or_default())
    } else {
        None
    };
    served.map_or(Received::OtherCommand, Received::SessionEvent)
}

#[cfg(test)]
mod tests;
