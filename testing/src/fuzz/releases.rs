//! Releases: refused, or read, and then whole.

use routing::release::{self, Cause, Counts, Form, Pointer, Release, hash, split};
use routing::snapshot::Snapshot;

use super::decisions::{now, tried};

/// Any release: bytes as they are (behind a byte 0), or what is in it, which is put into a release
/// first, so that it is met: rows (behind a 1), or what was read out of them (behind a 2). Refused,
/// or read: the same again, and what was read can be decided by. Parts of it that are not what
/// their hashes say are never taken.
pub fn release(input: &[u8]) {
    let bytes = match input.split_first() {
        Some((0, bytes)) => bytes.to_vec(),
        Some((1, rows)) => release_of(0, rows),
        Some((_, typed)) => release_of(1, typed),
        None => return,
    };
    taken_only_whole(&bytes);
    if let Ok(settled) = release::decode(&bytes) {
        let again = release::encode(&settled).unwrap();
        assert_eq!(release::decode(&again).unwrap(), settled);
        let typed = release::encode_typed(&settled, now()).unwrap();
        let snapshot = Snapshot::of_release(&typed).unwrap();
        assert_eq!(Snapshot::of(&settled, now()).version(), snapshot.version());
    }
    if let Ok(snapshot) = Snapshot::of_release(&bytes) {
        tried(&snapshot);
    }
}

/// The beginning of these bytes in parts, with the pointer that names their hashes: given back
/// whole, and refused with another bit, a byte more or less, a part less, or parts in another
/// order; and by a pointer with another bit in a hash. The input itself says where.
fn taken_only_whole(bytes: &[u8]) {
    let bytes = &bytes[..bytes.len().min(2_000)];
    let chosen = bytes.iter().fold(bytes.len(), |sum, byte| sum % 9_999 * 31 + usize::from(*byte));
    let parts = split(bytes, 64 + chosen % 700);
    let live = Release {
        number: 1,
        format: release::FORMAT,
        content: "content".to_owned(),
        parts: parts.iter().map(|part| hash(part)).collect(),
        typed: parts.len(),
        hash: hash(bytes),
        counts: Counts::default(),
        published_at: now(),
        cause: Cause::Edits,
    };
    let given: Vec<_> = parts.iter().map(|part| Some(part.to_vec())).collect();
    let joined = |live: &Release, given: &[Option<Vec<u8>>]| live.join(Form::Typed, given.to_vec());
    assert_eq!(joined(&live, &given).as_deref(), Ok(bytes));

    let place = chosen % parts.len();
    let with = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut changed = given.clone();
        change(changed[place].as_mut().unwrap());
        changed
    };
    let flip = |bytes: &mut [u8]| {
        let at = chosen % bytes.len();
        bytes[at] ^= 1 << (chosen % 8);
    };
    let mut wrong = vec![with(&|part| part.push(0)), given[..place].to_vec()];
    if !bytes.is_empty() {
        wrong.extend([with(&|part| flip(part)), with(&|part| part.truncate(part.len() - 1))]);
    }
    let turned: Vec<_> = given[1..].iter().chain(&given[..1]).cloned().collect();
    wrong.extend((turned != given).then_some(turned));
    for wrong in wrong {
        assert!(joined(&live, &wrong).is_err(), "taken, but it is not what was published");
    }

    let pointer = Pointer { live: Some(live.clone()), ..Pointer::default() };
    let mut printed = pointer.print().unwrap().into_bytes();
    flip(&mut printed);
    let flipped = String::from_utf8(printed).ok();
    let read = flipped.and_then(|text| Pointer::read(&text, 1, 1).ok()?.live);
    if let Some(other) = read {
        let is_named = other.parts[other.places(Form::Typed)]
            .iter()
            .zip(&live.parts)
            .all(|(other, named)| other == named);
        assert!(is_named || joined(&other, &given).is_err(), "taken by another hash");
    }
    let mut other = live;
    let mut named = std::mem::take(&mut other.parts[place]).into_bytes();
    named[chosen % 64] ^= 1;
    other.parts[place] = String::from_utf8(named).unwrap();
    assert!(joined(&other, &given).is_err(), "taken by a hash with another bit");
}

/// A release of this form with that inside, in stored blocks (RFC 1951, 3.2.4).
fn release_of(form: u8, inside: &[u8]) -> Vec<u8> {
    let mut bytes = b"desk\x01".to_vec();
    bytes.push(form);
    let mut left = inside.len();
    while left >= 0x80 {
        bytes.push((left & 0x7f) as u8 | 0x80);
        left >>= 7;
    }
    bytes.push(left as u8);
    let blocks = inside.chunks(0xffff);
    let last = blocks.len().saturating_sub(1);
    for (number, block) in blocks.enumerate() {
        let length = block.len() as u16;
        bytes.push(u8::from(number == last));
        bytes.extend(length.to_le_bytes());
        bytes.extend((!length).to_le_bytes());
        bytes.extend(block);
    }
    bytes
}
