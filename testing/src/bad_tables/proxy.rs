//! A good endpoint behind a proxy, which misbehaves when it is told to.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::fault::{FAULTS, Fault, answer_badly};
pub use super::noted::Asked;
use super::noted::{Noted, note};

/// What changes a table, as IAM names it without its service.
const WRITES: [&str; 4] = ["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"];

/// A proxy in front of a good endpoint, with a fault that can be turned on and off. With one on,
/// also connections that are open already misbehave.
pub struct Proxy {
    address: SocketAddr,
    behaviour: Arc<Mutex<Behaviour>>,
    held: Arc<Mutex<Vec<(Instant, Instant)>>>,
    noted: Arc<Mutex<Noted>>,
}

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
    /// Whether only writes count for that, and meet the fault.
    is_of_writes: bool,
    /// What comes after the first request that met the fault, where that is not the fault again.
    then: Option<Option<Fault>>,
    /// How long each request is held up.
    delay: Duration,
    /// What the first request was that met the fault which was turned on last.
    met: Option<String>,
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
        self.behave(Behaviour { fault, spared: requests, ..Behaviour::default() });
    }

    /// One request meets the fault, after so many others.
    pub fn set_once_after(&self, requests: usize, fault: Fault) {
        let fault = Some(fault);
        self.behave(Behaviour {
            fault,
            spared: requests,
            then: Some(None),
            ..Behaviour::default()
        });
    }

    /// After so many writes more, nothing is answered and nothing is done any more: whoever wrote
    /// learns nothing of the last of them.
    pub fn end_after_writes(&self, writes: usize) {
        self.behave(Behaviour {
            fault: Some(Fault::Silence),
            spared: writes - 1,
            is_of_writes: true,
            then: Some(Some(Fault::Hang)),
            ..Behaviour::default()
        });
    }

    fn behave(&self, wanted: Behaviour) {
        let mut behaviour = self.behaviour.lock().unwrap();
        let (dead, opened, delay) = (behaviour.dead, behaviour.opened, behaviour.delay);
        let weather = behaviour.weather.take();
        *behaviour = Behaviour { dead, opened, delay, weather, ..wanted };
    }

    /// What the first request was that met the fault which was turned on last: the action, and the
    /// `Id` of its item.
    pub fn met(&self) -> Option<String> {
        self.behaviour.lock().unwrap().met.clone()
    }

    /// Until a request has met the fault, and what it asked for has been done, if it will be.
    pub async fn until_met(&self) {
        while self.met().is_none() {
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

    /// How many connections were opened so far.
    pub fn opened(&self) -> usize {
        self.behaviour.lock().unwrap().opened
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
fn next(behaviour: &Mutex<Behaviour>, is_write: bool) -> (Option<Fault>, Duration) {
    let mut behaviour = behaviour.lock().unwrap();
    if let Some((share, random)) = &mut behaviour.weather {
        return match random.f64() < *share {
            true if random.u8(..4) == 0 => (None, Duration::from_millis(random.u64(..400))),
            true => (random.choice(FAULTS), Duration::ZERO),
            false => Default::default(),
        };
    }
    if behaviour.is_of_writes && !is_write {
        return (None, behaviour.delay);
    }
    let fault = behaviour.fault;
    match behaviour.spared.checked_sub(1) {
        Some(left) if fault.is_some() => {
            behaviour.spared = left;
            return (None, behaviour.delay);
        }
        _ => {}
    }
    if fault.is_some()
        && let Some(then) = behaviour.then.take()
    {
        (behaviour.fault, behaviour.is_of_writes) = (then, false);
    }
    (fault, behaviour.delay)
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
    let (mut asked, mut bad_answer) = (String::new(), None);
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
                    let (action, id) = note(&sent[..length], &noted);
                    asked = format!("{action} {id}");
                    next(&behaviour, WRITES.contains(&&*action))
                } else {
                    Default::default()
                };
                match fault {
                    Some(fault) if fault.is_of_the_answer() => bad_answer = Some(fault),
                    Some(fault) => {
                        behaviour.lock().unwrap().met.get_or_insert(asked);
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
                    behaviour.lock().unwrap().met.get_or_insert(asked);
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
