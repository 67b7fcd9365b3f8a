//! The query string, and what is signed of it.

use proptest::prelude::*;

use super::*;

#[test]
fn a_query_string_is_at_most_16_kib() {
    for (length, rejected) in [
        (16_384, None),
        (16_385, Some(Reason::UnreadableEvent)),
        (20_000, Some(Reason::UnreadableEvent)),
    ] {
        let query = query() + "&x=";
        let filler = "y".repeat(length - query.len());
        assert_eq!(rejection(&with_query(query + &filler), &locks(|_| {})), rejected, "{length}");
    }
}

#[test]
fn the_app_id_is_always_checked() {
    let unlocked = locks(|settings| settings.tokens.clear());
    for query in [
        "",
        "SdkAppid=",
        "SdkAppid=1400000002",
        "SdkAppid=abc",
        "SdkAppid=-1",
        // Compared as text: what only means the same number is another id.
        "SdkAppid=01400000000",
        "SdkAppid=%2B1400000000",
        "SdkAppid=1400000000.0",
        "SdkAppid=1400000000%20",
        "SdkAppidd=1400000000",
    ] {
        assert_eq!(
            rejection(&with_query(query.into()), &unlocked),
            Some(Reason::SdkAppId),
            "{query}"
        );
    }
    for query in ["SdkAppId=1400000000", "SDKAPPID=1400000001", "sdkappid=1400000000&RequestID=7"] {
        assert!(
            matches!(receive_at(&with_query(query.into()), &unlocked, TIME), Received::Assign(_)),
            "{query}"
        );
    }
}

#[test]
fn what_a_lock_depends_on_may_not_be_repeated() {
    for again in [
        "&Sign=x",
        "&sign=17773bc",
        "&RequestTime=1669872112",
        "&SdkAppid=1400000000",
        "&SDKAPPID=1",
    ] {
        assert_eq!(
            rejection(&with_query(query() + again), &locks(|_| {})),
            Some(Reason::RepeatedParameter),
            "{again}"
        );
    }
    let twice = with_query(query() + "&OptPlatform=Web&ClientIP=::1&contenttype=JSON");
    let Received::Assign(callback) = receive_at(&twice, &locks(|_| {}), TIME) else { panic!() };
    assert_eq!(callback.session().platform.as_deref(), Some("iOS"), "the first counts");
}

proptest! {
    #[test]
    fn what_is_signed_verifies_and_any_flipped_character_fails(
        token in "[ -~]{1,40}", seconds in 1_000_000_000_i64..9_999_999_999,
        place in 0_usize..64, flip in 1_u8..16,
    ) {
        let locks = locks(|settings| settings.tokens = vec![token.clone()]);
        let good = sign(&token, &seconds.to_string());
        let query = |sign: &str| format!("SdkAppid=1400000000&Sign={sign}&RequestTime={seconds}");
        let received = receive_at(&with_query(query(&good)), &locks, seconds);
        prop_assert!(matches!(received, Received::Assign(_)));
        let digit = good.chars().nth(place).unwrap().to_digit(16).unwrap() as u8 ^ flip;
        let mut bad = good.clone();
        bad.replace_range(place..=place, &format!("{digit:x}"));
        let received = receive_at(&with_query(query(&bad)), &locks, seconds);
        prop_assert!(matches!(received, Received::Rejected(Reason::Signature)));
    }

    #[test]
    fn nothing_that_arrives_panics(
        method in "GET|POST|PUT", path in ".{0,40}", query in ".{0,200}",
        body in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let raw = RawCallback {
            method,
            path,
            query,
            source_ip: None,
            body: Some(body),
            received_ms: 0,
            is_probe: false,
        };
        receive_at(&raw, &locks(|_| {}), TIME);
        receive_at(&raw, &locks(|settings| settings.tokens.clear()), TIME);
    }
}
