//! `desk` as a process.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;

/// How much longer than a release build another may take: nothing in it is optimised.
const DEBUG_FACTOR: f64 = 10.0;
/// The limit of a command, in seconds of a release build, where its case sets none. Of the
/// processor: other work on the machine does not count.
pub(crate) const SECONDS: f64 = 2.0;
/// How many times its limit a command may take by the clock of the wall, when it only waits.
const WAITING_FACTOR: u32 = 15;

/// What a command said and how it ended.
pub(crate) struct Done {
    pub(crate) out: String,
    pub(crate) err: String,
    /// The exit status; none when a signal ended it.
    pub(crate) code: Option<i32>,
}

/// The binary: `DESK_BIN`, or the one that was built with this test.
pub(crate) fn binary() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    chosen().map_or_else(|| env!("CARGO_BIN_EXE_desk").into(), |path| root.join(path))
}

/// `DESK_BIN`, unless it is unset or empty.
fn chosen() -> Option<OsString> {
    std::env::var_os("DESK_BIN").filter(|path| !path.is_empty())
}

/// A limit in seconds of a release build, as long as this build may take.
fn limit(seconds: f64) -> Duration {
    let is_release = !cfg!(debug_assertions) || chosen().is_some();
    Duration::from_secs_f64(seconds * if is_release { 1.0 } else { DEBUG_FACTOR })
}

/// Runs a command, with these settings and no other variable.
///
/// # Errors
/// It does not end in time (seconds of a release build), or not normally.
pub(crate) async fn desk(
    settings: &BTreeMap<String, String>,
    seconds: f64,
    arguments: &[&str],
) -> Result<Done, String> {
    let mut command = Command::new(binary());
    command.env_clear().envs(settings).args(arguments).stdin(Stdio::null()).kill_on_drop(true);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let limit = limit(seconds);
    let name = arguments.first().copied().unwrap_or_default();
    let process = command.spawn().unwrap_or_else(cannot);
    let id = process.id();
    let output = tokio::select! {
        output = process.wait_with_output() => output.unwrap_or_else(cannot),
        () = has_used(id, limit) => {
            return Err(format!("`{name}` did not end within {} s", limit.as_secs_f64()));
        }
        () = tokio::time::sleep(limit * WAITING_FACTOR) => {
            return Err(format!("`{name}` waits for something, and did not end"));
        }
    };
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let done =
        Done { out: text(output.stdout), err: text(output.stderr), code: output.status.code() };
    // 101 is the status of a panic.
    if done.code.is_none_or(|code| code == 101) {
        let said: String = done.err.chars().take(300).collect();
        return Err(format!("`{name}` did not end normally ({}): {said}", output.status));
    }
    Ok(done)
}

fn cannot<T>(error: std::io::Error) -> T {
    panic!("{}: {error}", binary().display())
}

/// Ends when the process has used this much of the processor; never where the system does not say.
async fn has_used(id: Option<u32>, limit: Duration) {
    while id.and_then(processor_time).is_none_or(|used| used < limit) {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// The processor time of a process: its own and the system's, in ticks of 10 ms.
fn processor_time(id: u32) -> Option<Duration> {
    let said = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let (_, behind_name) = said.rsplit_once(')')?;
    let mut fields = behind_name.split_whitespace().skip(11).map(str::parse::<u64>);
    let ticks = fields.next()?.ok()? + fields.next()?.ok()?;
    Some(Duration::from_millis(ticks * 10))
}

/// The folder of this run: two runs at once do not share one.
pub(crate) fn folder_of_run() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("cases-{}", std::process::id()))
}

/// A new folder for what a case writes, by the case's id.
pub(crate) fn folder(id: &str) -> PathBuf {
    let folder = folder_of_run().join(id.replace('/', "-"));
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
