//! What keeps tests true on a busy machine: results are asked for again while a machine's load
//! degrades them, and a time that must be kept is measured beside the machine's own lateness.

use std::fmt::Display;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::task::JoinHandle;

/// How often something is tried that a busy machine may spoil.
const TRIES: usize = 25;
/// How long the watch sleeps at a time.
const NAP: Duration = Duration::from_millis(5);
/// How late an idle machine wakes a task at most.
const USUAL: Duration = Duration::from_millis(3);
/// How much longer work may take than the machine was late: work is made of several steps, of
/// several tasks or processes, and each may wait.
const SHARE: u32 = 4;

/// Watches how late this runtime wakes its tasks, and how long others of this machine, such as the
/// function's process or the store's threads, waited for a processor.
pub struct Lateness {
    late_us: Arc<AtomicU64>,
    watch: JoinHandle<()>,
    waited_before: Duration,
}

impl Lateness {
    /// Begins to watch.
    pub fn watch() -> Self {
        let late_us = Arc::new(AtomicU64::new(0));
        let total = Arc::clone(&late_us);
        let watch = tokio::spawn(async move {
            loop {
                let started = Instant::now();
                tokio::time::sleep(NAP).await;
                let late = started.elapsed().saturating_sub(NAP);
                if late > USUAL {
                    let late = u64::try_from(late.as_micros()).unwrap_or(u64::MAX);
                    total.fetch_add(late, Ordering::Relaxed);
                }
            }
        });
        Self { late_us, watch, waited_before: waited() }
    }

    /// What the machine takes from the work beside it, at most.
    pub fn so_far(&self) -> Duration {
        let late = Duration::from_micros(self.late_us.load(Ordering::Relaxed)) * SHARE;
        // While somebody waits for a processor, half of the time is taken from the work.
        late + waited().saturating_sub(self.waited_before) / 2
    }
}

impl Drop for Lateness {
    fn drop(&mut self) {
        self.watch.abort();
    }
}

/// How long anything on this machine has waited for a processor since it started; zero where the
/// system does not say (Linux does, by its pressure stall information).
fn waited() -> Duration {
    let read = std::fs::read_to_string("/proc/pressure/cpu").ok();
    let microseconds = read.and_then(|text| {
        let some = text.lines().find(|line| line.starts_with("some"))?;
        some.rsplit_once("total=")?.1.parse().ok()
    });
    microseconds.map(Duration::from_micros).unwrap_or_default()
}

/// What the work comes to, which must be there within `bound`: on a busy machine longer by what
/// the machine takes.
///
/// # Panics
/// It took longer.
pub async fn within<T>(bound: Duration, about: impl Display, work: impl Future<Output = T>) -> T {
    let lateness = Lateness::watch();
    let started = Instant::now();
    let done = work.await;
    let (took, late) = (started.elapsed(), lateness.so_far());
    assert!(took < bound + late, "{about}: {took:?}, on a machine that takes {late:?}");
    done
}

/// Something that load can bring about, in one word or more.
#[derive(Debug)]
pub struct Degraded(pub String);

/// What `work` comes to, tried again while load degrades it.
///
/// # Panics
/// It is degraded every time: that is no load.
pub async fn calm<T>(mut work: impl AsyncFnMut(usize) -> Result<T, Degraded>) -> T {
    let mut tries = Tries::default();
    loop {
        match work(tries.0).await {
            Ok(done) => return done,
            Err(degraded) => tries.another(degraded),
        }
    }
}

/// How often something was tried.
#[derive(Debug, Default)]
pub struct Tries(usize);

impl Tries {
    /// Counts one that was degraded.
    ///
    /// # Panics
    /// There were too many: that is no load.
    pub fn another(&mut self, Degraded(why): Degraded) {
        self.0 += 1;
        assert!(self.0 < TRIES, "{TRIES} times in a row: {why}");
    }
}
