//! Endpoints in place of DynamoDB that misbehave.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// How an endpoint misbehaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Accepts and never answers.
    Hang,
    /// Closes the connection at once.
    Close,
    /// Resets the connection at once.
    Reset,
    /// Promises more than it sends, then closes.
    CutBody,
    /// 200 with something else than JSON.
    Garbage,
    /// 500.
    ServerError,
    /// 400, throttled.
    Throttled,
    /// 400, the table does not exist.
    NoTable,
    /// 400, the credentials are expired.
    Expired,
    /// A first page of a Scan, then 500.
    SecondPage,
    /// The request is done, and its answer never comes.
    Silence,
    /// The request is done, and the connection is reset instead of an answer.
    LostAnswer,
    /// The request is done, and half of its answer comes.
    CutAnswer,
}

/// Those that any request meets.
pub const FAULTS: [Fault; 12] = [
    Fault::Hang,
    Fault::Close,
    Fault::Reset,
    Fault::CutBody,
    Fault::Garbage,
    Fault::ServerError,
    Fault::Throttled,
    Fault::NoTable,
    Fault::Expired,
    Fault::Silence,
    Fault::LostAnswer,
    Fault::CutAnswer,
];

impl Fault {
    /// Whether the request reaches the table all the same.
    fn is_of_the_answer(self) -> bool {
        matches!(self, Self::Silence | Self::LostAnswer | Self::CutAnswer)
    }
}

/// Starts such an endpoint; `http://127.0.0.1:…`.
pub async fn start(fault: Fault) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (connection, _) = listener.accept().await.unwrap();
            tokio::spawn(misbehave(connection, fault));
        }
    });
    format!("http://{address}")
}

async fn misbehave(mut connection: TcpStream, fault: Fault) {
    let mut request = [0; 16 * 1024];
    if !matches!(fault, Fault::Close | Fault::Reset) && connection.read(&mut request).await.is_ok()
    {
        answer_badly(connection, fault).await;
    }
}

/// Answers a request that was read from the connection. A request whose answer is at fault was done
/// elsewhere, or is not.
async fn answer_badly(mut connection: TcpStream, fault: Fault) {
    let mut buffer = [0; 16 * 1024];
    let error = |kind: &str| {
        let body =
            format!(r#"{{"__type":"com.amazonaws.dynamodb.v20120810#{kind}","message":"no"}}"#);
        format!(
            "HTTP/1.1 400 Bad Request\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let answer = match fault {
        Fault::Close | Fault::CutAnswer => return,
        Fault::Reset | Fault::LostAnswer => return drop(connection.set_zero_linger()),
        Fault::Hang | Fault::Silence => {
            tokio::time::sleep(Duration::from_secs(60)).await;
            return;
        }
        Fault::CutBody => {
            "HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: 1000\r\n\r\n{\"Items\":[".to_owned()
        }
        Fault::Garbage => "HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: 9\r\n\r\nnot json!".to_owned(),
        Fault::ServerError => "HTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n".to_owned(),
        Fault::Throttled => error("ProvisionedThroughputExceededException"),
        Fault::NoTable => error("ResourceNotFoundException"),
        Fault::Expired => error("ExpiredTokenException"),
        Fault::SecondPage => {
            let body = r#"{"Items":[{"RuleId":{"S":"r"},"Priority":{"N":"1"},"AgentGroupId":{"N":"5"}}],"Count":1,"LastEvaluatedKey":{"RuleId":{"S":"r"}}}"#;
            let page =
                format!("HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: {}\r\n\r\n{body}", body.len());
            if connection.write_all(page.as_bytes()).await.is_err()
                || connection.read(&mut buffer).await.is_err()
            {
                return;
            }
            "HTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n".to_owned()
        }
    };
    drop(connection.write_all(answer.as_bytes()).await);
}

/// An address where nothing listens.
pub async fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

/// A proxy in front of a good endpoint, with a fault that can be turned on and off. With one on,
/// also connections that are open already misbehave.
pub struct Proxy {
    address: SocketAddr,
    behaviour: Arc<Mutex<Behaviour>>,
    held: Arc<Mutex<Vec<(Instant, Instant)>>>,
    noted: Arc<Mutex<Noted>>,
}

/// What was asked for, and how often.
#[derive(Debug, Clone, Default)]
struct Noted {
    asked: Asked,
    counts: BTreeMap<String, usize>,
}

/// What was asked for: each action, as IAM names it, with the attributes that its expressions name.
pub type Asked = BTreeMap<String, BTreeSet<String>>;

#[derive(Clone, Default)]
struct Behaviour {
    fault: Option<Fault>,
    /// Faults at random instead: the share of requests that meet one, and whence.
    weather: Option<(f64, fastrand::Rng)>,
    /// Connections opened up to this one are dead: nothing comes of what is sent on them.
    dead: usize,
    opened: usize,
    /// Requests that are still passed on before the fault.
    spared: usize,
    /// How long each request is held up.
    delay: Duration,
    /// Whether a request has met the fault that was turned on last.
    met: bool,
}

impl Proxy {
    pub async fn start(endpoint: &str) -> Self {
        let upstream: SocketAddr = endpoint.trim_start_matches("http://").parse().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy = Self {
            address: listener.local_addr().unwrap(),
            behaviour: Arc::default(),
            held: Arc::default(),
            noted: Arc::default(),
        };
        let (behaviour, held) = (Arc::clone(&proxy.behaviour), Arc::clone(&proxy.held));
        let noted = Arc::clone(&proxy.noted);
        tokio::spawn(async move {
            loop {
                let (connection, _) = listener.accept().await.unwrap();
                tokio::spawn(forward(
                    connection,
                    upstream,
                    Arc::clone(&behaviour),
                    Arc::clone(&held),
                    Arc::clone(&noted),
                ));
            }
        });
        proxy
    }

    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn set(&self, fault: Option<Fault>) {
        self.set_after(0, fault);
    }

    /// The fault comes after so many requests more.
    pub fn set_after(&self, requests: usize, fault: Option<Fault>) {
        let mut behaviour = self.behaviour.lock().unwrap();
        (behaviour.fault, behaviour.spared, behaviour.met) = (fault, requests, false);
    }

    /// Until a request has met the fault, and what it asked for has been done, if it will be.
    pub async fn until_met(&self) {
        while !self.behaviour.lock().unwrap().met {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    /// Holds up every request so long.
    pub fn delay(&self, delay: Duration) {
        self.behaviour.lock().unwrap().delay = delay;
    }

    /// From now on this share of requests meets a fault of any kind, or is held up for some time,
    /// at random.
    pub fn weather(&self, share: f64, seed: u64) {
        self.behaviour.lock().unwrap().weather = Some((share, fastrand::Rng::with_seed(seed)));
    }

    /// No faults any more, except of connections that are dead.
    pub fn calm(&self) {
        let mut behaviour = self.behaviour.lock().unwrap();
        *behaviour =
            Behaviour { dead: behaviour.dead, opened: behaviour.opened, ..Behaviour::default() };
    }

    /// Whatever is sent on the connections that are open now is lost, without a word. New ones
    /// work.
    pub fn strand(&self) {
        let mut behaviour = self.behaviour.lock().unwrap();
        behaviour.dead = behaviour.opened;
    }

    /// What was asked for so far.
    pub fn asked(&self) -> Asked {
        self.noted.lock().unwrap().asked.clone()
    }

    /// How often this was asked for so far: an action, as IAM names it.
    pub fn count(&self, action: &str) -> usize {
        self.noted.lock().unwrap().counts.get(action).copied().unwrap_or_default()
    }

    /// How many of the requests held up since the last call came one after the other: those at the
    /// same time count once.
    pub fn round_trips(&self) -> usize {
        let mut held = std::mem::take(&mut *self.held.lock().unwrap());
        held.sort_by_key(|(_, until)| *until);
        let (mut count, mut last) = (0, None);
        for (from, until) in held {
            if last.is_none_or(|last| from >= last) {
                (count, last) = (count + 1, Some(until));
            }
        }
        count
    }
}

/// What to do with the next request: the fault, if it is its turn, and the delay.
fn next(behaviour: &Mutex<Behaviour>) -> (Option<Fault>, Duration) {
    let mut behaviour = behaviour.lock().unwrap();
    if let Some((share, random)) = &mut behaviour.weather {
        return match random.f64() < *share {
            true if random.u8(..4) == 0 => (None, Duration::from_millis(random.u64(..400))),
            true => (random.choice(FAULTS), Duration::ZERO),
            false => Default::default(),
        };
    }
    match behaviour.spared.checked_sub(1) {
        Some(left) if behaviour.fault.is_some() => {
            behaviour.spared = left;
            (None, behaviour.delay)
        }
        _ => (behaviour.fault, behaviour.delay),
    }
}

/// Notes what a request asks for.
fn note(request: &[u8], noted: &Mutex<Noted>) {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return };
    let target = head.lines().find_map(|line| line.strip_prefix("x-amz-target: DynamoDB_"));
    let Some((_, action)) = target.and_then(|target| target.split_once('.')) else { return };
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let names = body["ExpressionAttributeNames"].as_object().into_iter().flatten();
    let names = names.map(|(_, name)| name.as_str().unwrap().to_owned());
    let action = format!("dynamodb:{action}");
    let mut noted = noted.lock().unwrap();
    *noted.counts.entry(action.clone()).or_default() += 1;
    noted.asked.entry(action).or_default().extend(names);
}

async fn forward(
    mut client: TcpStream,
    upstream: SocketAddr,
    behaviour: Arc<Mutex<Behaviour>>,
    held: Arc<Mutex<Vec<(Instant, Instant)>>>,
    noted: Arc<Mutex<Noted>>,
) {
    let Ok(mut server) = TcpStream::connect(upstream).await else { return };
    let number = {
        let mut behaviour = behaviour.lock().unwrap();
        behaviour.opened += 1;
        behaviour.opened
    };
    let mut bad_answer = None;
    let (mut sent, mut returned) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
    loop {
        tokio::select! {
            read = client.read(&mut sent) => {
                let Ok(length @ 1..) = read else { return };
                if number <= behaviour.lock().unwrap().dead {
                    return answer_badly(client, Fault::Hang).await;
                }
                // The rest of a request comes along with its beginning.
                let (fault, delay) = if sent.starts_with(b"POST ") {
                    note(&sent[..length], &noted);
                    next(&behaviour)
                } else {
                    Default::default()
                };
                match fault {
                    Some(fault) if fault.is_of_the_answer() => bad_answer = Some(fault),
                    Some(fault) => {
                        behaviour.lock().unwrap().met = true;
                        return answer_badly(client, fault).await;
                    }
                    None => {}
                }
                if !delay.is_zero() {
                    let from = Instant::now();
                    tokio::time::sleep(delay).await;
                    held.lock().unwrap().push((from, Instant::now()));
                }
                if server.write_all(&sent[..length]).await.is_err() {
                    return;
                }
            }
            read = server.read(&mut returned) => {
                let Ok(length @ 1..) = read else { return };
                if let Some(fault) = bad_answer {
                    behaviour.lock().unwrap().met = true;
                    if fault == Fault::CutAnswer {
                        drop(client.write_all(&returned[..length / 2]).await);
                    }
                    return answer_badly(client, fault).await;
                }
                if client.write_all(&returned[..length]).await.is_err() {
                    return;
                }
            }
        }
    }
}
