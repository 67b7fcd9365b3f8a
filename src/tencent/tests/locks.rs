//! The locks, in their order.

use super::*;

#[test]
fn methods_come_before_the_locks() {
    for (method, expected) in [
        ("GET", "HealthCheck"),
        ("HEAD", "HealthCheck"),
        ("PUT", "WrongMethod"),
        ("OPTIONS", "WrongMethod"),
    ] {
        let raw = RawCallback { method: method.into(), query: String::new(), body: None, ..raw() };
        assert_eq!(format!("{:?}", receive_at(&raw, &locks(|_| {}), TIME)), expected);
    }
}

#[test]
fn the_signature_lock() {
    let locks = locks(|_| {});
    for (change, reason) in [
        (("Sign=", "Sing="), Reason::Unsigned),
        (("RequestTime=", "Time="), Reason::Unsigned),
        (("Sign=1777", "Sign=1778"), Reason::Signature),
        (("Sign=17773bc", "Sign=17773BC"), Reason::Signature),
        (("Sign=17773bc", "Sign="), Reason::Signature),
        (("RequestTime=1669872112", "RequestTime=1669872113"), Reason::Signature),
        (("RequestTime=1669872112", "RequestTime=01669872112"), Reason::Signature),
        (("RequestTime=1669872112", "RequestTime=1669872173"), Reason::RequestTime),
        (("RequestTime=1669872112", "RequestTime="), Reason::RequestTime),
        (("RequestTime=1669872112", "RequestTime=-1"), Reason::RequestTime),
        (("RequestTime=1669872112", "RequestTime=1669872112.0"), Reason::RequestTime),
        (("RequestTime=1669872112", "RequestTime=99999999999999999999"), Reason::RequestTime),
        (("RequestTime=1669872112", "RequestTime=+1669872112"), Reason::RequestTime),
    ] {
        let query = query().replace(change.0, change.1);
        assert_eq!(rejection(&with_query(query), &locks), Some(reason), "{change:?}");
    }
    // Tokens that could not be read yet open nothing; those read later do.
    let unread = super::locks(|settings| {
        settings.tokens = Vec::new();
        settings.tokens_parameter = Some("/desk/tokens".into());
    });
    assert_eq!(rejection(&raw(), &unread), Some(Reason::NoTokens));
    let empty = with_query(query().replace(SIGN, &sign("", &TIME.to_string())));
    assert_eq!(rejection(&empty, &unread), Some(Reason::NoTokens));
    assert_eq!(rejection(&raw(), &unread.with_tokens(vec![TOKEN.into()])), None);
    assert_eq!(rejection(&raw(), &locks.with_tokens(vec!["new".into()])), Some(Reason::Signature));
    for (seconds, good) in
        [(TIME - 61, false), (TIME - 60, true), (TIME + 60, true), (TIME + 61, false)]
    {
        assert_eq!(
            matches!(receive_at(&raw(), &locks, seconds), Received::Assign(_)),
            good,
            "{}",
            seconds - TIME
        );
    }
}

/// Signed by the token, but not as Tencent writes a time.
#[test]
fn a_request_time_is_at_most_12_digits() {
    for (time, rejected) in [
        ("1669872112", None),
        ("001669872112", None),
        ("0001669872112", Some(Reason::RequestTime)),
        ("+1669872112", Some(Reason::RequestTime)),
    ] {
        let query = query().replace(SIGN, &sign(TOKEN, time)).replace(
            "RequestTime=1669872112",
            &format!("RequestTime={}", time.replace('+', "%2B")),
        );
        assert_eq!(rejection(&with_query(query), &locks(|_| {})), rejected, "{time}");
    }
}

#[test]
fn a_token_given_twice_still_opens() {
    let twice = locks(|settings| settings.tokens = vec![TOKEN.into(), TOKEN.into()]);
    assert_eq!(rejection(&raw(), &twice), None);
}

#[test]
fn the_path_lock() {
    let long = "a".repeat(1_025);
    let secrets = ["0000000000000000", SECRET, "short", "with/slash/inside", &long];
    let locks = locks(|settings| {
        settings.path_secret_hashes = secrets.map(path_secret_hash).to_vec();
    });
    for (path, good) in [
        ("/abcdefgh12345678", true),
        ("/0000000000000000", true),
        ("/", false),
        ("", false),
        ("abcdefgh12345678", false),
        ("/abcdefgh12345678/", false),
        ("//abcdefgh12345678", false),
        ("/Abcdefgh12345678", false),
        ("/abcdefgh1234567", false),
        // The hash alone opens nothing, nor does what is no secret, whatever hash is set.
        (&format!("/{}", hex::encode(path_secret_hash(SECRET))), false),
        ("/short", false),
        ("/with/slash/inside", false),
        (&format!("/{long}"), false),
    ] {
        let raw = RawCallback { path: path.into(), ..raw() };
        assert_eq!(rejection(&raw, &locks), (!good).then_some(Reason::Path), "{path}");
    }
}

#[test]
fn the_source_lock() {
    let locks = locks(|settings| {
        settings.source_ranges =
            vec!["198.51.100.0/24".parse().unwrap(), "2001:db8::/32".parse().unwrap()]
    });
    for (source, good) in [
        (Some("198.51.100.9"), true),
        (Some("::ffff:198.51.100.9"), true),
        (Some("2001:db8::9"), true),
        (Some("203.0.113.7"), false),
        (Some("nonsense"), false),
        (None, false),
    ] {
        let raw = RawCallback { source_ip: source.map(str::to_owned), ..raw() };
        assert_eq!(rejection(&raw, &locks), (!good).then_some(Reason::Source), "{source:?}");
    }
}
