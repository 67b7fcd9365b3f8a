//! The one loop that decides: it asks for what the decision needs, and decides again.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::first_match::decide;
use super::known::Step;
use super::trace::Tracer;
use super::{Decision, Known, Outcome, Question, Reason, Rotation, Trace, Wanted};
use crate::rows::Fact;

/// Most steps of a decision: what it can ask for, each once, and the last step.
const MAX_STEPS: usize = 6;

/// Most rules that the trace of a session without a rule names.
const SHORT_TRACE: usize = 20;

/// Where a decision gets what it knows beyond the snapshot: the customer, what is remembered, and
/// turns. A source that fails gives [`Fact::Unknown`], and the decision goes on without it.
pub trait FactSource {
    /// Reads all that is wanted into `known`, at the same time where that is possible. What was
    /// asked for must not stay [`Fact::NotRead`].
    fn read(&mut self, wanted: Wanted, known: &mut Known) -> impl Future<Output = ()> + Send;

    /// Takes a turn: places in the rotation's list of agents, the turn's own first.
    fn take_turn(&mut self, rotation: &Rotation) -> impl Future<Output = Fact<Vec<usize>>> + Send;
}

/// Facts that are known beforehand. What is not among them is unknown.
impl FactSource for Known {
    async fn read(&mut self, wanted: Wanted, known: &mut Known) {
        if wanted.customer {
            known.customer = given(&self.customer);
        }
        if wanted.earlier {
            known.earlier = given(&self.earlier);
        }
        if wanted.last_agent {
            known.last_agent = given(&self.last_agent);
        }
    }

    async fn take_turn(&mut self, _rotation: &Rotation) -> Fact<Vec<usize>> {
        given(&self.turn)
    }
}

/// The fact, or that it is unknown.
fn given<T: Clone>(fact: &Fact<T>) -> Fact<T> {
    if fact.is_not_read() { Fact::Unknown } else { fact.clone() }
}

/// How much of a decision's way is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tracing {
    /// The first rules, and only when no rule won.
    WithoutRule,
    /// Every rule.
    Full,
    /// Nothing. Every rule is tried in order, as for a trace, and the index of the rules is not
    /// used. The decision is the same: what compares the two asks for this.
    RuleByRule,
}

/// A decision, how it came about, and what was known.
#[derive(Debug, Clone)]
pub struct Decided {
    /// Who answers.
    pub decision: Decision,
    /// The rules tried, as far as that was wanted.
    pub trace: Option<Trace>,
    /// What was read for it.
    pub known: Known,
}

/// Decides, with the facts of `source`.
pub async fn run(
    question: &Question<'_>,
    source: &mut impl FactSource,
    tracing: Tracing,
) -> Decided {
    let mut known = Known::default();
    for _ in 0..MAX_STEPS {
        let mut tracer = match tracing {
            Tracing::WithoutRule | Tracing::Full => Tracer::off(),
            Tracing::RuleByRule => Tracer::first(0),
        };
        match decide(question, &known, &mut tracer) {
            Step::Read(wanted) => source.read(wanted, &mut known).await,
            Step::TakeTurn(rotation) => known.turn = source.take_turn(&rotation).await,
            Step::Decided(decision) => {
                let trace = trace(question, &known, &decision, tracing);
                return Decided { decision, trace, known };
            }
        }
    }
    // Not reached as long as each fact is asked for once.
    let decision = Decision::fallback(Reason::Fault, question.default_group);
    Decided { decision, trace: None, known }
}

/// The same with a source that never waits, such as one in memory.
pub fn run_ready(
    question: &Question<'_>,
    source: &mut impl FactSource,
    tracing: Tracing,
) -> Decided {
    let mut deciding = pin!(run(question, source, tracing));
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(decided) = deciding.as_mut().poll(&mut context) {
            return decided;
        }
    }
}

/// Decides once more by the same facts, and writes down how.
fn trace(
    question: &Question<'_>,
    known: &Known,
    decision: &Decision,
    tracing: Tracing,
) -> Option<Trace> {
    let without_rule = matches!(decision.outcome, Outcome::DefaultGroup | Outcome::NoMatch);
    let mut tracer = match tracing {
        Tracing::Full => Tracer::on(),
        Tracing::WithoutRule if without_rule => Tracer::first(SHORT_TRACE),
        Tracing::WithoutRule | Tracing::RuleByRule => return None,
    };
    decide(question, known, &mut tracer);
    let trace = tracer.finish();
    Some(match tracing {
        Tracing::Full => trace.with_asides(question.snapshot),
        Tracing::WithoutRule | Tracing::RuleByRule => trace,
    })
}
