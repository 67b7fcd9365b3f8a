//! A clock that stands still, but for the time that a test lets pass: a run of 90 seconds takes no
//! longer than its work, and ends at the same row on a slow machine as on a fast one.

use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use testing::bad_tables::Proxy;
use testing::copies::Copies;

/// So often nothing else may be ready to run, before time passes.
const IDLE: usize = 1_000;
/// So much passes at a time.
const STEP: Duration = Duration::from_millis(100);

/// While it is there, the clock of this test's runtime stands still. Only on a runtime of one
/// thread.
pub(super) struct Still {
    _until: Sender<()>,
}

impl Still {
    pub(super) fn begin() -> Self {
        let (until, over) = channel();
        // While such a task runs, the paused clock does not go on by itself when all wait for the
        // network.
        tokio::task::spawn_blocking(move || over.recv().is_ok());
        tokio::time::pause();
        Self { _until: until }
    }

    /// The work, during which each write of an item takes so long.
    pub(super) async fn by_writes<T>(
        &self,
        tables: &Proxy,
        each: Duration,
        work: impl Future<Output = T>,
    ) -> T {
        let written = || tables.count("dynamodb:UpdateItem");
        let mut seen = written();
        let passing = async {
            loop {
                let done = written() - seen;
                if done > 0 {
                    seen += done;
                    tokio::time::advance(each * u32::try_from(done).unwrap()).await;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            done = work => done,
            () = passing => unreachable!(),
        }
    }

    /// The work, during which time passes while it waits for nothing else.
    pub(super) async fn while_idle<T>(&self, tables: &Copies, work: impl Future<Output = T>) -> T {
        let passing = async {
            loop {
                let before = tables.count();
                for _ in 0..IDLE {
                    tokio::task::yield_now().await;
                }
                if tables.count() == before {
                    tokio::time::advance(STEP).await;
                }
            }
        };
        tokio::select! {
            done = work => done,
            () = passing => unreachable!(),
        }
    }
}
