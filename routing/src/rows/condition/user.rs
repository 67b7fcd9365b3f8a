//! Conditions on the user's id.

use regex_lite::{Regex, RegexBuilder};

use super::{Asked, Compared, Holds, Kind, Reach, Reading, joined};
use crate::rows::reader::{Empty, MAX_ENTRIES, Reader};

/// Most entries of `ClientUserIds`.
const MAX_USER_IDS: usize = 10_000;
/// Longest pattern, in characters.
const MAX_PATTERN: usize = 256;
/// Largest compiled pattern, in bytes: bounds both memory and the time of one match (below a
/// millisecond for an id of 512 bytes).
const MAX_PATTERN_BYTES: usize = 32 * 1024;

/// `ClientUserIds`: the exact id; sorted.
#[derive(Debug, Clone)]
pub struct ClientUserIds(pub Vec<Box<str>>);

impl ClientUserIds {
    pub(super) fn read(
        reader: &mut Reader<'_>,
        attribute: &str,
        _reading: &mut Reading<'_, '_>,
    ) -> Option<Self> {
        let mut ids = boxed(reader.list(attribute, Empty::IsError, MAX_USER_IDS)?);
        ids.sort_unstable();
        Some(Self(ids))
    }
}

impl Kind for ClientUserIds {
    fn holds(&self, asked: &Asked<'_>) -> Holds {
        let user = asked.session.client_user_id.as_str();
        self.0.binary_search_by(|id| id.as_ref().cmp(user)).is_ok().into()
    }

    fn compared(&self, asked: &Asked<'_>) -> Compared {
        Compared { expected: joined(&self.0), found: asked.session.client_user_id.clone() }
    }

    fn reach(&self) -> Reach<'_> {
        Reach::Users(&self.0)
    }
}

/// `ClientUserIdPrefixes`: how the id begins.
#[derive(Debug, Clone)]
pub struct ClientUserIdPrefixes(pub Vec<Box<str>>);

impl ClientUserIdPrefixes {
    pub(super) fn read(
        reader: &mut Reader<'_>,
        attribute: &str,
        _reading: &mut Reading<'_, '_>,
    ) -> Option<Self> {
        Some(Self(boxed(reader.list(attribute, Empty::IsError, MAX_ENTRIES)?)))
    }
}

impl Kind for ClientUserIdPrefixes {
    fn holds(&self, asked: &Asked<'_>) -> Holds {
        let user = asked.session.client_user_id.as_str();
        self.0.iter().any(|prefix| user.starts_with(prefix.as_ref())).into()
    }

    fn compared(&self, asked: &Asked<'_>) -> Compared {
        Compared { expected: joined(&self.0), found: asked.session.client_user_id.clone() }
    }

    fn reach(&self) -> Reach<'_> {
        Reach::Prefixes(&self.0)
    }
}

/// `ClientUserIdPattern`: a regular expression for the whole id.
#[derive(Debug, Clone)]
pub struct ClientUserIdPattern(Regex);

impl ClientUserIdPattern {
    pub(super) fn read(
        reader: &mut Reader<'_>,
        attribute: &str,
        _reading: &mut Reading<'_, '_>,
    ) -> Option<Self> {
        let text = reader.text(attribute, Empty::IsError)?;
        if text.chars().count() > MAX_PATTERN {
            reader.error(attribute, format!("is longer than {MAX_PATTERN} characters"));
            return None;
        }
        // The pattern must be one by itself: `a)|(b` would escape the brackets that make it match
        // the whole id.
        let compile = |text: &str| RegexBuilder::new(text).size_limit(MAX_PATTERN_BYTES).build();
        match compile(text).and_then(|_| compile(&format!("^(?:{text})$"))) {
            Ok(regex) => Some(Self(regex)),
            Err(error) => {
                reader.error(
                    attribute,
                    format!("is not a regular expression that can be used: {error}"),
                );
                None
            }
        }
    }
}

impl Kind for ClientUserIdPattern {
    fn holds(&self, asked: &Asked<'_>) -> Holds {
        self.0.is_match(&asked.session.client_user_id).into()
    }

    fn compared(&self, asked: &Asked<'_>) -> Compared {
        let pattern = self.0.as_str();
        let typed = pattern.strip_prefix("^(?:").and_then(|rest| rest.strip_suffix(")$"));
        Compared {
            expected: typed.unwrap_or(pattern).to_owned(),
            found: asked.session.client_user_id.clone(),
        }
    }
}

fn boxed(entries: Vec<&str>) -> Vec<Box<str>> {
    entries.into_iter().map(Box::from).collect()
}
