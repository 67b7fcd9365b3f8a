//! A rule's conditions. Each has one home: a type in a file of this folder that reads it, tests
//! it, packs it, and says what it compared (`Kind`). The list below is the only other place that
//! names it.

mod any_of;
mod bytes;
mod customer;
mod entries;
mod kind;
mod languages;
mod listed;
mod own;
mod pattern;
mod reach;
mod request;
mod segments;
mod share;
mod time;
mod user;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod together;
#[cfg(test)]
mod typed;

use crate::packed::Packed;
use any_of::AnyOf;
pub(crate) use any_of::is_map_within;
use customer::Customer;
pub(crate) use kind::Compared;
pub use kind::{Asked, Condition, Holds, Test};
use languages::Languages;
use listed::FromRow;
pub(crate) use listed::ValueKind;
pub(super) use listed::{Listed, RuleContext, read_listed};
use pattern::ClientUserIdPattern;
pub(crate) use reach::Reach;
use request::{ClientIps, CustomerServiceIds, Platforms, SdkAppIds};
use segments::Segments;
use share::Percent;
pub(super) use time::check_validity;
use time::{Hours, ValidFrom, ValidUntil};
use user::{ClientUserIdPrefixes, ClientUserIds};

/// Makes the list of all conditions, in the order in which they are tested: those that need no
/// table first.
macro_rules! conditions {
    ($($name:ident),* $(,)?) => {
        /// Each condition with its negated name, in the order in which they are tested.
        pub const CONDITIONS: &[(&str, &str)] =
            &[$((stringify!($name), concat!("Not", stringify!($name)))),*];

        /// The same, each with what reads it.
        pub(super) const LISTED: &[Listed] = &[$(Listed {
            names: (stringify!($name), concat!("Not", stringify!($name))),
            value_kind: <$name as FromRow>::VALUE_KIND,
            names_users: <$name as FromRow>::NAMES_USERS,
            read: |reader, attribute, reading| {
                Some(Box::new(<$name as FromRow>::read(reader, attribute, reading)?))
            },
            unpack: |from| Ok(Box::new($name::unpack(from)?)),
        }),*];
    };
}

conditions! {
    Platforms,
    ClientUserIds,
    ClientUserIdPrefixes,
    ClientUserIdPattern,
    ClientIps,
    CustomerServiceIds,
    SdkAppIds,
    Percent,
    ValidFrom,
    ValidUntil,
    Hours,
    Segments,
    Languages,
    Customer,
    AnyOf,
}

/// What stands in the attribute; `None` = it is no condition.
pub(crate) fn value_kind(attribute: &str) -> Option<ValueKind> {
    LISTED.iter().find(|listed| listed.is(attribute)).map(|listed| listed.value_kind)
}

/// Whether ids of users may stand in the attribute; `None` = it is no condition.
pub fn names_users(attribute: &str) -> Option<bool> {
    LISTED.iter().find(|listed| listed.is(attribute)).map(|listed| listed.names_users)
}
