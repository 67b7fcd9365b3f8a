//! Regular expressions compiled once, and bounded in all.

use std::collections::HashMap;
use std::sync::Arc;

use regex_lite::{Regex, RegexBuilder};

use crate::packed::{BytesError, Packed, Packer, Unpacker};
use crate::text::cut;

/// Largest compiled pattern, in bytes: bounds both memory and the time of one match (below a
/// millisecond for an id of 512 bytes).
const MAX_PATTERN_BYTES: usize = 32 * 1024;
/// Longest text of a pattern, in bytes: 256 characters of four.
const MAX_TEXT_BYTES: usize = 1_024;
/// Smallest size that is counted for a compiled pattern, in bytes.
const MIN_PATTERN_BYTES: usize = 512;
/// Most that all compiled patterns together may take, in bytes: ten thousand of the usual ones, or
/// 512 of the largest.
const MAX_BYTES_OF_ALL: usize = 16 * 1024 * 1024;
/// Most that is spent on patterns that cannot be compiled, in bytes: a bound on the time of a load.
const MAX_BYTES_IN_VAIN: usize = 64 * 1024 * 1024;

/// A pattern for the whole id, compiled.
#[derive(Debug)]
pub(super) struct Compiled {
    /// As typed.
    text: Box<str>,
    regex: Regex,
    /// Bytes that it takes at most.
    bytes: usize,
}

impl Compiled {
    /// The pattern as typed.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether the id is as the pattern says.
    pub(super) fn matches(&self, id: &str) -> bool {
        self.regex.is_match(id)
    }
}

/// By its text, and how much it may take, so that it is compiled once.
impl Packed for Compiled {
    fn pack(&self, to: &mut Packer) {
        let Self { text, regex: _, bytes } = self;
        text.pack(to);
        bytes.pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Result<Self, BytesError> {
        let (text, bytes) = (Box::<str>::unpack(from)?, from.size()?);
        if bytes > MAX_PATTERN_BYTES || text.len() > MAX_TEXT_BYTES {
            return Err(BytesError::TooLarge);
        }
        from.spend(bytes)?;
        let regex = build(&whole(&text), bytes).map_err(|_| BytesError::Kind)?;
        Ok(Self { text, regex, bytes })
    }
}

/// Patterns compiled so far. Equal ones are compiled once, and all together are bounded: neither
/// one row nor many may cost more than their share of memory and time.
#[derive(Debug, Default)]
pub struct Patterns {
    known: HashMap<String, Result<Arc<Compiled>, String>>,
    /// Bytes that they take, rounded up.
    bytes: usize,
    /// Bytes spent on those that cannot be compiled.
    in_vain: usize,
    /// Bytes that may be taken beyond the limit.
    spare: usize,
}

impl Patterns {
    /// For rows that were all compiled before, maybe in another order: the last one then may have
    /// gone beyond the limit, and another one is the last now.
    pub(crate) fn of_rows_in_force() -> Self {
        Self { spare: MAX_PATTERN_BYTES, ..Self::default() }
    }

    /// Compiles a pattern for the whole id; otherwise says what is wrong with it.
    pub(super) fn compile(&mut self, text: &str) -> Result<Arc<Compiled>, String> {
        if let Some(known) = self.known.get(text) {
            return known.clone();
        }
        let full = || {
            format!(
                "all patterns of the rules together are larger than the limit of {} MiB; write \
                shorter ones, list ids in `ClientUserIds`, or delete rules",
                MAX_BYTES_OF_ALL / 1024 / 1024
            )
        };
        if self.bytes >= MAX_BYTES_OF_ALL + self.spare || self.in_vain >= MAX_BYTES_IN_VAIN {
            return Err(full());
        }
        let built = sized(text).map_err(|error| told(text, &error)).map(|(regex, bytes)| {
            self.bytes = self.bytes.saturating_add(bytes);
            Arc::new(Compiled { text: text.into(), regex, bytes })
        });
        if built.is_err() {
            self.in_vain = self.in_vain.saturating_add(MAX_PATTERN_BYTES);
        }
        self.known.insert(text.to_owned(), built.clone());
        built
    }
}

/// A pattern for the whole id, and how many bytes it takes at most: that is known only from the
/// limit that it passes.
fn sized(text: &str) -> Result<(Regex, usize), regex_lite::Error> {
    build(text, MAX_PATTERN_BYTES)?;
    let whole = whole(text);
    let mut bytes = MIN_PATTERN_BYTES;
    loop {
        match build(&whole, bytes) {
            Err(error) if is_too_large(&error) && bytes < MAX_PATTERN_BYTES => bytes *= 2,
            built => return Ok((built?, bytes)),
        }
    }
}

fn whole(text: &str) -> String {
    format!("^(?:{text})$")
}

fn build(text: &str, bytes: usize) -> Result<Regex, regex_lite::Error> {
    RegexBuilder::new(text).size_limit(bytes).build()
}

fn is_too_large(error: &regex_lite::Error) -> bool {
    error.to_string().contains("size limit")
}

/// What is wrong with a pattern that cannot be compiled, and what to write instead.
fn told(text: &str, error: &regex_lite::Error) -> String {
    if is_too_large(error) {
        return format!(
            "grows too large: it takes more than {} KiB when compiled, the limit for one pattern, \
            because repetitions inside repetitions multiply; write it with fewer, such as `[a-z]+`",
            MAX_PATTERN_BYTES / 1024
        );
    }
    if let Some(closed) = closed(text, &error.to_string()) {
        return format!("is not a valid regular expression ({error}); write `{}`", cut(&closed));
    }
    format!(
        "is not a valid regular expression ({error}); write such as `gold-[0-9]+`, with `\\` \
        before a sign that stands for itself"
    )
}

/// A pattern with the bracket at its end that the error misses.
fn closed(text: &str, error: &str) -> Option<String> {
    // Enough for what people type; to look costs little.
    const FEW_BYTES: usize = 16 * 1024;
    let missing = [
        ("closing bracket", "]"),
        ("unclosed character class", "]"),
        ("unclosed counted repetition", "}"),
        ("comma that is unclosed", "}"),
        ("max that is unclosed", "}"),
        ("closing ')'", ")"),
    ];
    let (_, sign) = missing.into_iter().find(|(said, _)| error.contains(said))?;
    let closed = format!("{text}{sign}");
    // As it is compiled: a remark at its end takes the bracket too.
    build(&whole(&closed), FEW_BYTES).is_ok().then_some(closed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_together_are_bounded() {
        let mut patterns = Patterns::default();
        for n in 0..10_000 {
            patterns.compile(&format!("gold-{n}-[0-9]+")).unwrap();
        }
        let mut patterns = Patterns::default();
        let large = |n: usize| format!("{n}(a{{1,10}}){{1,30}}");
        let good = (0..2_000).filter(|n| patterns.compile(&large(*n)).is_ok()).count();
        assert!((256..2_000).contains(&good), "{good}");
        let told = patterns.compile(&large(2_000)).unwrap_err();
        assert!(told.contains("the limit of 16 MiB; write shorter ones"), "{told}");
        // What is compiled already costs nothing more.
        patterns.compile(&large(0)).unwrap();
        let mut patterns = Patterns::default();
        let bad = |n: usize| patterns.compile(&format!("{n}[")).unwrap_err();
        let last = (0..3_000).map(bad).last().unwrap();
        assert!(last.contains("the limit of 16 MiB"), "{last}");
    }

    #[test]
    fn a_bracket_that_is_missing_at_the_end_is_told() {
        for (typed, write) in [
            ("gold-[0-9]{6", "write `gold-[0-9]{6}`"),
            ("gold-[0-9]{2,4", "write `gold-[0-9]{2,4}`"),
            ("gold-[0-9", "write `gold-[0-9]`"),
            ("gold-[^0-9", "write `gold-[^0-9]`"),
            ("(gold|vip", "write `(gold|vip)`"),
            ("gold-[", "write such as"),
            ("(gold-[0-9", "write such as"),
            ("gold)", "write such as"),
            ("(?x)a #b", "write such as"),
        ] {
            let told = Patterns::default().compile(typed).unwrap_err();
            assert!(told.contains(write), "{typed}: {told}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_pattern() {
        const INVALID: &str = "is not a valid regular expression";
        const LARGE: &str = "grows too large: it takes more than 32 KiB";
        // With what makes it match the whole id, the longest of these is larger than the limit.
        let all: Vec<usize> = (0..4_000).collect();
        let fits = |count: &usize| build(&"a".repeat(*count), MAX_PATTERN_BYTES).is_ok();
        let longest = "a".repeat(all.partition_point(fits) - 1);
        for (typed, says) in [
            ("gold)", INVALID),
            // A remark, to which what stands behind the pattern would belong.
            ("(?x)a #b", INVALID),
            ("(a{1,100}){1,100}", LARGE),
            (&longest, LARGE),
        ] {
            let told = Patterns::default().compile(typed).unwrap_err();
            assert!(told.starts_with(says), "{typed}: {told}");
        }
    }

    #[test]
    fn a_large_pattern_counts_as_much_as_it_takes() {
        let bytes = |text: &str| Patterns::default().compile(text).unwrap().bytes;
        assert_eq!(bytes("a"), MIN_PATTERN_BYTES);
        let large = bytes("(a{1,10}){1,30}");
        assert!(large > MIN_PATTERN_BYTES && large <= MAX_PATTERN_BYTES, "{large}");
        assert!(large.is_power_of_two(), "{large}");
    }

    #[test]
    fn rows_in_force_may_go_beyond_the_limit_by_one_pattern() {
        let in_force = Patterns::of_rows_in_force;
        let beyond = MAX_BYTES_OF_ALL + MAX_PATTERN_BYTES;
        for (mut patterns, is_good) in [
            (Patterns { bytes: MAX_BYTES_OF_ALL - 1, ..Patterns::default() }, true),
            (Patterns { bytes: MAX_BYTES_OF_ALL, ..Patterns::default() }, false),
            (Patterns { bytes: beyond - 1, ..in_force() }, true),
            (Patterns { bytes: beyond, ..in_force() }, false),
            (Patterns { in_vain: MAX_BYTES_IN_VAIN - 1, ..Patterns::default() }, true),
            (Patterns { in_vain: MAX_BYTES_IN_VAIN, ..Patterns::default() }, false),
        ] {
            assert_eq!(patterns.compile("a").is_ok(), is_good, "{patterns:?}");
        }
    }

    #[test]
    fn a_packed_pattern_takes_no_more_than_it_says() {
        let compiled = Patterns::default().compile("gold-[0-9]+").unwrap();
        let unpacked = |text: &str, bytes: usize| {
            let mut to = Packer::default();
            text.to_owned().pack(&mut to);
            bytes.pack(&mut to);
            Compiled::unpack(&mut Unpacker::new(&to.finish()))
        };
        // The longest text, and the largest size, that a row can have.
        assert!(unpacked(&"😀".repeat(MAX_TEXT_BYTES / 4), MAX_PATTERN_BYTES).is_ok());
        let back = unpacked(compiled.text(), compiled.bytes).unwrap();
        assert!(back.matches("gold-7") && !back.matches("gold-7x") && !back.matches("x"));
        for (text, bytes, wrong) in [
            ("gold-[0-9]+", 1, BytesError::Kind),
            ("gold-[", 512, BytesError::Kind),
            ("gold-[0-9]+", MAX_PATTERN_BYTES + 1, BytesError::TooLarge),
            (&"a".repeat(MAX_TEXT_BYTES + 1), MAX_PATTERN_BYTES, BytesError::TooLarge),
        ] {
            assert_eq!(unpacked(text, bytes).unwrap_err(), wrong, "{bytes}");
        }
    }
}
