//! IP addresses and ranges as people type them.

mod meant;
mod read;

use ipnet::IpNet;

use crate::text::{clean, plain};
pub use read::canonical_ip;
use read::{read, shown};

/// What an address or range must look like.
const EXPECTED: &str =
    "expected an address such as `203.0.113.7` or a range such as `203.0.113.0/24`, IPv4 or IPv6";
/// Reads an address or a CIDR range, IPv4 or IPv6; IPv4 inside IPv6 is IPv4.
///
/// ```
/// use routing::address::parse_range;
/// assert_eq!(parse_range("::ffff:203.0.113.0/120").unwrap().to_string(), "203.0.113.0/24");
/// assert!(parse_range("203.0.113.*").unwrap_err().ends_with("write `203.0.113.0/24`"));
/// ```
///
/// # Errors
/// What to write instead.
pub fn parse_range(text: &str) -> Result<IpNet, String> {
    let text = clean(text);
    let text = plain(&text);
    // The full stop of a Chinese or Japanese keyboard has no form of the usual width.
    if text.contains('。') {
        return Err(match parse_range(&text.replace('。', ".")) {
            Ok(range) => format!("is not an address or a range; write `{}`", shown(&range)),
            Err(message) => message,
        });
    }
    read(&text).map(|range| range.trunc()).ok_or_else(|| match meant::ranges(&text) {
        Some(meant) => format!("is not an address or a range; write {meant}"),
        None => EXPECTED.to_owned(),
    })
}

/// A warning about a range whose address is not its first: `203.0.113.7/24`.
pub fn doubt(text: &str) -> Option<String> {
    let text = clean(text);
    let range = read(&plain(&text))?;
    if range.addr().is_unspecified() && range.prefix_len() == range.max_prefix_len() {
        let meant = if range.addr().is_ipv4() { "0.0.0.0/0" } else { "::/0" };
        return Some(format!("is nobody's address; for all addresses of its kind write `{meant}`"));
    }
    (range.trunc() != range).then(|| {
        format!(
            "is the whole range `{}`; write that, or `{}` for the one address",
            range.trunc(),
            range.addr()
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_ranges() {
        for (typed, read) in [
            ("203.0.113.7", "203.0.113.7/32"),
            (" 203.0.113.0/24\u{200b}", "203.0.113.0/24"),
            ("２０３．０．１１３．７", "203.0.113.7/32"),
            ("203.0.113.7/24", "203.0.113.0/24"),
            ("::ffff:203.0.113.7", "203.0.113.7/32"),
            ("::ffff:203.0.113.0/120", "203.0.113.0/24"),
            ("::ffff:0:0/96", "0.0.0.0/0"),
            ("2001:DB8::/32", "2001:db8::/32"),
            ("::/0", "::/0"),
        ] {
            assert_eq!(parse_range(typed).unwrap().to_string(), read, "{typed}");
        }
    }

    #[test]
    fn what_to_write_instead() {
        for (typed, write) in [
            ("203.0.113.0-203.0.113.255", "`203.0.113.0/24`"),
            ("203.0.113.0 ~ 203.0.113.255", "`203.0.113.0/24`"),
            ("203.0.113.0–255", "`203.0.113.0/24`"),
            ("203.0.113.1-203.0.113.4", "`203.0.113.1`, `203.0.113.2/31`, `203.0.113.4`"),
            ("203.0.113.*", "`203.0.113.0/24`"),
            ("203.0.*.*", "`203.0.0.0/16`"),
            ("203.0.113.x", "`203.0.113.0/24`"),
            ("203.0.113.", "`203.0.113.0/24`"),
            ("203.0.113", "`203.0.113.0/24`"),
            ("203.0.113.0/255.255.255.0", "`203.0.113.0/24`"),
            ("203.0.113.0 255.255.255.0", "`203.0.113.0/24`"),
            ("203.0.113.7:443", "`203.0.113.7`"),
            ("https://203.0.113.7/", "`203.0.113.7`"),
            ("[2001:db8::1]:443", "`2001:db8::1`"),
            ("[2001:db8::1]", "`2001:db8::1`"),
            ("203.0.113.0 / 24", "`203.0.113.0/24`"),
            ("203.0.113.0\\24", "`203.0.113.0/24`"),
            ("203.000.113.007", "`203.0.113.7`"),
            ("203.0.113.0/024", "`203.0.113.0/24`"),
            ("fe80::1%eth0", "`fe80::1`"),
            ("::ffff:203.0.113.0/24", "`203.0.113.0/24`"),
            ("198.51.100.0..198.51.100.255", "`198.51.100.0/24`"),
            ("198.51.100.0 to 198.51.100.127", "`198.51.100.0/25`"),
            ("198.51.100.9 - 198.51.100.9", "`198.51.100.9`"),
            ("2001:db8::-2001:db8::ff", "`2001:db8::/120`"),
            ("198.51.100.0 255.255.255.0", "`198.51.100.0/24`"),
            ("198.51.100.0 / 255.255.255.128", "`198.51.100.0/25`"),
            ("198.51.100.7:443", "`198.51.100.7`"),
            ("https://198.51.100.7/", "`198.51.100.7`"),
            ("198.51.100.0 / 28", "`198.51.100.0/28`"),
            ("2001:db8:: / 32", "`2001:db8::/32`"),
            ("198.051.100.007", "`198.51.100.7`"),
            ("198.51.100.X", "`198.51.100.0/24`"),
            ("198.51", "`198.51.0.0/16`"),
            ("198.51/16", "`198.51.0.0/16`"),
            ("198.51.100/24", "`198.51.100.0/24`"),
            ("198.51.100.0/0.0.0.255", "`198.51.100.0/24`"),
            ("198。51。100。7", "`198.51.100.7`"),
            ("198。51。100。0/24", "`198.51.100.0/24`"),
            ("198.51.100.7 (office)", "`198.51.100.7`"),
            ("198.51.100.0/24（본사）", "`198.51.100.0/24`"),
            ("198.51.100.7 # office", "`198.51.100.7`"),
            ("198.51.100.7 203.0.113.0/24", "`198.51.100.7`, `203.0.113.0/24`"),
            ("198.51.100.7|203.0.113.7", "`198.51.100.7`, `203.0.113.7`"),
            ("198.51.100.7 and 203.0.113.7", "`198.51.100.7`, `203.0.113.7`"),
        ] {
            let message = parse_range(typed).unwrap_err();
            let expected = format!("is not an address or a range; write {write}");
            assert_eq!(message, expected, "{typed}");
        }
    }

    #[test]
    fn where_nobody_knows_what_is_meant_there_is_an_example() {
        for typed in [
            "203.0.113.0/33",
            "203.0.113.9-203.0.113.1",
            "203.0.113.0/255.0.255.0",
            "203.0.113.300",
            "example.com",
            "*",
            "",
            // Five ranges, and more, are no help.
            "203.0.113.1-203.0.113.200",
            "203.0.113.1-2001:db8::",
            "198",
            "198.*",
            "198.51.*.7",
            "198.51.100.7.9",
            "1:2",
            "198.51/24",
            "198.51.100.7/0.0.0.0",
            "198.51.100.0/0.255.0.255",
            "198.51.100.7 office",
        ] {
            assert_eq!(parse_range(typed).unwrap_err(), EXPECTED, "{typed}");
        }
    }

    #[test]
    fn a_range_named_by_another_of_its_addresses_is_doubtful() {
        assert!(doubt("203.0.113.7/24").unwrap().contains("`203.0.113.0/24`"));
        assert!(doubt("0.0.0.0").unwrap().contains("write `0.0.0.0/0`"));
        for good in ["203.0.113.0/24", "203.0.113.7", "::/0", "nothing"] {
            assert_eq!(doubt(good), None, "{good}");
        }
    }
}
