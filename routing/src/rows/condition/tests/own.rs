//! The customer's own attributes.

use super::*;

#[test]
fn the_customers_own_attributes() {
    let session = Session::new("s", "u1", 1, 1);
    for (asked, of, expected) in [
        (json!({ "Plan": ["pro", "business"] }), json!({ "Plan": "Pro" }), true),
        (json!({ "Plan": "pro，business" }), json!({ "plan": "ＢＵＳＩＮＥＳＳ" }), true),
        (json!({ "Plan": "pro", "Country": "KR" }), json!({ "Plan": "pro" }), false),
        (json!({ "Plan": "pro" }), json!({}), false),
        (json!({ "Plan": "pro" }), json!({ "Plan": ["free", "pro"] }), true),
        (json!({ "Seats": 3 }), json!({ "Seats": "3" }), true),
        (json!({ "Seats": "3" }), json!({ "Seats": 3.0 }), true),
        (json!({ "Trial": true }), json!({ "Trial": "TRUE" }), true),
        (json!({ "Trial": false }), json!({ "Trial": true }), false),
        (json!({ "Spend": ">= 1000" }), json!({ "Spend": "1000.0" }), true),
        (json!({ "Spend": "＞＝１０００" }), json!({ "Spend": 1000 }), true),
        (json!({ "Spend": "≥1000" }), json!({ "Spend": 999.99 }), false),
        (json!({ "Spend": ["< 5", "> 10"] }), json!({ "Spend": 7 }), false),
        (json!({ "Spend": ["< 5", "> 10"] }), json!({ "Spend": 11 }), true),
        (json!({ "Spend": "<5" }), json!({ "Spend": "a lot" }), false),
        (json!({ "Spend": "<5" }), json!({ "Spend": "1,000" }), false),
        (
            json!({ "Spend": "> 9007199254740992" }),
            json!({ "Spend": 9_007_199_254_740_993_i64 }),
            true,
        ),
    ] {
        both("Customer", &asked, &session, of, expected.into());
    }
    let rule = json!({ "Customer": { "Plan": "pro" } });
    for (known, expected) in [
        (Fact::Unknown, Holds::Unknown),
        (Fact::NotRead, Holds::NeedsCustomer),
        (Fact::Is(None), Holds::No),
    ] {
        assert_eq!(holds(&rule, &session, &known), expected);
    }
}

#[test]
fn what_to_write_instead_of_a_condition_on_the_customer() {
    for (value, says) in [
        (json!({}), "empty"),
        (json!("vip"), "expected a map"),
        (json!({ "Plan": "" }), "is empty"),
        (json!({ "Plan": [] }), "is empty"),
        (json!({ "Plan": [null] }), "is empty"),
        (json!({ "Plan": "*" }), "means any value"),
        (json!({ "Plan": ["[pro]"] }), "holds brackets"),
        (json!({ "Plan": ["[pro"] }), "holds brackets"),
        (json!({ "Plan": ["pro, business"] }), "`pro`, `business`"),
        (json!({ "Plan": { "a": 1 } }), "expected a text, a number"),
        (json!({ "Spend": "=> 1000" }), "write `>= 1000`"),
        (json!({ "Spend": "=< 1000" }), "has its signs reversed; write `<= 1000`"),
        (json!({ "Spend": ">= 1,000" }), "write `>= 1000`"),
        (json!({ "Spend": [">= 1,000"] }), "write `>= 1000`"),
        (json!({ "Spend": "≥ 2,000" }), "write `>= 2000`"),
        (json!({ "Spend": "≤ 2,000" }), "write `<= 2000`"),
        (json!({ "Spend": ">1000 >2000" }), "write such as `>= 1000`"),
        (json!({ "Spend": "> 1.000" }), "write `> 1000`, or `> 1`"),
        (json!({ "Spend": ["<= 2.500"] }), "write `<= 2500`, or `<= 2.5`"),
        (json!({ "Spend": "== 5" }), "write `5`"),
        (json!({ "Spend": "> a lot" }), "write such as `>= 1000`"),
        (json!({ "Spend": "1,000" }), "write the number `1000`"),
        (json!({ "Spend": "-1,000" }), "write the number `-1000`"),
        (json!({ "Spend": "1,000+" }), "write `>= 1000`"),
        (json!({ "Segments": "vip" }), "write the condition `Segments`"),
        (json!({ "Segmets": "vip" }), "write the condition `Segments`"),
        (json!({ "Language": "ko" }), "write the condition `Languages`"),
        (json!({ "ClientUserId": "u1" }), "write the condition `ClientUserIds`"),
        (json!({ "Plan": "a", "plan": "b" }), "is in the map twice"),
    ] {
        for name in ["Customer", "NotCustomer"] {
            let findings = conditions(&json!({ name: value })).unwrap_err();
            assert!(findings.len() == 1 && findings[0].contains(says), "{value} {findings:?}");
        }
    }
}

#[test]
fn a_text_that_was_meant_as_more_is_doubted() {
    let warnings = |value: Json| {
        let (read, findings) = rule_of(&json!({ "Customer": value }));
        assert!(matches!(read, Read::Good(_)), "{findings:?}");
        findings.into_iter().map(|finding| finding.message).collect::<Vec<_>>()
    };
    for (typed, says) in [
        ("1000+", "for a number write `>= 1000`"),
        ("1000 or more", "`>= 1000`"),
        ("-5 or more", "for a number write `>= -5`"),
        ("1000 이상", "`>= 1000`"),
        ("1000以上", "`>= 1000`"),
        ("1000 or less", "`<= 1000`"),
        ("1000이하", "`<= 1000`"),
        ("1000-2000", "write `>= 1000` here, and `> 2000` into `NotCustomer`"),
        ("1000 ~ 2000", "`> 2000` into `NotCustomer`"),
        ("1000 to 2000", "`> 2000` into `NotCustomer`"),
        ("-10~5", "write `>= -10` here, and `> 5` into `NotCustomer`"),
        ("pro or business", r#"write the list `["pro", "business"]`"#),
        ("pro && business", r#"write the list `["pro", "business"]`"#),
        ("pro | business | free", r#"`["pro", "business", "free"]`"#),
        ("pro 또는 business", r#"`["pro", "business"]`"#),
        ("pro或business", r#"`["pro", "business"]`"#),
    ] {
        for value in [json!({ "A": typed }), json!({ "A": [typed, "x"] })] {
            let told = warnings(value);
            assert!(told.len() == 1 && told[0].contains(says), "{typed}: {told:?}");
        }
    }
    for good in [
        "pro",
        "1000",
        "1000-1000",
        "R&D",
        "[VIP] Gold",
        "Trinidad and Tobago",
        "Ontario",
        "2026-01",
        "010-1234-5678",
        "C++",
    ] {
        assert_eq!(warnings(json!({ "A": good })), [""; 0], "{good}");
    }
}

#[test]
fn a_note_of_a_customer_cannot_be_asked_for() {
    for name in ["Name", "Notes", "Description", "_Plan"] {
        let findings = conditions(&json!({ "NotCustomer": { name: "gold" } })).unwrap_err();
        assert!(findings[0].contains("is a note, which no rule reads"), "{findings:?}");
    }
}

#[test]
fn the_name_of_a_company_is_one_text() {
    let session = Session::new("s", "u1", 1, 1);
    for (asked, of, expected) in [
        ("Acme, Inc.", "Acme, Inc.", Holds::Yes),
        ("Beta, Inc.", "Acme, Inc.", Holds::No),
        ("Acme, Inc.", "Acme", Holds::No),
        ("DE, SE", "SE", Holds::Yes),
        ("Beta Co., Ltd.", "Acme Co., Ltd.", Holds::No),
        ("Acme", "Acme, Inc.", Holds::Yes),
        ("vip, gold", "gold, new", Holds::Yes),
    ] {
        for typed in [json!(asked), json!([asked])] {
            if typed.is_array() && ["vip, gold", "DE, SE"].contains(&asked) {
                continue;
            }
            both("Customer", &json!({ "A": typed }), &session, json!({ "A": of }), expected);
        }
    }
}

#[test]
fn a_list_of_values_has_its_limit() {
    let list = |count: usize| {
        let all: Vec<usize> = (0..count).collect();
        json!({ "Customer": { "A": all } })
    };
    assert!(conditions(&list(1_000)).is_ok());
    let findings = conditions(&list(1_001)).unwrap_err();
    assert_eq!(findings.len(), 1, "{findings:?}");
    let says = "has too many entries, the limit is 1000; write fewer";
    assert!(findings[0].contains(says), "{findings:?}");
}
