//! A table of releases in memory, which misbehaves when it is told to.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use chrono::{DateTime, Utc};
use routing::release::{Cause, Counts, Form, Pointer, Release, hash};

use crate::store::Requests;
use crate::webhook::release::ReleaseSource;

/// A table of releases in memory.
#[derive(Default)]
pub(super) struct TableInMemory(pub(super) Arc<Mutex<Stored>>);

/// What it holds, and what it does next.
#[derive(Default)]
pub(super) struct Stored {
    pub(super) pointer: Option<Pointer>,
    /// What a read that is not consistent finds instead.
    pub(super) old_pointer: Option<Option<Pointer>>,
    pub(super) parts: BTreeMap<(String, usize), Vec<u8>>,
    /// Parts that only consistent reads find.
    pub(super) late: BTreeSet<(String, usize)>,
    pub(super) listed: Vec<Release>,
    /// Every request, consistent ones with `!`.
    pub(super) requests: Vec<String>,
    /// From this request on, so many are answered with an error, or not at all.
    pub(super) errors_from: Option<usize>,
    pub(super) hangs_from: Option<usize>,
    /// How long a part takes.
    pub(super) delay: Duration,
}

impl TableInMemory {
    pub(super) fn content(&self) -> MutexGuard<'_, Stored> {
        self.0.lock().unwrap()
    }

    /// Makes a release live, as a publisher would: with these typed parts, and rows that no reader
    /// asks for.
    pub(super) fn publish(&self, number: u64, format: u32, parts: &[&str]) -> Release {
        let release = Release {
            number,
            format,
            content: format!("content-{number}"),
            parts: parts.iter().chain(&["rows"]).map(|part| hash(part.as_bytes())).collect(),
            typed: parts.len(),
            hash: hash(parts.concat().as_bytes()),
            counts: Counts::default(),
            published_at: start(),
            cause: Cause::Edits,
        };
        let mut content = self.content();
        for (index, part) in parts.iter().enumerate() {
            content.parts.insert((release.content.clone(), index), part.as_bytes().to_vec());
        }
        let live = content.pointer.take().and_then(|pointer| pointer.live);
        content.listed.extend(live);
        content.pointer = Some(Pointer {
            checked_at: Some(start()),
            live: Some(release.clone()),
            ..Pointer::default()
        });
        release
    }

    pub(super) fn requests(&self) -> Vec<String> {
        std::mem::take(&mut self.content().requests)
    }

    async fn request(&self, what: String, is_consistent: bool) -> Result<(), String> {
        let (number, errors_from, hangs_from) = {
            let mut content = self.content();
            content.requests.push(what + if is_consistent { "!" } else { "" });
            (content.requests.len() - 1, content.errors_from, content.hangs_from)
        };
        if hangs_from.is_some_and(|from| number >= from) {
            std::future::pending::<()>().await;
        }
        if errors_from.is_some_and(|from| number >= from) { Err("no".to_owned()) } else { Ok(()) }
    }
}

impl ReleaseSource for TableInMemory {
    async fn pointer(&self, is_consistent: bool, _: &Requests) -> Result<Option<Pointer>, String> {
        self.request("pointer".to_owned(), is_consistent).await?;
        let content = self.content();
        match &content.old_pointer {
            Some(old) if !is_consistent => Ok(old.clone()),
            _ => Ok(content.pointer.clone()),
        }
    }

    async fn part(
        &self,
        release: &Release,
        index: usize,
        is_consistent: bool,
        _: &Requests,
    ) -> Result<Option<Vec<u8>>, String> {
        let delay = self.content().delay;
        assert!(release.places(Form::Typed).contains(&index), "it asks for rows: {index}");
        self.request(format!("{}.{index}", release.number), is_consistent).await?;
        tokio::time::sleep(delay).await;
        let (content, key) = (self.content(), (release.content.clone(), index));
        let is_late = !is_consistent && content.late.contains(&key);
        Ok(content.parts.get(&key).filter(|_| !is_late).cloned())
    }

    async fn listed_before(
        &self,
        number: u64,
        most: usize,
        _: &Requests,
    ) -> Result<Vec<Release>, String> {
        self.request("list".to_owned(), true).await?;
        let mut listed = self.content().listed.clone();
        listed.retain(|release| release.number < number);
        listed.sort_by_key(|release| std::cmp::Reverse(release.number));
        listed.truncate(most);
        Ok(listed)
    }
}

/// When the tests begin.
pub(super) fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}
