//! IP addresses and ranges as people type them.

use std::net::IpAddr;

use ipnet::IpNet;

/// The address without the IPv6 wrapping of an IPv4 one, so that `::ffff:203.0.113.7` is in
/// `203.0.113.0/24`. `None` when the text is not an address.
pub fn canonical_ip(text: &str) -> Option<IpAddr> {
    text.trim().parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

/// Reads an address or a CIDR range.
///
/// # Errors
/// What is expected instead.
pub fn parse_range(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    canonical_ip(text)
        .map(IpNet::from)
        .or_else(|| text.parse::<IpNet>().ok().map(|range| range.trunc()))
        .ok_or_else(|| {
            "expected an address `203.0.113.7` or a range `203.0.113.0/24`, IPv4 or IPv6".to_owned()
        })
}
