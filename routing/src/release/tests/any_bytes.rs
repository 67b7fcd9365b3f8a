//! Any bytes are a release or none, and ask for little either way.

use proptest::prelude::*;

use super::content::{at, decisions, settled};
use super::random_rows::rows;
use super::*;
use crate::snapshot::Snapshot;

const ROWS: &[u8] = b"desk\x01\x00";
const TYPED: &[u8] = b"desk\x01\x01";

/// What is inside a release of this head.
fn inside(release: &[u8], head: &[u8]) -> Vec<u8> {
    let rest = release.strip_prefix(head).unwrap();
    let length = rest.iter().position(|byte| byte & 0x80 == 0).unwrap() + 1;
    miniz_oxide::inflate::decompress_to_vec(&rest[length..]).unwrap()
}

/// A release of this head with that inside.
fn release(head: &[u8], inside: &[u8]) -> Vec<u8> {
    let mut bytes = head.to_vec();
    let mut left = inside.len();
    while left >= 0x80 {
        bytes.push((left & 0x7f) as u8 | 0x80);
        left >>= 7;
    }
    bytes.push(left as u8);
    bytes.extend(miniz_oxide::deflate::compress_to_vec(inside, 1));
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Changed before deflating, so that what is inside is reached. What is a release can be
    /// decided by.
    #[test]
    fn any_bytes(
        rows in rows(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        cut in any::<prop::sample::Index>(),
        noise in prop::collection::vec(any::<u8>(), 0..64),
    ) {
        let (settled, _) = settled(&rows, None);
        let (good, typed) = (encode(&settled).unwrap(), encode_typed(&settled, at(0)).unwrap());
        for (head, good) in [(ROWS, good), (TYPED, typed)] {
            let mut changed = inside(&good, head);
            for (place, byte) in &changes {
                let place = place.index(changed.len());
                changed[place] = *byte;
            }
            let long = [changed.as_slice(), &noise].concat();
            let short = changed[..cut.index(changed.len())].to_vec();
            for inside in [&changed, &long, &short, &noise] {
                let bytes = release(head, inside);
                if let Ok(settled) = decode(&bytes) {
                    prop_assert_eq!(&decode(&encode(&settled).unwrap()).unwrap(), &settled);
                    decisions(&Snapshot::of(&settled, at(0)));
                }
                if let Ok(snapshot) = Snapshot::of_release(&bytes) {
                    decisions(&snapshot);
                }
            }
            for bytes in [&noise, &good[..cut.index(good.len())]] {
                prop_assert!(decode(bytes).is_err() && Snapshot::of_release(bytes).is_err());
            }
        }
    }
}

/// Each form is refused where the other is read, and so is another format.
#[test]
fn a_form_is_taken_for_no_other() {
    let settled = Settled::default();
    let (rows, typed) = (encode(&settled).unwrap(), encode_typed(&settled, at(0)).unwrap());
    assert_eq!(decode(&rows).unwrap(), settled);
    assert!(Snapshot::of_release(&typed).unwrap().rules().is_empty());
    assert_eq!(decode(&typed).unwrap_err(), BytesError::Unknown);
    assert_eq!(Snapshot::of_release(&rows).unwrap_err(), BytesError::Unknown);
    for mut bytes in [rows, typed] {
        bytes[4] = 2;
        assert_eq!(decode(&bytes).unwrap_err(), BytesError::Unknown);
        assert_eq!(Snapshot::of_release(&bytes).unwrap_err(), BytesError::Unknown);
    }
}

#[test]
fn few_bytes_ask_for_little_memory() {
    // A length that nothing can be as long as.
    for length in [[0xff, 0xff, 0xff, 0xff, 0x0f].as_slice(), &[0xff; 12]] {
        assert_eq!(decode(&[ROWS, length].concat()).unwrap_err(), BytesError::TooLarge);
        let typed = [TYPED, length].concat();
        assert_eq!(Snapshot::of_release(&typed).unwrap_err(), BytesError::TooLarge);
    }
    // Many values out of few bytes.
    let mut inside = vec![0, 0, 1, 1, 1, b'x', 6, 0x80, 0x80, 0x80, 0x02];
    inside.extend(vec![4; 5_000_000]);
    assert_eq!(decode(&release(ROWS, &inside)).unwrap_err(), BytesError::TooLarge);
    // A list of agents for which there are bytes enough, but no memory.
    let mut inside = vec![0, 0x80, 0x80, 0x80, 0x04];
    inside.extend(vec![0; 8 << 20]);
    let typed = release(TYPED, &inside);
    assert_eq!(Snapshot::of_release(&typed).unwrap_err(), BytesError::TooLarge);
    // A list that says more than there is.
    let typed = release(TYPED, &[0, 5, 0, 0]);
    assert_eq!(Snapshot::of_release(&typed).unwrap_err(), BytesError::Length);
}

#[test]
fn nothing_is_deeper_than_rows_are() {
    let mut inside = vec![0, 0, 1, 1, 1, b'x'];
    inside.extend([6, 1].repeat(10_000));
    assert_eq!(decode(&release(ROWS, &inside)).unwrap_err(), BytesError::TooLarge);
    // A rule of maps in maps: no version, no agents, one rule with an id, priority 0, and one
    // condition of a name; then each time one map with one condition of the same.
    let mut inside = vec![0, 0, 1, 0, 1, b'r'];
    inside.extend([0; 8]);
    inside.extend(b"\x01\x00\x05AnyOf");
    inside.extend([1, 1, 1].repeat(10_000));
    let typed = release(TYPED, &inside);
    assert_eq!(Snapshot::of_release(&typed).unwrap_err(), BytesError::TooLarge);
}
