//! Numbers: hours and minutes, days, years, dates of other forms.

use super::token::{Kind, Lexer, Word};

/// From Monday to Friday.
const WORKDAYS: u8 = 0b001_1111;

impl Lexer<'_> {
    pub(super) fn number(&mut self) {
        let (value, digits) = self.digits(0);
        let length = usize::from(digits);
        if digits > 4 {
            let rest = self.text.get(self.at..).unwrap_or_default().iter();
            let length = rest.take_while(|c| c.is_ascii_digit()).count();
            self.unreadable(length);
            self.at += length;
            return;
        }
        if let Some((kind, length)) = self.date(value, digits) {
            self.out.translated = true;
            self.out.iso_date |= matches!(kind, Kind::Date { year: Some(_), .. });
            return self.push(kind, length);
        }
        if digits <= 2 {
            // `24/5` alone; beside others it is a date.
            if value == 24
                && self.text.iter().filter(|c| **c != ' ').eq(['2', '4', '/', '5'].iter())
            {
                self.translate(Word::Token(Kind::Weekdays(WORKDAYS)), 0);
                return self.translate(Word::Token(Kind::Always), self.text.len());
            }
            if value == 24 && self.is_always(length) {
                let dash = self.char(length + self.spaces_at(length)) == Some('-');
                let length = self.length_of_always(length);
                return if dash {
                    self.translate(Word::Token(Kind::Always), length)
                } else {
                    self.push(Kind::Always, length)
                };
            }
            // `09:00`, `09 : 00`, `09.00`, with seconds of zero or not.
            let separator = length + self.spaces_at(length);
            let next = separator + 1 + self.spaces_at(separator + 1);
            let (minute, minute_digits) = self.digits(next);
            let mark = self.char(separator);
            if minute_digits == 2 && matches!(mark, Some(':' | '.')) {
                let close = next == length + 1;
                if !close && (mark == Some('.') || !self.may_be_spaced(separator > length, next)) {
                    return self.push(Kind::Number { value, digits }, length);
                }
                self.out.translated |= mark == Some('.');
                let mut length = next + 2;
                let (second, second_digits) = self.digits(length + 1);
                if self.char(length) == Some(':') && second_digits == 2 && second == 0 {
                    self.out.translated = true;
                    length += 3;
                }
                return self.push(Kind::Clock { hour: value, minute, digits }, length);
            }
            // `09;00-18;00`, with the key held down too little.
            if minute_digits == 2 && mark == Some(';') && self.has_semicolons_for_colons() {
                self.out.translated = true;
                return self.push(Kind::Clock { hour: value, minute, digits }, 5);
            }
            // `1,3주 토요일`
            if let (1, Some(nth), Some(week)) = (digits, i8::try_from(value).ok(), self.nth_week())
            {
                self.out.translated = true;
                return self.push(Kind::Nth(nth), 1 + usize::from(week == 1));
            }
            // `12월`, `24일` are no weekdays.
            let unit = self.char(separator);
            if matches!(unit, Some('월' | '月')) && (1..=12).contains(&value) {
                let month = u8::try_from(value).unwrap_or_default();
                return self.translate(Word::Token(Kind::Month(month)), separator + 1);
            }
            // `09~18 일 휴무` is a Sunday.
            let is_sunday =
                separator > length && value <= 24 && self.follows_a_time() && !self.has_a_month();
            if matches!(unit, Some('일' | '日' | '号' | '號')) && !is_sunday {
                self.out.translated = true;
                return self.push(Kind::Number { value, digits }, separator + 1);
            }
        }
        if digits == 4 && matches!(self.char(length), Some('년' | '年')) {
            self.out.translated = true;
            return self.push(Kind::Number { value, digits }, length + 1);
        }
        self.push(Kind::Number { value, digits }, length);
    }

    /// Whether `09 : 00` or `09: 00` is a time here, and not a colon after days (`week 9: 00:00`).
    fn may_be_spaced(&self, space_before: bool, minutes: usize) -> bool {
        let mut before = self.out.tokens.iter().rev().map(|token| token.kind);
        let after_days = match before.next() {
            Some(Kind::Dash | Kind::Comma) => !matches!(before.next(), Some(Kind::Clock { .. })),
            Some(Kind::Month(_) | Kind::Week) => true,
            _ => false,
        };
        let more = self.char(minutes + 2 + self.spaces_at(minutes + 2));
        more != Some(':') && (space_before || !after_days)
    }

    /// Whether times with `;` instead of `:` stand here (`09;00-18;00`), in a text without `:`.
    fn has_semicolons_for_colons(&self) -> bool {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let form: String = rest.iter().filter(|c| **c != ' ').take(12).collect();
        let is_form = |form: &str| {
            let mut chars = form.chars();
            let fits = "00;00-00;00".chars().take(form.chars().count().min(11)).all(|part| {
                chars
                    .next()
                    .is_some_and(|c| if part == '0' { c.is_ascii_digit() } else { c == part })
            });
            fits && !chars.next().is_some_and(|c| c.is_ascii_digit())
        };
        let mut before = self.out.tokens.iter().rev().map(|token| token.kind);
        let behind_a_time =
            before.next() == Some(Kind::Dash) && matches!(before.next(), Some(Kind::Clock { .. }));
        let end: String = form.chars().take(5).collect();
        let is_end = behind_a_time && end.chars().count() == 5 && is_form(&end);
        let last = self.out.tokens.last().map(|token| token.kind);
        let whole = last != Some(Kind::Dash) && form.chars().count() >= 11 && is_form(&form);
        (is_end || whole) && !self.text.contains(&':')
    }

    /// How many characters stand from here to the `주` of `1,3주 토요일`.
    fn nth_week(&self) -> Option<usize> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|c| *c == '주')?;
        let mut numbers = rest.iter().take(length);
        let is_list = numbers.all(|c| matches!(c, '1'..='5' | ',' | '·' | '/' | ' '));
        let mut behind = rest.iter().skip(length + 1).skip_while(|c| **c == ' ');
        let day = behind.next().is_some_and(|c| "월화수목금토일".contains(*c));
        (is_list && day).then_some(length)
    }

    /// The number `ahead` characters from here, with how many digits it has (at most 5 are read).
    fn digits(&self, ahead: usize) -> (u32, u8) {
        let mut value = 0;
        let mut digits = 0;
        while let Some(digit) = self.char(ahead + usize::from(digits)).and_then(|c| c.to_digit(10))
        {
            if digits == 5 {
                break;
            }
            value = value * 10 + digit;
            digits += 1;
        }
        (value, digits)
    }

    fn spaces_at(&self, ahead: usize) -> usize {
        let rest = self.text.get(self.at + ahead..).unwrap_or_default();
        rest.iter().take_while(|c| **c == ' ').count()
    }

    /// `24/7`, `24 / 7`, but not `24/7` of something longer.
    fn is_always(&self, after: usize) -> bool {
        self.length_of_always(after) > 0
    }

    fn length_of_always(&self, after: usize) -> usize {
        let slash = after + self.spaces_at(after);
        let seven = slash + 1 + self.spaces_at(slash + 1);
        let after = self.char(seven + 1);
        // `24-7` is no time: hours begin before 24.
        let ends = match self.char(slash) {
            Some('/') => !after.is_some_and(|c| c.is_ascii_digit() || c == ':'),
            Some('-') => {
                after.is_none_or(|c| matches!(c, ' ' | ',' | ';' | '.')) && !self.follows_a_time()
            }
            _ => false,
        };
        let fits = ends && self.char(seven) == Some('7');
        if fits { seven + 1 } else { 0 }
    }

    /// Whether what stands before may be the beginning of hours.
    fn follows_a_time(&self) -> bool {
        let last = self.out.tokens.last().map(|token| token.kind);
        matches!(last, Some(Kind::Dash | Kind::Number { .. } | Kind::Clock { .. }))
    }

    fn has_a_month(&self) -> bool {
        self.out.tokens.iter().any(|token| matches!(token.kind, Kind::Month(_) | Kind::Date { .. }))
    }

    /// The number of an hour in Chinese numerals before `点` or `時`, and how long it is (`十一`).
    pub(super) fn chinese_hour(&self) -> Option<(u32, usize)> {
        const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
        let digit = |ahead: usize| {
            let c = self.char(ahead)?;
            let c = if matches!(c, '两' | '兩') { '二' } else { c };
            DIGITS.iter().position(|digit| *digit == c).and_then(|n| u32::try_from(n).ok())
        };
        let (tens, after) = match (digit(0), self.char(0), self.char(1)) {
            (Some(tens @ 1..=2), _, Some('十')) => (Some(tens), 2),
            (_, Some('十'), _) => (Some(1), 1),
            _ => (None, 0),
        };
        let (value, length) = match (tens, digit(after)) {
            (Some(tens), Some(ones)) => (10 * tens + ones, after + 1),
            (Some(tens), None) => (10 * tens, after),
            (None, ones) => (ones?, 1),
        };
        let is_hour = matches!(self.char(length), Some('点' | '點' | '时' | '時'));
        (is_hour && value <= 24).then_some((value, length))
    }

    /// `周1`, `星期5`: a day of the week by its number from Monday, and how long it is.
    pub(super) fn numbered_day(&self) -> Option<(u8, usize)> {
        const WEEKS: [&str; 6] = ["周", "週", "星期", "礼拜", "禮拜", "每周"];
        let week = WEEKS.iter().find(|week| self.starts_with(self.at, week))?.chars().count();
        let (value, 1) = self.digits(week) else { return None };
        let is_time = matches!(self.char(week + 1), Some(':' | '.' | '点' | '點' | '时' | '時'));
        let day = u8::try_from(value).ok().filter(|day| (1..=7).contains(day) && !is_time)?;
        Some((day - 1, week + 1))
    }

    fn is_eastern(&self) -> bool {
        self.text.iter().any(|c| matches!(c, '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'))
    }

    /// `2026-12-24`, `2026/12/24`, `2026.12.24`, `24.12.2026`, `24.12.`
    fn date(&self, first: u32, digits: u8) -> Option<(Kind, usize)> {
        let mark = usize::from(digits);
        let separator = self.char(mark).filter(|c| matches!(c, '-' | '/' | '.'))?;
        let (second, second_digits @ 1..=2) = self.digits(mark + 1) else { return None };
        let after = mark + 1 + usize::from(second_digits);
        if self.char(after) != Some(separator) {
            return None;
        }
        let (third, third_digits) = self.digits(after + 1);
        let end = after + 1 + usize::from(third_digits);
        let (year, month, day) = match (digits, third_digits) {
            (4, 1..=2) => (Some(first), second, third),
            (1..=2, 4) if separator == '.' => (Some(third), second, first),
            // `10.3.` is the third of October in Korean.
            (1..=2, 0) if separator == '.' && self.is_eastern() && first <= 12 => {
                (None, first, second)
            }
            (1..=2, 0) if separator == '.' => (None, second, first),
            _ => return None,
        };
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        let year = match year {
            // The years that hours can be written for.
            Some(year @ 1900..=2100) => Some(i32::try_from(year).ok()?),
            Some(_) => return None,
            None => None,
        };
        let small = |number: u32| u8::try_from(number).unwrap_or_default();
        Some((Kind::Date { year, month: small(month), day: small(day) }, end))
    }
}
