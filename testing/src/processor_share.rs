//! Programs at the share of a processor that Lambda gives 512 MB.

use std::path::{Path, PathBuf};

/// Variables of a program's environment.
pub type Variables = Vec<(String, String)>;

/// How much of a processor 512 MB have: 1,769 MB have a whole one (AWS, "Configure Lambda function
/// memory"). Given in slices of 20 ms.
const SLICE_US: u32 = 20_000;
const SHARE_US: u32 = SLICE_US * 512 / 1_769;

/// A control group with the share of 512 MB: the file that a process writes its id into. `None`
/// where there are none, or we may not make one.
pub fn share() -> Option<PathBuf> {
    let write = |file: PathBuf, text: String| std::fs::write(file, text).ok();
    let old = Path::new("/sys/fs/cgroup/cpu/desk-bench");
    let new = Path::new("/sys/fs/cgroup/desk-bench");
    if std::fs::create_dir_all(old).is_ok()
        && write(old.join("cpu.cfs_period_us"), SLICE_US.to_string()).is_some()
        && write(old.join("cpu.cfs_quota_us"), SHARE_US.to_string()).is_some()
    {
        return Some(old.join("tasks"));
    }
    std::fs::create_dir_all(new).ok()?;
    write(new.join("cpu.max"), format!("{SHARE_US} {SLICE_US}"))?;
    Some(new.join("cgroup.procs"))
}

/// A program and its variables, as it is or at the share.
pub fn at_share(program: &str, variables: Variables, share: Option<&Path>) -> (String, Variables) {
    let Some(share) = share else { return (program.to_owned(), variables) };
    let more = vec![
        ("DESK_SHARE".to_owned(), share.display().to_string()),
        ("DESK_BINARY".to_owned(), program.to_owned()),
        ("PATH".to_owned(), "/usr/bin:/bin".to_owned()),
    ];
    let wrapper = concat!(env!("CARGO_MANIFEST_DIR"), "/../benches/yardsticks/share.sh");
    (wrapper.to_owned(), [variables, more].concat())
}
