//! Stretches of minutes within a day and the next.

use std::ops::Range;

/// Minutes of a day.
pub(crate) const DAY: u16 = 24 * 60;

/// A stretch of minutes, counted from the midnight that its day begins with; it may reach into the
/// next day (up to 48:00).
pub(crate) type Span = Range<u16>;

/// Whether hours that begin in the morning go on so far into the next one that their end may be
/// meant by a clock of twelve hours (`08:30-05:30`). Such a night is written `08:30-29:30`.
pub(crate) fn is_doubtful_night(span: &Span) -> bool {
    const HOUR: u16 = 60;
    let length = span.end.saturating_sub(span.start);
    // Bars open `08:00-03:00` and `11:00-07:00`.
    (7 * HOUR..11 * HOUR).contains(&span.start) && (20 * HOUR..=23 * HOUR).contains(&length)
}

/// Puts the windows in order and joins those that touch.
pub(super) fn merge(windows: &mut Vec<Span>) {
    windows.sort_unstable_by_key(|span| span.start);
    windows.dedup_by(|next, kept| {
        let touches = next.start <= kept.end;
        if touches {
            kept.end = kept.end.max(next.end);
        }
        touches
    });
}

/// Takes `cut` (which may lie before the day) out of the windows.
pub(super) fn subtract(windows: &mut Vec<Span>, cut: Range<i32>) {
    let clamp =
        |minute: i32| u16::try_from(minute.clamp(0, 2 * i32::from(DAY))).unwrap_or_default();
    let cut = clamp(cut.start)..clamp(cut.end);
    if windows.iter().any(|span| span.start < cut.end && cut.start < span.end) {
        *windows = windows
            .drain(..)
            .flat_map(|span| {
                [span.start..span.end.min(cut.start), span.start.max(cut.end)..span.end]
            })
            .filter(|span| span.start < span.end)
            .collect();
    }
}

/// `spans` without the minutes of `cuts`, in order and disjoint.
pub(crate) fn without(spans: &[Span], cuts: &[Span]) -> Vec<Span> {
    let mut left = spans.to_vec();
    merge(&mut left);
    for cut in cuts {
        subtract(&mut left, i32::from(cut.start)..i32::from(cut.end));
    }
    left
}
