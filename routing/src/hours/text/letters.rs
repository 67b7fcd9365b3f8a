//! Words and phrases of letters.

use super::token::{Kind, Lexer, Word, is_latin};
use super::words;

impl Lexer<'_> {
    /// A phrase of several words, with its length.
    pub(super) fn phrase(&mut self) -> Option<(Word, usize)> {
        if let Some(own) = self.own_phrase() {
            self.out.own_words += 1;
            return Some(own);
        }
        let fits = |phrase: &str| {
            let length = phrase.chars().count();
            let ends = self.char(length).is_none_or(|c| !c.is_alphanumeric());
            (ends && self.starts_with(self.at, phrase)).then_some(length)
        };
        let found = words::phrases()
            .filter_map(|(phrase, word)| fits(phrase).map(|length| (*word, length)))
            .max_by_key(|(_, length)| *length);
        let of_english = |(_, length): &(Word, usize)| {
            self.char(0).is_some_and(|c| c.is_alphabetic()) && *length > 4
        };
        self.out.mixed |= found.as_ref().is_some_and(of_english);
        found
    }

    /// Reads a word of Latin letters.
    pub(super) fn latin(&mut self) {
        let word: String = self
            .text
            .get(self.at..)
            .unwrap_or_default()
            .iter()
            .copied()
            .take_while(|c| is_latin(*c))
            .collect();
        let length = word.chars().count();
        let after_number =
            self.at > 0 && matches!(self.text.get(self.at - 1), Some(c) if c.is_ascii_digit());
        // `1er lundi`, `2º sábado`
        let is_ordinal = matches!(word.as_str(), "er" | "e" | "eme" | "ème" | "o" | "re" | "ère");
        if after_number
            && is_ordinal
            && self.is_foreign()
            && self.is_ordinal()
            && self.weekday_follows(length)
        {
            return self.ordinal(length);
        }
        if self.own_word(&word, length) {
            return;
        }
        // `Hours: …`
        if self.out.tokens.is_empty() && word == "hours" && self.char(length) == Some(':') {
            return self.translate(Word::Nothing, length);
        }
        let last = self.out.tokens.last().map(|token| token.kind);
        if after_number
            && matches!(last, Some(Kind::Number { digits: 1..=2, .. }))
            && matches!(word.as_str(), "st" | "nd" | "rd" | "th")
        {
            if self.is_ordinal() && self.weekday_follows(length) {
                return self.ordinal(length);
            }
            return self.translate(Word::Nothing, length);
        }
        // `AM 9:00 ~ PM 6:00`
        if let (true, "am" | "pm", Some(half)) =
            (self.halves_before_times(length), word.as_str(), words::translated(&word))
        {
            return self.translate(half, length);
        }
        // `am` is a time of day after a time, and German for "on the" before a day.
        let mut before = self.text.get(..self.at).unwrap_or_default().iter().rev();
        let mut before = before.by_ref().skip_while(|c| **c == ' ');
        let after_uhr = word == "am" && "rhu".chars().all(|c| before.next() == Some(&c));
        if after_uhr
            || word == "am" && !matches!(last, Some(Kind::Number { .. } | Kind::Clock { .. }))
        {
            return self.translate(Word::Nothing, length);
        }
        match (words::of_the_language(&word), self.tongue.borrowed(&word)) {
            (Some(kind), _) => self.push(kind, length),
            // `9:00 a 18:00` is of another language.
            (None, Some(Word::Token(Kind::Am | Kind::Pm)))
                if !matches!(last, Some(Kind::Number { .. } | Kind::Clock { .. }))
                    || word == "a" && !after_number && self.digit_follows(length) =>
            {
                self.unreadable(length);
                self.at += length;
            }
            (None, Some(word)) => {
                self.translate(word, length);
                // `Mo.`, `Sept.`: the dot is read as nothing.
            }
            (None, None) => match words::misspelt(&word).filter(|_| !self.is_foreign()) {
                Some(word) => self.translate(word, length),
                None => {
                    self.unreadable(length);
                    self.at += length;
                }
            },
        }
    }

    /// Reads a word of other letters.
    pub(super) fn east(&mut self) {
        if let Some((value, length)) = self.chinese_hour() {
            self.out.translated = true;
            return self.push(Kind::Number { value, digits: 1 + u8::from(value > 9) }, length);
        }
        if let Some((says, length)) = self.second_except() {
            return self.translate(says, length);
        }
        if let Some((day, length)) = self.numbered_day() {
            return self.translate(Word::Token(Kind::Weekday(day)), length);
        }
        let found = words::of_the_east()
            .filter(|(word, _)| self.starts_with(self.at, word) && self.is_whole(word))
            .max_by_key(|(word, _)| word.len());
        match found {
            Some((word, meaning)) => self.translate(*meaning, word.chars().count()),
            None => {
                self.unreadable(1);
                self.at += 1;
            }
        }
    }
}
