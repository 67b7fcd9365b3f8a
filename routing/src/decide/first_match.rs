//! First match with overflow, over all rules or over those that may match this user.

use super::decision::{Decision, Outcome, Reason};
use super::known::{Known, Step};
use super::question::Question;
use super::trace::Tracer;
use super::tried::{Passed, Tried};
use super::try_rule::try_rule;
use crate::snapshot::LinkedRule;

/// Decides who answers.
///
/// Asks for the customer, for what is remembered and for a turn only when a rule gets as far as to
/// need it.
pub(super) fn decide(question: &Question<'_>, known: &Known, tracer: &mut Tracer) -> Step {
    // A trace has every rule; else those are passed over that cannot match this user.
    if tracer.is_on() {
        return first_match(question.snapshot.rules().iter(), question, known, tracer);
    }
    let Question { snapshot, session, now, .. } = *question;
    let candidates = snapshot.candidates(session, &known.customer, now);
    first_match(candidates, question, known, tracer)
}

/// The first of the rules that answers.
fn first_match<'a>(
    rules: impl Iterator<Item = &'a LinkedRule>,
    question: &Question<'a>,
    known: &Known,
    tracer: &mut Tracer,
) -> Step {
    let mut reason = Reason::NoRuleMatched;
    for linked in rules {
        let tried = try_rule(linked, question, known, tracer);
        tracer.rule(&linked.rule.id, &tried, &question.asked(known));
        match tried {
            Tried::Passed(Passed::Condition(_)) => {}
            Tried::Passed(Passed::NobodyEligible) => reason = Reason::NobodyEligible,
            Tried::Wants(wanted) => return Step::Read(wanted),
            Tried::Turn(rotation) => return Step::TakeTurn(rotation),
            Tried::Won(decision) => return Step::Decided(decision),
        }
    }
    let default_group = question.default_group;
    let outcome = if default_group.is_some() { Outcome::DefaultGroup } else { Outcome::NoMatch };
    Step::Decided(Decision::without_rule(outcome, reason, default_group))
}
