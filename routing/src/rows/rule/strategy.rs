//! `Strategy`: how agents are chosen.

use super::closed::expected;
use crate::packed::packed_enum;
use crate::rows::Context;
use crate::rows::reader::{Empty, RowReader};
use crate::text::name_key;

/// How agents are chosen among the eligible of a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Strategy {
    /// Every eligible agent.
    #[default]
    All,
    /// Weighted rendezvous hash of `SessionId`.
    Hash,
    /// The same over `ClientUserId`.
    Sticky,
    /// Highest sum of the needed proficiencies.
    BestSkill,
    /// Exact weighted rotation, with its state in the assignments table.
    RoundRobin,
}

packed_enum!(Strategy { 0 = All, 1 = Hash, 2 = Sticky, 3 = BestSkill, 4 = RoundRobin });

impl Strategy {
    /// Every strategy.
    pub const ALL: [Self; 5] =
        [Self::All, Self::Hash, Self::Sticky, Self::BestSkill, Self::RoundRobin];

    /// The strategy of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|strategy| strategy.name() == name)
    }

    /// The name in rows and records.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Hash => "hash",
            Self::Sticky => "sticky",
            Self::BestSkill => "best_skill",
            Self::RoundRobin => "round_robin",
        }
    }
}

/// What people call the strategies.
const WORDS: [(&str, &str); 13] = [
    ("rr", "round_robin"),
    ("rotation", "round_robin"),
    ("rotate", "round_robin"),
    ("순환", "round_robin"),
    ("라운드로빈", "round_robin"),
    ("라운드 로빈", "round_robin"),
    ("轮询", "round_robin"),
    ("輪詢", "round_robin"),
    ("ラウンドロビン", "round_robin"),
    ("everyone", "all"),
    ("전체", "all"),
    ("全部", "all"),
    ("best", "best_skill"),
];

/// All names, as a finding tells them.
fn names() -> String {
    let names = Strategy::ALL.map(|strategy| format!("`{}`", strategy.name()));
    let [first @ .., last] = &names;
    format!("{} or {last}", first.join(", "))
}

/// Reads `Strategy`. Notes every finding.
pub(super) fn strategy(reader: &mut RowReader<'_>, context: &Context<'_>) -> Strategy {
    let Some(text) = reader.text_of("Strategy", Empty::IsAbsent, &names) else {
        return Strategy::default();
    };
    let Some(strategy) = Strategy::from_name(&name_key(text)) else {
        let known = Strategy::ALL.map(Strategy::name);
        let message = expected(&format!("expected {}", names()), text, &known, &WORDS);
        reader.error("Strategy", message);
        return Strategy::default();
    };
    match strategy {
        Strategy::BestSkill if !reader.has("NeedSkills") && !reader.is_misspelt("NeedSkills") => {
            reader.error(
                "Strategy",
                "`best_skill` compares the skills in `NeedSkills`, and there are none; add \
                `NeedSkills` such as `[\"billing\"]`, or write `hash` here",
            );
        }
        Strategy::RoundRobin if !context.defaults.assignments => {
            reader.error(
                "Strategy",
                "`round_robin` needs the assignments table, but ASSIGNMENTS_TABLE is not set; set \
                it, or write `hash` here",
            );
        }
        _ => {}
    }
    strategy
}
