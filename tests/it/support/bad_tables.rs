//! Endpoints in place of DynamoDB that misbehave.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// How an endpoint misbehaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Accepts and never answers.
    Hang,
    /// Closes the connection at once.
    Close,
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
}

/// Those that any request meets.
pub(crate) const FAULTS: [Fault; 8] =
    [Fault::Hang, Fault::Close, Fault::CutBody, Fault::Garbage, Fault::ServerError, Fault::Throttled, Fault::NoTable, Fault::Expired];

/// Starts such an endpoint; `http://127.0.0.1:…`.
pub(crate) async fn start(fault: Fault) -> String {
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
    if fault != Fault::Close && connection.read(&mut request).await.is_ok() {
        answer_badly(connection, fault).await;
    }
}

/// Answers a request that was read from the connection.
async fn answer_badly(mut connection: TcpStream, fault: Fault) {
    let mut buffer = [0; 16 * 1024];
    let error = |kind: &str| {
        let body = format!(r#"{{"__type":"com.amazonaws.dynamodb.v20120810#{kind}","message":"no"}}"#);
        format!("HTTP/1.1 400 Bad Request\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: {}\r\n\r\n{body}", body.len())
    };
    let answer = match fault {
        Fault::Close => return,
        Fault::Hang => {
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
            if connection.write_all(page.as_bytes()).await.is_err() || connection.read(&mut buffer).await.is_err() {
                return;
            }
            "HTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n".to_owned()
        }
    };
    drop(connection.write_all(answer.as_bytes()).await);
}

/// An address where nothing listens.
pub(crate) async fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

/// A proxy in front of a good endpoint, with a fault that can be turned on and off. With one on, also connections that are open already
/// misbehave.
pub(crate) struct Proxy {
    address: SocketAddr,
    behaviour: Arc<Mutex<Behaviour>>,
    held: Arc<Mutex<Vec<(Instant, Instant)>>>,
}

#[derive(Clone, Copy, Default)]
struct Behaviour {
    fault: Option<Fault>,
    /// Requests that are still passed on before the fault.
    spared: usize,
    /// How long each request is held up.
    delay: Duration,
}

impl Proxy {
    pub(crate) async fn start(endpoint: &str) -> Self {
        let upstream: SocketAddr = endpoint.trim_start_matches("http://").parse().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy = Self { address: listener.local_addr().unwrap(), behaviour: Arc::default(), held: Arc::default() };
        let (behaviour, held) = (Arc::clone(&proxy.behaviour), Arc::clone(&proxy.held));
        tokio::spawn(async move {
            loop {
                let (connection, _) = listener.accept().await.unwrap();
                tokio::spawn(forward(connection, upstream, Arc::clone(&behaviour), Arc::clone(&held)));
            }
        });
        proxy
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn set(&self, fault: Option<Fault>) {
        self.set_after(0, fault);
    }

    /// The fault comes after so many requests more.
    pub(crate) fn set_after(&self, requests: usize, fault: Option<Fault>) {
        let mut behaviour = self.behaviour.lock().unwrap();
        (behaviour.fault, behaviour.spared) = (fault, requests);
    }

    /// Holds up every request so long.
    pub(crate) fn delay(&self, delay: Duration) {
        self.behaviour.lock().unwrap().delay = delay;
    }

    /// How many of the requests held up since the last call came one after the other: those at the same time count once.
    pub(crate) fn round_trips(&self) -> usize {
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
    match behaviour.spared.checked_sub(1) {
        Some(left) if behaviour.fault.is_some() => {
            behaviour.spared = left;
            (None, behaviour.delay)
        }
        _ => (behaviour.fault, behaviour.delay),
    }
}

async fn forward(mut client: TcpStream, upstream: SocketAddr, behaviour: Arc<Mutex<Behaviour>>, held: Arc<Mutex<Vec<(Instant, Instant)>>>) {
    let Ok(mut server) = TcpStream::connect(upstream).await else { return };
    let (mut sent, mut returned) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
    loop {
        tokio::select! {
            read = client.read(&mut sent) => {
                let Ok(length @ 1..) = read else { return };
                // The rest of a request comes along with its beginning.
                let (fault, delay) = if sent.starts_with(b"POST ") { next(&behaviour) } else { Default::default() };
                if let Some(fault) = fault {
                    return answer_badly(client, fault).await;
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
                if client.write_all(&returned[..length]).await.is_err() {
                    return;
                }
            }
        }
    }
}
