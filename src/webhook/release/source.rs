//! Where releases are read from. The table; or, in tests, one that misbehaves.

use routing::release::{Pointer, Release};

use crate::store::{ReleasesTable, Requests};

/// Where releases are read from. An error is why, for the log.
pub(crate) trait ReleaseSource: Send + Sync {
    /// The pointer; `None` when there is none.
    fn pointer(
        &self,
        is_consistent: bool,
        requests: &Requests,
    ) -> impl Future<Output = Result<Option<Pointer>, String>> + Send;

    /// A part of a release; `None` when it is not there.
    fn part(
        &self,
        release: &Release,
        index: usize,
        is_consistent: bool,
        requests: &Requests,
    ) -> impl Future<Output = Result<Option<Vec<u8>>, String>> + Send;

    /// The releases with lower numbers, the latest first, at most so many.
    fn listed_before(
        &self,
        number: u64,
        most: usize,
        requests: &Requests,
    ) -> impl Future<Output = Result<Vec<Release>, String>> + Send;
}

impl ReleaseSource for ReleasesTable {
    async fn pointer(
        &self,
        is_consistent: bool,
        requests: &Requests,
    ) -> Result<Option<Pointer>, String> {
        self.read_pointer(is_consistent, requests).await.map_err(|error| error.to_string())
    }

    async fn part(
        &self,
        release: &Release,
        index: usize,
        is_consistent: bool,
        requests: &Requests,
    ) -> Result<Option<Vec<u8>>, String> {
        let part = self.read_part(release, index, is_consistent, requests).await;
        part.map_err(|error| error.to_string())
    }

    async fn listed_before(
        &self,
        number: u64,
        most: usize,
        requests: &Requests,
    ) -> Result<Vec<Release>, String> {
        let listed = self.read_listed_before(number, most, requests).await;
        listed.map_err(|error| error.to_string())
    }
}
