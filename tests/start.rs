//! The two functions refuse to start without settings, with one line that names all that is wrong.
//! (Also makes cargo build the three programs for the tests of the whole.)

#![allow(missing_docs, clippy::unwrap_used)]

use std::process::Command;

#[test]
fn a_function_without_settings_says_what_is_missing() {
    for (program, missing) in [
        (
            env!("CARGO_BIN_EXE_desk-router"),
            ["RULES_TABLE", "AGENTS_TABLE", "SDK_APP_IDS"].as_slice(),
        ),
        (env!("CARGO_BIN_EXE_desk-operator"), &["RULES_TABLE", "AGENTS_TABLE"]),
    ] {
        let output = Command::new(program).env_clear().output().unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success());
        assert_eq!(text.lines().count(), 1, "{text}");
        assert!(missing.iter().all(|name| text.contains(name)), "{text}");
    }
}

/// The hook of a deploy starts whatever its settings are: CodeDeploy must be told.
#[test]
fn the_hook_says_where_it_runs() {
    let output = Command::new(env!("CARGO_BIN_EXE_desk-probe")).env_clear().output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && text.contains("runs there only"), "{text}");
}
