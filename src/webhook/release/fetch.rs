//! A release's typed bytes, read part by part, all at the same time. What arrived is kept until the
//! release is taken, so that a load which was cut short goes on where it stood, and ends some time.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use futures_util::future::join_all;
use routing::release::{BrokenError, Form, Release};

use super::source::ReleaseSource;
use super::unusable::Unusable;
use crate::store::Requests;

/// Parts of one release that arrived and are whole.
#[derive(Default)]
pub(super) struct Fetched(Mutex<(String, BTreeMap<usize, Vec<u8>>)>);

impl Fetched {
    fn lock(&self) -> MutexGuard<'_, (String, BTreeMap<usize, Vec<u8>>)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets go of what arrived.
    pub(super) fn forget(&self) {
        *self.lock() = Default::default();
    }

    /// The release's typed bytes. A part that is missing or damaged is read again consistently.
    pub(super) async fn bytes(
        &self,
        source: &impl ReleaseSource,
        release: &Release,
        requests: &Requests,
    ) -> Result<Vec<u8>, Unusable> {
        {
            let mut fetched = self.lock();
            if fetched.0 != release.content {
                *fetched = (release.content.clone(), BTreeMap::new());
            }
        }
        let places = release.places(Form::Typed);
        let parts = places.map(|index| self.part(source, release, index, requests));
        for part in join_all(parts).await {
            part?;
        }
        // Checked as they arrived, so they are only put together.
        let parts = std::mem::take(&mut self.lock().1);
        let mut bytes = Vec::with_capacity(parts.values().map(Vec::len).sum());
        parts.values().for_each(|part| bytes.extend_from_slice(part));
        self.lock().1 = parts;
        Ok(bytes)
    }

    /// Sees to it that a part is there.
    async fn part(
        &self,
        source: &impl ReleaseSource,
        release: &Release,
        index: usize,
        requests: &Requests,
    ) -> Result<(), Unusable> {
        if self.lock().1.contains_key(&index) {
            return Ok(());
        }
        let mut wrong = BrokenError::Missing(index);
        for is_consistent in [false, true] {
            let part = source.part(release, index, is_consistent, requests).await;
            wrong = match part.map_err(Unusable::NotRead)? {
                Some(part) if release.is_part(index, &part) => {
                    let mut fetched = self.lock();
                    if fetched.0 == release.content {
                        fetched.1.insert(index, part);
                    }
                    return Ok(());
                }
                Some(_) => BrokenError::Corrupt(index),
                None => BrokenError::Missing(index),
            };
        }
        Err(Unusable::Bad(wrong.to_string()))
    }
}
