//! Orders that begin a hold: an earlier release again, and the live one while people edit. They
//! read no rows.

use super::publish::{Done, MOST_LOOKS, Publisher, is_content};
use super::{
    Candidate, Cause, EditedRows, Form, Hold, OrderOutcome, Pointer, PublishError, Release, Store,
};

impl<S: Store, F: Fn() -> String + Sync> Publisher<'_, S, F> {
    /// Makes an earlier release live again as a new number, and holds it.
    pub(super) async fn back<R: EditedRows>(&self, number: u64, by: &str) -> Done<S, R> {
        let mut pointer = self.store.pointer().await.map_err(PublishError::Store)?;
        let why = format!("release {number} is live again");
        let hold = Hold::new((self.fresh_id)(), &why, by, self.now);
        for _ in 0..MOST_LOOKS {
            let Some(candidate) = self.kept(&pointer, number).await.map_err(PublishError::Store)?
            else {
                return Ok(OrderOutcome::NoSuchRelease(number));
            };
            // A copy under an id of its own: whoever removes the old one cannot harm it.
            let release = self.write(&pointer, &candidate, Cause::Back { number }).await?;
            let mut next = pointer.next();
            next.live = Some(release.clone());
            // One of our own is there where the answer to an earlier write of ours was lost.
            let ended = next.hold.replace(hold.clone()).filter(|ended| ended.id != hold.id);
            next.waiting = None;
            let won = self.store.write_pointer(&next).await.map_err(PublishError::Store)?;
            if !won {
                pointer = self.store.pointer().await.map_err(PublishError::Store)?;
            }
            if won || is_content(&pointer, &release.content) {
                return Ok(OrderOutcome::Back(release, hold, ended));
            }
        }
        Err(PublishError::Busy)
    }

    /// A release that is kept, whole.
    async fn kept(&self, pointer: &Pointer, number: u64) -> Result<Option<Candidate>, S::Error> {
        let live = pointer.live.clone().filter(|live| live.number == number);
        let release = match live {
            Some(live) => Some(live),
            None => {
                let listed = self.store.listed_before(number.saturating_add(1), 1).await?;
                listed.into_iter().find(|release| release.number == number)
            }
        };
        let Some(release) = release else { return Ok(None) };
        let Release { format, counts, .. } = release;
        let (rows, typed) =
            (self.whole(&release, Form::Rows).await?, self.whole(&release, Form::Typed).await?);
        let both = rows.ok().zip(typed.ok());
        Ok(both.map(|(rows, typed)| Candidate { format, typed, rows, counts }))
    }

    /// Begins a hold, unless there is one.
    pub(super) async fn hold<R: EditedRows>(&self, why: &str, by: &str, brief: bool) -> Done<S, R> {
        let hold = Hold { brief, ..Hold::new((self.fresh_id)(), why, by, self.now) };
        for _ in 0..MOST_LOOKS {
            let pointer = self.store.pointer().await.map_err(PublishError::Store)?;
            if pointer.live.is_none() {
                return Ok(OrderOutcome::NothingLive);
            }
            match pointer.hold {
                // Ours: the answer to our write was lost.
                Some(there) if there.id == hold.id => return Ok(OrderOutcome::HoldBegan(there)),
                Some(there) => return Ok(OrderOutcome::HeldAlready(there)),
                None => {}
            }
            let next = Pointer { hold: Some(hold.clone()), waiting: None, ..pointer.next() };
            if self.store.write_pointer(&next).await.map_err(PublishError::Store)? {
                return Ok(OrderOutcome::HoldBegan(hold));
            }
        }
        Err(PublishError::Busy)
    }
}
