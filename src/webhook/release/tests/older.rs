//! The way to an older release, which is longer: what is live is looked at first, then the list is
//! read, then the parts of those before. Whatever fails or hangs on it, the answer is in time.

use super::*;

/// A case: what is in force, what is live, and what is asked for on the way to release 2.
struct Way {
    about: &'static str,
    is_warm: bool,
    live: (&'static str, u32, &'static [&'static str]),
    requests: &'static [&'static str],
}

const WAYS: [Way; 4] = [
    Way {
        about: "a start, of a damaged release",
        is_warm: false,
        live: BAD[1],
        requests: &["pointer", "4.0", "4.1", "4.1!", "list!", "3.0", "2.0", "2.1"],
    },
    Way {
        about: "a start, of a missing part",
        is_warm: false,
        live: BAD[0],
        requests: &["pointer", "4.0", "4.1", "4.1!", "list!", "3.0", "2.0", "2.1"],
    },
    Way {
        about: "a start, of an unknown format",
        is_warm: false,
        live: BAD[4],
        requests: &["pointer", "list!", "3.0", "2.0", "2.1"],
    },
    Way {
        about: "a look, of an unknown format",
        is_warm: true,
        live: BAD[4],
        requests: &["pointer", "list!", "3.0", "2.0", "2.1"],
    },
];

impl Way {
    /// An instance on this way: release 1 is in force if it is warm, 2 is good, 3 cannot be read.
    async fn begin(&self) -> (ReleaseReader<TableInMemory>, TableInMemory, Log) {
        let (reader, table, log) = reader();
        table.publish(1, 1, &["1"]);
        if self.is_warm {
            assert_eq!(at(&reader, &log, -20).await, Some((1, false)));
        }
        table.publish(2, 1, &["2", "2"]);
        publish_bad(&table, 3, BAD[2]);
        publish_bad(&table, 4, self.live);
        table.requests();
        (reader, table, log)
    }
}

#[tokio::test(start_paused = true)]
async fn the_way_to_an_older_release_is_as_long_as_it_must_be() {
    for way in WAYS {
        let (reader, table, log) = way.begin().await;
        assert_eq!(at(&reader, &log, 0).await, Some((2, true)), "{}", way.about);
        assert_eq!(table.requests(), way.requests, "{}", way.about);
    }
}

#[tokio::test(start_paused = true)]
async fn a_table_that_fails_or_hangs_on_the_way_to_an_older_release_is_answered_in_time() {
    for way in WAYS {
        for from in 0..=way.requests.len() {
            for hangs in [false, true] {
                let (reader, table, log) = way.begin().await;
                let fault = |from| {
                    let mut content = table.content();
                    if hangs { content.hangs_from = from } else { content.errors_from = from }
                };
                fault(Some(from));
                let is_there = from == way.requests.len();
                let expected = match (is_there, way.is_warm) {
                    (true, _) => (2, true),
                    (false, true) => (1, true),
                    (false, false) => (0, true),
                };
                let about = format!("{}, {from} requests are answered, hangs: {hangs}", way.about);
                assert_eq!(at(&reader, &log, 0).await, Some(expected), "{about}");
                // It goes on when the table does, and is marked as long as what is live is not
                // used.
                fault(None);
                assert_eq!(at(&reader, &log, 6).await, Some((2, true)), "{about}");
                table.publish(5, 1, &["5"]);
                assert_eq!(at(&reader, &log, 20).await, Some((5, false)), "{about}");
            }
        }
    }
}
