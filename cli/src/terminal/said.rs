//! How everything is said: without control characters, without colour where none is wanted, and
//! quietly at an end when nobody reads on.

use std::fmt::Write as _;
use std::io::{ErrorKind, IsTerminal, Write as _};

use annotate_snippets::Renderer;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Prints formatted text and a line's end; see `print`.
macro_rules! say {
    ($($format:tt)*) => { $crate::terminal::print(&format!("{}\n", format_args!($($format)*))) };
}
pub(crate) use say;

/// Prints text to standard output, without control characters other than a line's end. When the
/// reader has gone (`desk history | head`), the process ends.
pub(crate) fn print(text: &str) {
    write(&printable(text));
}

/// Prints text that has colours in it; whatever comes from rows must be [`printable`] already.
pub(crate) fn print_styled(text: &str) {
    write(text);
}

/// Prints JSON and a line's end; control characters in it are escaped, so that its meaning stays.
pub(crate) fn print_json(json: &str) {
    write(
        &(escaped(
            json,
            |c| c != '\n',
            |c, out| {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    // Writing to memory does not fail.
                    let _ = write!(out, "\\u{unit:04x}");
                }
            },
        ) + "\n"),
    );
}

/// Prints text and a line's end to standard error, for people; standard output stays for results.
pub fn note(text: &str) {
    drop(writeln!(std::io::stderr().lock(), "{}", printable(text)));
}

fn write(text: &str) {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    if written.is_err_and(|error| error.kind() == ErrorKind::BrokenPipe) {
        std::process::exit(0);
    }
}

/// Text with what could steer a terminal written out as `\u{1b}`.
pub(crate) fn printable(text: &str) -> String {
    escaped(
        text,
        |c| c != '\n',
        |c, out| {
            let _ = write!(out, "{}", c.escape_unicode());
        },
    )
}

/// The same on one line.
pub fn on_one_line(text: &str) -> String {
    escaped(
        text,
        |_| true,
        |c, out| {
            let _ = write!(out, "{}", c.escape_unicode());
        },
    )
}

fn escaped(text: &str, may: impl Fn(char) -> bool, write: impl Fn(char, &mut String)) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if steers(c) && may(c) { write(c, &mut out) } else { out.push(c) }
    }
    out
}

/// Whether a character is none to see but changes how others are shown: control characters, and
/// those that turn the direction of writing.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether standard output shows colours: it is a terminal, neither `NO_COLOR` nor `TERM=dumb`.
fn has_colour() -> bool {
    std::io::stdout().is_terminal() && !is_plain(|name| std::env::var(name).ok())
}

/// How findings are drawn.
pub(crate) fn renderer() -> Renderer {
    if has_colour() { Renderer::styled() } else { Renderer::plain() }
}

fn is_plain(variable: impl Fn(&str) -> Option<String>) -> bool {
    variable("NO_COLOR").is_some_and(|value| !value.is_empty())
        || variable("TERM").is_some_and(|value| value == "dumb")
}

/// Progress on standard error, of `total` things called `what`; hidden when there are fewer than
/// `many`, or where nobody sees it.
pub fn progress(total: usize, many: usize, what: &str) -> ProgressBar {
    let is_dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
    if total < many || is_dumb || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(total as u64);
    let template = format!("{{bar:40}} {{pos}}/{{len}} {what}, {{eta}} left");
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style);
    }
    bar
}

/// Progress of a count whose end is not known: one line that is written again and again, from
/// [`MANY`] things on, where somebody sees it.
pub(crate) struct Counter {
    bar: ProgressBar,
    count: usize,
    is_seen: bool,
}

/// Fewer things are read before anybody could look.
const MANY: usize = 50;

impl Counter {
    /// Of things called `what`.
    pub(crate) fn of(what: &str) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(&format!("{{pos}} {what} read")) {
            bar.set_style(style);
        }
        let is_dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
        Self { bar, count: 0, is_seen: !is_dumb && std::io::stderr().is_terminal() }
    }

    /// One more.
    pub(crate) fn inc(&mut self) {
        self.count += 1;
        if self.is_seen && self.count == MANY {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(1);
    }

    /// Removes the line from the terminal.
    pub(crate) fn end(self) {
        self.bar.finish_and_clear();
    }
}

/// Words as a sentence: `release 5 is live` → `Release 5 is live.`
pub fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}

/// A count and its thing: `1 row`, `2 rows`.
pub fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_written_out() {
        let evil = "a\u{1b}[2Jb\u{9b}0m\r\u{202e}c\nd";
        assert_eq!(printable(evil), "a\\u{1b}[2Jb\\u{9b}0m\\u{d}\\u{202e}c\nd");
        assert!(!on_one_line(evil).contains('\n'));
        assert_eq!(printable("민지 😀"), "민지 😀");
    }

    #[test]
    fn colour_is_for_terminals_that_want_it() {
        let with = |set: &'static str, to: &'static str| {
            is_plain(move |name| (name == set).then(|| to.to_owned()))
        };
        assert!(with("NO_COLOR", "1") && with("TERM", "dumb"));
        assert!(!with("NO_COLOR", "") && !with("TERM", "xterm") && !with("X", "1"));
    }
}
