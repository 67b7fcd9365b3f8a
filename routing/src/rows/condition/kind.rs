//! What a condition can do: be tested, and say what it compared.

use std::any::Any;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::reach::Reach;
use crate::hours::{self, Zone};
use crate::packed::{Packed, Packer};
use crate::rows::customer::Customer;
use crate::rows::fact::Fact;
use crate::rows::own::{OwnValues, Unmet};
use crate::session::Session;

/// What a condition looks at.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Who asks: user, app, platform, address.
    pub session: &'a Session,
    /// The moment of the decision.
    pub now: DateTime<Utc>,
    /// The customer's row, as far as it was read; `Is(None)` = there is none.
    pub customer: &'a Fact<Option<Customer>>,
}

impl Asked<'_> {
    /// Whether a test of the customer holds. A user without a row is in no segment and speaks no
    /// language.
    pub(super) fn of_customer(&self, test: impl Fn(&Customer) -> bool) -> Holds {
        match self.customer {
            Fact::NotRead => Holds::NeedsCustomer,
            Fact::Unknown => Holds::Unknown,
            Fact::Is(customer) => customer.as_ref().is_some_and(test).into(),
        }
    }

    /// What a trace shows of the customer.
    pub(super) fn shown_of_customer(&self, show: impl Fn(&Customer) -> String) -> String {
        match self.customer {
            Fact::Is(Some(customer)) => show(customer),
            Fact::Is(None) => "no customer row".to_owned(),
            Fact::Unknown => "unknown: the customer could not be read".to_owned(),
            Fact::NotRead => "not asked: nothing depends on the customer here".to_owned(),
        }
    }
}

/// Three values: when something is unknown because a read failed, neither a condition nor its
/// negation holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// It holds.
    Yes,
    /// It does not.
    No,
    /// Nobody can say: the customer could not be read.
    Unknown,
    /// The customer's row must be read first.
    NeedsCustomer,
}

impl From<bool> for Holds {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

impl std::ops::Not for Holds {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Unknown | Self::NeedsCustomer => self,
        }
    }
}

/// The values that a condition compared, each cut at 100 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// What the rule asks for.
    pub expected: String,
    /// What the request has.
    pub found: String,
}

/// One kind of condition.
pub trait Kind: std::fmt::Debug + Boxed + Any + Send + Sync {
    /// Whether it holds.
    fn holds(&self, asked: &Asked<'_>) -> Holds;

    /// The values that it compares.
    fn compared(&self, asked: &Asked<'_>) -> Compared;

    /// Whether it asks for the customer's row.
    fn needs_customer(&self) -> bool {
        false
    }

    /// Whether it asks for the user's address, which records do not keep.
    fn needs_address(&self) -> bool {
        false
    }

    /// Whether it may hold for somebody at this moment, as far as the clock decides it; of its
    /// negation when `negated`.
    fn may_hold(&self, negated: bool, asked: &Asked<'_>) -> bool {
        !self.is_of_time() || (self.holds(asked) == Holds::Yes) != negated
    }

    /// The customer's own attributes that it asks for: as typed, and as compared.
    fn own_attributes(&self) -> Vec<(&str, &str)> {
        Vec::new()
    }

    /// What of such an attribute is asked for in vain, when customers have `values` of it.
    fn unmet<'c>(&'c self, _key: &str, _values: &OwnValues) -> Vec<Unmet<'c>> {
        Vec::new()
    }

    /// Whether it asks for a share of users, so that `PercentKey` says whom it holds for.
    fn splits_users(&self) -> bool {
        false
    }

    /// Whether only the clock decides it.
    fn is_of_time(&self) -> bool {
        false
    }

    /// The moments after `from` and before `until` at which the clock may change what it says.
    fn changes(&self, _from: DateTime<Utc>, _until: DateTime<Utc>) -> Vec<DateTime<Utc>> {
        Vec::new()
    }

    /// Which requests it leaves.
    fn reach(&self) -> Reach<'_> {
        Reach::Anyone
    }

    /// The hours in it.
    fn hours(&self) -> Option<&Arc<hours::Hours>> {
        None
    }

    /// Whether this kind, whenever it holds, makes `other` hold too. `false` = nobody knows.
    fn is_within(&self, _other: &dyn Any) -> bool {
        false
    }

    /// Whether nobody is in what this kind lists and in what `other` lists too. `false` = somebody
    /// may be.
    fn is_apart(&self, _other: &dyn Any) -> bool {
        false
    }

    /// The maps of conditions in it, of which one must hold.
    fn maps(&self) -> &[Vec<Condition>] {
        &[]
    }

    /// Why it (or its negation) can never hold again from `now` on, whoever asks; `None` = it can.
    fn never_holds(&self, _negated: bool, _now: DateTime<Utc>) -> Option<&'static str> {
        None
    }

    /// What its dates and calendars mean, for the row's editor; times are shown in `zone`.
    fn meaning(&self, _zone: Zone) -> Option<String> {
        None
    }

    /// What its own hours say at `now`, for the row's editor.
    fn at(&self, _now: DateTime<Utc>) -> Option<String> {
        None
    }
}

/// How a boxed condition is copied and packed; every [`Kind`] that is `Clone` and `Packed` has it.
pub trait Boxed {
    /// A copy in a box of its own.
    fn copied(&self) -> Box<dyn Kind>;

    /// Writes it.
    fn pack_boxed(&self, to: &mut Packer);
}

impl<K: Kind + Clone + Packed + 'static> Boxed for K {
    fn copied(&self) -> Box<dyn Kind> {
        Box::new(self.clone())
    }

    fn pack_boxed(&self, to: &mut Packer) {
        self.pack(to);
    }
}

/// What a condition tests.
#[derive(Debug)]
pub struct Test(pub(super) Box<dyn Kind>);

impl Clone for Test {
    fn clone(&self) -> Self {
        Self(self.0.as_ref().copied())
    }
}

impl Test {
    /// The condition behind it.
    pub fn kind(&self) -> &dyn Kind {
        self.0.as_ref()
    }
}

/// One condition of a rule.
#[derive(Debug, Clone)]
pub struct Condition {
    /// The attribute's name, with `Not` when negated.
    pub attribute: &'static str,
    /// Whether the test must fail.
    pub negated: bool,
    /// What is tested.
    pub test: Test,
}

impl Condition {
    /// Whether it holds.
    pub fn holds(&self, asked: &Asked<'_>) -> Holds {
        let holds = self.test.kind().holds(asked);
        if self.negated { !holds } else { holds }
    }

    /// Whether it may hold for somebody at this moment, as far as the clock decides it.
    pub(crate) fn may_hold(&self, asked: &Asked<'_>) -> bool {
        self.test.kind().may_hold(self.negated, asked)
    }

    /// The condition itself, and those in it.
    pub fn each(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(self.test.kind().maps().iter().flatten())
    }

    /// The values that it compared.
    pub fn compared(&self, asked: &Asked<'_>) -> Compared {
        let compared = self.test.kind().compared(asked);
        if !self.negated {
            return compared;
        }
        Compared { expected: format!("not ({})", compared.expected), ..compared }
    }

    /// Whether `other` holds whenever this does, as far as the two say it by themselves.
    pub(crate) fn implies(&self, other: &Self) -> bool {
        match (self.negated, other.negated) {
            (false, false) => self.is_within(other),
            (true, true) => other.is_within(self),
            _ => false,
        }
    }

    /// Whether this one asks for nothing but what `other` takes away.
    pub(crate) fn is_taken_by(&self, other: &Self) -> bool {
        !self.negated && other.negated && self.is_within(other)
    }

    /// Whether what is tested here is within what `other` tests, whichever is negated.
    pub(crate) fn is_within(&self, other: &Self) -> bool {
        self.test.kind().is_within(other.test.kind())
    }

    /// How many entries it lists; 1 for what is no list.
    pub(crate) fn entries(&self) -> usize {
        self.test.kind().reach().entries()
    }

    /// Which requests it leaves. A negated condition leaves too many for an index.
    pub(crate) fn reach(&self) -> Reach<'_> {
        if self.negated { Reach::Anyone } else { self.test.kind().reach() }
    }
}
