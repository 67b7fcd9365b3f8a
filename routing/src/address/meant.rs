//! What an address range was meant to be that is written in another way.

use std::net::{IpAddr, Ipv4Addr};

use ipnet::{IpNet, IpSubnets, Ipv4Net, Ipv4Subnets, Ipv6Subnets};

use super::read::{canonical_ip, read, shown};

/// Most ranges that are worth writing instead of one.
const FEW: usize = 4;
/// Most ranges that stand in one entry and are told one by one.
const MOST: usize = 10;

/// The ranges in back-ticks, where it is certain what was meant.
pub(super) fn ranges(text: &str) -> Option<String> {
    let text = text.trim();
    let few = |ranges: Vec<IpNet>| {
        let shown: Vec<String> = ranges.iter().map(|range| format!("`{}`", shown(range))).collect();
        (1..=FEW).contains(&shown.len()).then(|| shown.join(", "))
    };
    if let Some((first, last)) = ends(text) {
        return few(subnets(first, last));
    }
    one(text)
        .or_else(|| one(without_note(text)?))
        .map(|range| format!("`{}`", shown(&range)))
        .or_else(|| several(text))
}

fn one(text: &str) -> Option<IpNet> {
    stars(text)
        .or_else(|| short(text))
        .or_else(|| masked(text))
        .or_else(|| without_port(text))
        .or_else(|| respelt(text))
}

/// The text before a note: `203.0.113.7 (office)`, `203.0.113.7 # office`.
fn without_note(text: &str) -> Option<&str> {
    const NOTES: [&str; 5] = [" (", "(", " #", " //", " -- "];
    let before = NOTES.iter().find_map(|sign| Some(text.split_once(sign)?.0.trim_end()))?;
    Some(before)
}

/// Several in one, with white space or a `|` between.
fn several(text: &str) -> Option<String> {
    let parts: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c == '|')
        .filter(|part| !matches!(*part, "" | "and" | "or" | "&" | "및" | "또는" | "和" | "或"))
        .collect();
    let ranges: Option<Vec<IpNet>> = parts.iter().map(|part| read(part)).collect();
    let shown: Vec<String> = ranges?.iter().map(|range| format!("`{}`", shown(range))).collect();
    (2..=MOST).contains(&shown.len()).then(|| shown.join(", "))
}

/// `203.0/16`, with only the numbers that the range counts.
fn short(text: &str) -> Option<IpNet> {
    let (address, prefix) = text.split_once('/')?;
    let range = stars(address.trim())?;
    (prefix.trim().parse() == Ok(range.prefix_len())).then_some(range)
}

/// `203.0.113.0-203.0.113.255`, also with `~` and other dashes, or only the last number.
fn ends(text: &str) -> Option<(IpAddr, IpAddr)> {
    let (first, last) = text
        .split_once("..")
        .or_else(|| text.split_once(" to "))
        .or_else(|| text.split_once(['-', '~', '–', '—', '−', '〜', '∼']))?;
    let first = canonical_ip(first)?;
    let last = last.trim();
    let last = canonical_ip(last).or_else(|| {
        let IpAddr::V4(v4) = first else { return None };
        let [a, b, c, _] = v4.octets();
        Some(Ipv4Addr::new(a, b, c, last.parse().ok()?).into())
    })?;
    (first <= last && first.is_ipv4() == last.is_ipv4()).then_some((first, last))
}

fn subnets(first: IpAddr, last: IpAddr) -> Vec<IpNet> {
    let subnets = match (first, last) {
        (IpAddr::V4(first), IpAddr::V4(last)) => IpSubnets::V4(Ipv4Subnets::new(first, last, 0)),
        (IpAddr::V6(first), IpAddr::V6(last)) => IpSubnets::V6(Ipv6Subnets::new(first, last, 0)),
        _ => return Vec::new(),
    };
    subnets.take(FEW + 1).collect()
}

/// `203.0.113.*`, `203.0.113.x`, `203.0.113.` and `203.0.113`: what is not there is any.
fn stars(text: &str) -> Option<IpNet> {
    let mut octets = [0_u8; 4];
    let mut known = 0_u8;
    let mut any = false;
    let text = text.strip_suffix('.').unwrap_or(text);
    let parts: Vec<&str> = text.split('.').collect();
    if !(2..=4).contains(&parts.len()) {
        return None;
    }
    for (slot, part) in octets.iter_mut().zip(parts) {
        if matches!(part, "*" | "x" | "X") {
            any = true;
        } else if any {
            return None;
        } else {
            *slot = part.parse().ok()?;
            known += 1;
        }
    }
    let is_short = (2..4).contains(&known);
    is_short.then(|| Ipv4Net::new(octets.into(), 8 * known).ok().map(IpNet::V4)).flatten()
}

/// `203.0.113.0/255.255.255.0`, also with a space, or as routers have it: `0.0.0.255`.
fn masked(text: &str) -> Option<IpNet> {
    let (address, mask) = text.split_once(['/', ' '])?;
    let address: Ipv4Addr = address.trim().parse().ok()?;
    let mask: Ipv4Addr = mask.trim_matches([' ', '/']).parse().ok()?;
    // One address to some, all to others.
    if mask.is_unspecified() {
        return None;
    }
    let is_of_routers = mask.octets().first() == Some(&0);
    let mask = if is_of_routers { Ipv4Addr::from(!u32::from(mask)) } else { mask };
    Ipv4Net::with_netmask(address, mask).ok().map(IpNet::V4)
}

/// An address out of a link, or with a port, brackets or a zone.
fn without_port(text: &str) -> Option<IpNet> {
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    let text = text.strip_suffix('/').unwrap_or(text);
    let inner = match text.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?.0,
        None => match text.split_once('%') {
            Some((address, _)) => address,
            None if text.matches(':').count() == 1 => text.split_once(':')?.0,
            None => text,
        },
    };
    canonical_ip(inner).map(IpNet::from)
}

/// The same with plain numbers: spaces around the `/`, `\` for it, zeros in front of numbers, and a
/// wrapped IPv4 address whose prefix counts its own bits alone.
fn respelt(text: &str) -> Option<IpNet> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = bare.replace('\\', "/");
    let (address, prefix) = match bare.split_once('/') {
        Some((address, prefix)) => (address, Some(prefix)),
        None => (bare.as_str(), None),
    };
    let without_zeros = |number: &str| {
        let short = number.trim_start_matches('0');
        if short.is_empty() { "0".to_owned() } else { short.to_owned() }
    };
    let is_v4 = address.split('.').count() == 4 && !address.contains(':');
    let address = if is_v4 {
        address.split('.').map(without_zeros).collect::<Vec<_>>().join(".")
    } else {
        canonical_ip(address)?.to_string()
    };
    let plain = match prefix {
        Some(prefix) => format!("{address}/{}", without_zeros(prefix)),
        None => address,
    };
    read(&plain)
}
