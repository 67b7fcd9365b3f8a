//! Which of the eligible agents of a tier are answered, and in which order.

use crate::hash::Draw;
use crate::rows::rule::{Rule, Strategy};
use crate::session::Session;
use crate::snapshot::Member;

/// At most `rule.max_agents` of the eligible by `strategy`, the first choice first. Without a turn,
/// `round_robin` is `hash`.
pub(super) fn choose<'a>(
    strategy: Strategy,
    rule: &Rule,
    session: &Session,
    eligible: Vec<&'a Member>,
) -> Vec<&'a Member> {
    let draw = match strategy {
        Strategy::Sticky => Draw::user(&session.client_user_id),
        Strategy::All | Strategy::Hash | Strategy::BestSkill | Strategy::RoundRobin => {
            Draw::session(&session.session_id)
        }
    };
    let skill = |member: &Member| match strategy {
        Strategy::BestSkill => {
            rule.need_skills.iter().map(|(name, _)| u64::from(member.agent.proficiency(name))).sum()
        }
        Strategy::All | Strategy::Hash | Strategy::Sticky | Strategy::RoundRobin => 0,
    };
    let mut ranked: Vec<(std::cmp::Reverse<u64>, f64, &Member)> = eligible
        .into_iter()
        .map(|member| {
            (std::cmp::Reverse(skill(member)), draw.score(member.hash, member.agent.weight), member)
        })
        .collect();
    // The id settles equal scores, so that the order never depends on the order of the rows.
    let order = |a: &(std::cmp::Reverse<u64>, f64, &Member),
                 b: &(std::cmp::Reverse<u64>, f64, &Member)| {
        a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then_with(|| a.2.agent.id.cmp(&b.2.agent.id))
    };
    if ranked.len() > rule.max_agents {
        ranked.select_nth_unstable_by(rule.max_agents, order);
        ranked.truncate(rule.max_agents);
    }
    ranked.sort_unstable_by(order);
    ranked.into_iter().map(|(_, _, member)| member).collect()
}
