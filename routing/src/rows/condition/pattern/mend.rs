//! One mistake in a pattern, and what to write instead.

/// One mistake.
pub(super) struct Mend {
    /// What is wrong, up to what to write.
    pub(super) why: String,
    /// What to write.
    pub(super) text: String,
    /// Whether that belongs into the attribute with, or without, `Not`.
    pub(super) is_opposite: bool,
    /// What is said behind it.
    pub(super) behind: String,
}

impl Mend {
    pub(super) fn new(why: &str, text: impl Into<String>) -> Option<Self> {
        let text = text.into();
        (!text.is_empty()).then(|| Self {
            why: why.to_owned(),
            text,
            is_opposite: false,
            behind: String::new(),
        })
    }

    pub(super) fn opposite(why: &str, text: impl Into<String>) -> Option<Self> {
        Some(Self { is_opposite: true, ..Self::new(why, text)? })
    }

    pub(super) fn saying(self, behind: impl Into<String>) -> Self {
        Self { behind: behind.into(), ..self }
    }
}
