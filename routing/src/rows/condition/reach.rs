//! Which requests a condition leaves, for an index of rules.

use ipnet::IpNet;

/// Which requests a condition leaves, as far as an index can use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach<'a> {
    /// No index helps.
    Anyone,
    /// The users with these ids.
    Users(&'a [Box<str>]),
    /// The users whose addresses are in these ranges.
    Addresses(&'a [IpNet]),
    /// The users whose ids begin so.
    Prefixes(&'a [Box<str>]),
    /// Those who wrote to these accounts.
    Accounts(&'a [Box<str>]),
    /// The customers in these segments, by compared name.
    Segments(&'a [Box<str>]),
    /// The users on these platforms, by compared name.
    Platforms(&'a [String]),
    /// Whoever one of these leaves.
    Any(Vec<Reach<'a>>),
}

impl Reach<'_> {
    /// How many entries it lists; 1 for what is no list.
    pub(super) fn entries(&self) -> usize {
        match self {
            Self::Users(all) | Self::Prefixes(all) | Self::Accounts(all) | Self::Segments(all) => {
                all.len()
            }
            Self::Addresses(all) => all.len(),
            Self::Platforms(all) => all.len(),
            Self::Anyone => 1,
            Self::Any(reaches) => reaches.iter().map(Self::entries).sum(),
        }
    }

    /// How narrow it usually is: 0 is the narrowest.
    pub fn width(&self) -> u8 {
        match self {
            Self::Users(_) => 0,
            Self::Addresses(_) => 1,
            Self::Prefixes(_) => 2,
            Self::Accounts(_) => 3,
            Self::Segments(_) => 4,
            Self::Platforms(_) => 5,
            Self::Anyone => 6,
            Self::Any(reaches) => reaches.iter().map(Self::width).max().unwrap_or(6),
        }
    }
}
