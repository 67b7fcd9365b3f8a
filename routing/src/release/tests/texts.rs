//! The pointer, parts and orders as they are written.

use super::*;

#[test]
fn a_pointer_reads_as_it_prints_and_is_never_long() {
    let long = "전환 중 \"\\\u{7}".repeat(200);
    let pointer = Pointer {
        revision: 7,
        wanted: 9,
        covers: 8,
        checked_at: Some(start()),
        live: Some(Release {
            number: u64::MAX,
            format: 1,
            content: "0".repeat(32),
            parts: vec![hash(b""); MAX_PARTS],
            typed: MAX_PARTS - 1,
            hash: hash(b""),
            counts: counts(u64::MAX, u64::MAX),
            published_at: start(),
            cause: Cause::Back { number: u64::MAX },
        }),
        hold: Some(Hold::new("0".repeat(32), &long, &long, start())),
        waiting: Some(Waiting {
            why: "x".repeat(300),
            total: true,
            since: start(),
            looks: u32::MAX,
            found: hash(b""),
        }),
    };
    let json = pointer.print().unwrap();
    assert_eq!(Pointer::read(&json, 7, 9).unwrap(), pointer);
    assert!(
        json.contains(r#""State":"held""#) && json.contains(r#""BackTo":18446744073709551615"#)
    );
    let more = json.replacen('{', r#"{"OfTheNextVersion":{"a":[1]},"#, 1);
    assert_eq!(Pointer::read(&more, 7, 9).unwrap(), pointer, "of a version to come");
    for bad in ["", "{}", "[]", r#"{"Covers":"x"}"#, json.get(1..).unwrap()] {
        assert!(matches!(Pointer::read(bad, 0, 0), Err(PointerError::NotAPointer(_))), "{bad}");
    }
    assert_eq!(Pointer::read(&"x".repeat(5_000), 0, 0), Err(PointerError::TooLong(5_000)));
}

#[test]
fn parts_are_taken_only_whole() {
    let bytes: Vec<u8> = (0..=99).collect();
    let parts = split(&bytes, 30);
    assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [30, 30, 30, 10]);
    assert_eq!(split(&[], 30), [b"".as_slice()]);
    let office = Office::with(1, 1);
    let live = office.pointer().live.unwrap();
    let parts_of = |form| {
        let typed = if form == Form::Typed { parts.len() } else { 1 };
        let other = (form == Form::Rows).then_some(b"typed".as_slice());
        let parts = other.into_iter().chain(parts.iter().copied()).map(hash).collect();
        Release { parts, typed, ..live.clone() }
    };
    let good: Vec<_> = parts.iter().map(|part| Some(part.to_vec())).collect();
    for (form, first) in [(Form::Typed, 0), (Form::Rows, 1)] {
        let release = parts_of(form);
        assert_eq!(release.join(form, good.clone()).unwrap(), bytes);
        let mut missing = good.clone();
        missing[2] = None;
        assert_eq!(release.join(form, missing), Err(BrokenError::Missing(first + 2)));
        let short = good[..3].to_vec();
        assert_eq!(release.join(form, short), Err(BrokenError::Missing(first + 3)));
        let mut swapped = good.clone();
        swapped.swap(0, 1);
        assert_eq!(release.join(form, swapped), Err(BrokenError::Corrupt(first)));
    }
    // More typed parts than there are parts.
    let odd = Release { typed: 9, ..parts_of(Form::Typed) };
    assert_eq!((odd.places(Form::Typed), odd.places(Form::Rows)), (0..4, 4..4));
    assert_eq!(hash(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn orders_as_people_give_them() {
    for (json, order) in [
        (r#"{"Publish": {}}"#, publish(false)),
        (r#"{"Publish": {"Force": true}}"#, publish(true)),
        (
            r#"{"Publish": {"OwnHold": "x"}}"#,
            Order::Publish { force: false, own_hold: Some("x".to_owned()) },
        ),
        (r#"{"Publish": {"Release": 40, "By": "ann"}}"#, back(40)),
        (r#"{"Hold": {"Why": "x", "By": "ann"}}"#, by_ann("x")),
        (
            r#"{"Hold": {"Why": "x"}}"#,
            Order::Hold {
                why: "x".into(),
                by: "an unknown person (the order has no `By`)".into(),
                brief: false,
            },
        ),
        (r#"{"Hold": {"Why": "x", "By": "ann", "Brief": true}}"#, briefly_by_ann("x")),
        (r#"{"Erase": {"Release": 40}}"#, Order::Erase { number: 40 }),
    ] {
        assert_eq!(Order::read(&serde_json::from_str(json).unwrap()), Ok(Some(order)), "{json}");
    }
    for json in ["{}", "[]", "null", r#"{"Records": []}"#] {
        assert_eq!(Order::read(&serde_json::from_str(json).unwrap()), Ok(None), "{json}");
    }
    for json in [
        r#"{"Publish": {"Relase": 40}}"#,
        r#"{"Publish": {"Release": "40"}}"#,
        r#"{"Publish": {"Release": 40, "Force": true}}"#,
        r#"{"Publish": {}, "Hold": {"Why": "x"}}"#,
        r#"{"Hold": {}}"#,
        r#"{"Hold": {"Why": " "}}"#,
        r#"{"Erase": {}}"#,
        r#"{"Publish": true}"#,
    ] {
        let error = Order::read(&serde_json::from_str(json).unwrap()).unwrap_err();
        assert!(error.contains('`'), "{json}: {error}");
    }
}
