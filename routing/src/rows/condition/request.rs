//! Conditions on the request beside the user: platform, address, account, app.

use std::any::Any;

use ipnet::IpNet;

use super::entries::{
    Ids, all_but, behind_minus, doubted, each, is_all_apart, is_disjoint, is_each_in, is_subset,
    joined, negates, several,
};
use super::kind::{Asked, Compared, Holds, Kind};
use super::listed::{FromRow, RuleContext};
use super::reach::Reach;
use super::user::exact;
use crate::address::{self, parse_range};
use crate::packed::packed_wrapper;
use crate::rows::limits::MAX_ENTRIES;
use crate::rows::reader::{Empty, RowReader, one_or_several};
use crate::session::{is_every_platform, platform_doubt, platform_key};
use crate::text::{Logic, logic, number_meant, plain};

/// Most ranges and app ids that a trace shows.
const SHOWN_ENTRIES: usize = 10;

/// `Platforms`: `OptPlatform`, by [`platform_key`].
#[derive(Debug, Clone)]
pub(super) struct Platforms(pub Vec<String>);

packed_wrapper!(Platforms, ClientIps, CustomerServiceIds, SdkAppIds);

impl FromRow for Platforms {
    const NAMES_USERS: bool = false;

    fn read(
        reader: &mut RowReader<'_>,
        attribute: &'static str,
        _reading: &mut RuleContext<'_, '_>,
    ) -> Option<Self> {
        let read = |entry: &str| match logic(entry).or_else(|| behind_minus(entry)) {
            Some(Logic::Unlike(name)) => {
                Err(format!("has a sign that does not work here; {}", all_but(&name, attribute)))
            }
            _ => Ok(platform_key(Some(entry))),
        };
        let doubt = |entry: &str| match logic(entry)? {
            Logic::Unlike(_) => None,
            Logic::Not(name) => {
                Some(format!("is not a platform; for all others {}", all_but(&name, attribute)))
            }
            Logic::Any(_) | Logic::All(_) => several(entry, platform_doubt),
        };
        let doubt = |entry: &str| {
            doubt(entry).or_else(|| match logic(entry).or_else(|| behind_minus(entry)) {
                Some(Logic::Unlike(_)) => None,
                _ if attribute.starts_with("Not") && is_every_platform(entry) => Some(
                    "is not a platform, so nobody is left out by it; write the platforms to leave \
                    out, or, if the rule is for nobody, `\"Enabled\": false`"
                        .to_owned(),
                ),
                _ => platform_doubt(entry),
            })
        };
        doubted(reader, attribute, read, doubt).map(Self)
    }
}

impl Kind for Platforms {
    fn holds(&self, asked: &Asked<'_>) -> Holds {
        self.0.iter().any(|platform| platform == asked.session.platform_key()).into()
    }

    fn compared(&self, asked: &Asked<'_>) -> Compared {
        Compared { expected: joined(&self.0), found: asked.session.platform_key().to_owned() }
    }

    fn reach(&self) -> Reach<'_> {
        Reach::Platforms(&self.0)
    }

    fn is_within(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| is_subset(&self.0, &other.0))
    }

    fn is_apart(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| is_disjoint(&self.0, &other.0))
    }
}

/// `ClientIps`: the user's address is in one of these ranges. `ClientIP` is personal: a trace does
/// not show it.
#[derive(Debug, Clone)]
pub(super) struct ClientIps(pub Vec<IpNet>);

impl FromRow for ClientIps {
    const NAMES_USERS: bool = false;

    fn read(
        reader: &mut RowReader<'_>,
        attribute: &'static str,
        _reading: &mut RuleContext<'_, '_>,
    ) -> Option<Self> {
        let read = |entry: &str| {
            parse_range(entry).map_err(|told| no_range(entry, attribute).unwrap_or(told))
        };
        doubted(reader, attribute, read, address::doubt).map(Self)
    }
}

/// What to write instead of an entry with a sign or a word in it.
fn no_range(entry: &str, attribute: &str) -> Option<String> {
    match logic(entry) {
        Some(Logic::Unlike(range) | Logic::Not(range)) => {
            parse_range(&range).ok()?;
            let write = all_but(&range, attribute);
            Some(format!("is not an address or a range; for all others {write}"))
        }
        _ if is_every_platform(entry) && negates(attribute).is_none() => Some(format!(
            "is not an address or a range; to ask for all of them, remove `{attribute}`"
        )),
        _ => None,
    }
}

impl Kind for ClientIps {
    fn holds(&self, asked: &Asked<'_>) -> Holds {
        let inside = |ip| self.0.iter().any(|range| range.contains(&ip));
        asked.session.client_ip.is_some_and(inside).into()
    }

    fn compared(&self, asked: &Asked<'_>) -> Compared {
        let found = match asked.session.client_ip {
            Some(_) => "the user's address",
            None => "no address",
        };
        let ranges = self.0.iter().take(SHOWN_ENTRIES).map(ToString::to_string);
        Compared { expected: joined(ranges), found: found.to_owned() }
    }

    fn needs_address(&self) -> bool {
        true
    }

    fn reach(&self) -> Reach<'_> {
        Reach::Addresses(&self.0)
    }

    fn is_within(&self, other: &dyn Any) -> bool {
        other
            .downcast_ref::<Self>()
            .is_some_and(|other| is_each_in(&self.0, &other.0, |own, other| other.contains(own)))
    }

    fn is_apart(&self, other: &dyn Any) -> bool {
        let apart = |own: &IpNet, other: &IpNet| !own.contains(other) && !other.contains(own);
        other.downcast_ref::<Self>().is_some_and(|other| is_all_apart(&self.0, &other.0, apart))
    }
}

/// `CustomerServiceIds`: the account that the user wrote to.
#[derive(Debug, Clone)]
pub(super) struct CustomerServiceIds(pub Vec<Box<str>>);

impl FromRow for CustomerServiceIds {
    const NAMES_USERS: bool = true;

    fn read(
        reader: &mut RowReader<'_>,
        attribute: &'static str,
        _reading: &mut RuleContext<'_, '_>,
    ) -> Option<Self> {
        exact(reader, attribute, MAX_ENTRIES, Ids::Accounts).map(Self)
    }
}

impl Kind for CustomerServiceIds {
    fn holds(&self, asked: &Asked<'_>) -> Holds {
        let account = asked.session.customer_service_id.as_deref();
        account.is_some_and(|id| self.0.iter().any(|known| known.as_ref() == id)).into()
    }

    fn compared(&self, asked: &Asked<'_>) -> Compared {
        let account = asked.session.customer_service_id.as_deref();
        Compared { expected: joined(&self.0), found: account.unwrap_or("none").to_owned() }
    }

    fn reach(&self) -> Reach<'_> {
        Reach::Accounts(&self.0)
    }

    fn is_within(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| is_subset(&self.0, &other.0))
    }

    fn is_apart(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| is_disjoint(&self.0, &other.0))
    }
}

/// `SdkAppIds`: the app.
#[derive(Debug, Clone)]
pub(super) struct SdkAppIds(pub Vec<u64>);

impl FromRow for SdkAppIds {
    const NAMES_USERS: bool = false;

    fn read(
        reader: &mut RowReader<'_>,
        attribute: &'static str,
        _reading: &mut RuleContext<'_, '_>,
    ) -> Option<Self> {
        if let Some(message) = reader.value(attribute, Empty::IsError).and_then(one_or_several) {
            reader.error(attribute, message);
            return None;
        }
        each(reader, attribute, app_id).map(Self)
    }
}

/// An app id as Tencent writes it: compared as text, so `01400000000` is none.
fn app_id(entry: &str) -> Result<u64, String> {
    let plain = plain(entry);
    let id = plain.parse::<u64>().ok().filter(|id| id.to_string() == plain);
    id.filter(|id| *id > 0).ok_or_else(|| {
        let joined = number_meant(&plain).unwrap_or_default();
        let digits = if joined.is_empty() { &*plain } else { &joined };
        let digits = digits.strip_suffix(".0").unwrap_or(digits).trim_start_matches(['0', '+']);
        match digits.parse::<u64>() {
            Ok(meant) if meant > 0 => {
                format!("is not an app id as Tencent writes it; write `{meant}`")
            }
            _ => "is not an app id; write the number of the app, such as `1400000000`".to_owned(),
        }
    })
}

impl Kind for SdkAppIds {
    fn holds(&self, asked: &Asked<'_>) -> Holds {
        self.0.contains(&asked.session.sdk_app_id).into()
    }

    fn compared(&self, asked: &Asked<'_>) -> Compared {
        let ids = self.0.iter().take(SHOWN_ENTRIES).map(ToString::to_string);
        Compared { expected: joined(ids), found: asked.session.sdk_app_id.to_string() }
    }

    fn is_within(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| is_subset(&self.0, &other.0))
    }

    fn is_apart(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| is_disjoint(&self.0, &other.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_with_a_sign_or_a_word() {
        for (typed, attribute, says) in [
            ("!8.8.8.8", "ClientIps", Some("write `8.8.8.8` into `NotClientIps`")),
            ("not 8.8.8.0/24", "NotClientIps", Some("write `8.8.8.0/24`")),
            ("any", "ClientIps", Some("remove `ClientIps`")),
            ("any", "NotClientIps", None),
            ("!office", "ClientIps", None),
        ] {
            let told = no_range(typed, attribute);
            assert_eq!(told.is_some(), says.is_some(), "{typed}: {told:?}");
            assert!(told.unwrap_or_default().ends_with(says.unwrap_or_default()), "{typed}");
        }
    }

    #[test]
    fn an_app_id_is_what_tencent_writes() {
        assert_eq!(app_id("1400000000"), Ok(1_400_000_000));
        for (typed, write) in [
            ("01400000000", "write `1400000000`"),
            ("+1400000000", "write `1400000000`"),
            ("1400000000.0", "write `1400000000`"),
            ("1,400,000,000", "write `1400000000`"),
            ("0", "such as `1400000000`"),
            ("app", "such as `1400000000`"),
        ] {
            let told = app_id(typed).unwrap_err();
            assert!(told.contains(write), "{typed}: {told}");
        }
    }
}
