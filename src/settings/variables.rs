//! Variables of the environment as values.

/// The environment, and what is wrong in it so far.
pub(super) struct Variables<F> {
    pub(super) variable: F,
    pub(super) errors: Vec<String>,
}

impl<F: Fn(&str) -> Option<String>> Variables<F> {
    /// A text; blank is unset.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let text = (self.variable)(name)?;
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// A text that must be there.
    pub(super) fn required(&mut self, name: &str) -> String {
        self.text(name).unwrap_or_else(|| {
            self.errors.push(format!("{name} is missing"));
            String::new()
        })
    }

    /// A text that must be such a value.
    pub(super) fn parsed<T>(
        &mut self,
        name: &str,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        let text = self.text(name)?;
        parse(&text).map_err(|message| self.errors.push(format!("{name}: {message}"))).ok()
    }

    /// A whole number from `min` to `max`.
    pub(super) fn whole(&mut self, name: &str, min: i64, max: i64) -> Option<i64> {
        self.parsed(name, |text| {
            text.parse().ok().filter(|n| (min..=max).contains(n)).ok_or_else(|| match max {
                i64::MAX => format!("expected a whole number, {min} or more"),
                max => format!("expected a whole number from {min} to {max}"),
            })
        })
    }

    /// `true` or `false`, in any case.
    pub(super) fn bool(&mut self, name: &str, default: bool) -> bool {
        self.parsed(name, |text| match text {
            _ if text.eq_ignore_ascii_case("true") => Ok(true),
            _ if text.eq_ignore_ascii_case("false") => Ok(false),
            _ => Err("expected `true` or `false`".to_owned()),
        })
        .unwrap_or(default)
    }

    /// Comma-separated entries. The message names no entry: they may be secret.
    pub(super) fn list<T>(
        &mut self,
        name: &str,
        expected: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Vec<T> {
        let Some(text) = self.text(name) else { return Vec::new() };
        let entries: Option<Vec<T>> = text
            .split(',')
            .map(str::trim)
            .map(|entry| if entry.is_empty() { None } else { read(entry) })
            .collect();
        entries.unwrap_or_else(|| {
            self.errors.push(format!("{name}: expected {expected}"));
            Vec::new()
        })
    }
}
