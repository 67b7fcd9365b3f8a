//! Addresses and ranges in their usual form.

use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net};

/// Bits of an IPv6 address that wraps an IPv4 one, before that.
const MAPPED_BITS: u8 = 96;

/// The address without the IPv6 wrapping of an IPv4 one, so that `::ffff:203.0.113.7` is in
/// `203.0.113.0/24`. `None` when the text is not an address.
pub fn canonical_ip(text: &str) -> Option<IpAddr> {
    text.trim().parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

pub(super) fn read(text: &str) -> Option<IpNet> {
    canonical_ip(text).map(IpNet::from).or_else(|| text.parse().ok().and_then(unwrapped))
}

/// As it is typed: a range of one address is that address.
pub(super) fn shown(range: &IpNet) -> String {
    if range.prefix_len() == range.max_prefix_len() {
        range.addr().to_string()
    } else {
        range.trunc().to_string()
    }
}

/// A range of wrapped IPv4 addresses as IPv4. One that is wider than all of these is refused.
fn unwrapped(range: IpNet) -> Option<IpNet> {
    let IpNet::V6(v6) = range else { return Some(range) };
    let Some(v4) = v6.addr().to_ipv4_mapped() else { return Some(range) };
    let prefix = v6.prefix_len().checked_sub(MAPPED_BITS)?;
    Ipv4Net::new(v4, prefix).ok().map(IpNet::V4)
}
