//! What a decision may know of something outside the snapshot.

/// One thing that has to be read before a decision can use it.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Fact<T> {
    /// Nobody asked yet.
    #[default]
    NotRead,
    /// The read failed: the decision goes on without it.
    Unknown,
    /// What was read.
    Is(T),
}

impl<T> Fact<T> {
    /// Whether nobody asked yet.
    pub fn is_not_read(&self) -> bool {
        matches!(self, Self::NotRead)
    }
}
