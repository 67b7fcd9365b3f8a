//! Other words for attributes, and for notes.

use crate::rows::table::Table;
use crate::text::name_key;

/// Whether a name surely stands for a note: `Comment`, `notes`, `비고`.
pub(super) fn is_for_a_note(name: &str) -> bool {
    const NOTES: [&str; 22] = [
        "note",
        "notes",
        "name",
        "names",
        "description",
        "desc",
        "comment",
        "comments",
        "remark",
        "remarks",
        "memo",
        "비고",
        "메모",
        "설명",
        "이름",
        "备注",
        "備註",
        "说明",
        "名称",
        "備考",
        "メモ",
        "説明",
    ];
    let key = letters(name);
    key.is_empty() || NOTES.contains(&key.as_str())
}

/// The letters and digits of a name, as names are compared: `Client-IPs` as `clientips`.
pub(super) fn letters(name: &str) -> String {
    name_key(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Names that are spelt nearly like an attribute, and mean another thing.
pub(super) fn means_another(name: &str) -> bool {
    const OTHERS: [&str; 6] =
        ["minagents", "ifanybody", "invalidfrom", "invaliduntil", "unabled", "agentips"];
    let key = letters(name);
    OTHERS.contains(&key.as_str())
}

/// The attribute that other words stand for, in English and in the languages of the console's
/// readers.
pub(super) fn alias(table: Table, name: &str) -> Option<&'static str> {
    let key = letters(name);
    let meant = match (table, key.as_str()) {
        (Table::Rules, "group" | "groupid" | "agentgroup") => "AgentGroupId",
        (Table::Rules, "agents" | "agent" | "agentid") => "AgentIds",
        (Table::Rules, "exceptagent" | "exceptagentids" | "notagents" | "notagentids") => {
            "ExceptAgents"
        }
        (Table::Rules, "skills" | "skill" | "needskill" | "requiredskills") => "NeedSkills",
        (
            Table::Rules,
            "users" | "userids" | "userid" | "clientuserid" | "clientid" | "clientids",
        ) => "ClientUserIds",
        (Table::Rules, "notusers" | "notuserids" | "notuserid" | "notclientuserid") => {
            "NotClientUserIds"
        }
        (Table::Rules, "clientuseridprefix" | "userprefix" | "useridprefix" | "useridprefixes") => {
            "ClientUserIdPrefixes"
        }
        (
            Table::Rules,
            "clientuseridregex" | "userpattern" | "useridpattern" | "userregex" | "useridregex",
        ) => "ClientUserIdPattern",
        (Table::Rules, "ip" | "ips" | "clientip" | "iprange" | "ipranges" | "ipaddress") => {
            "ClientIps"
        }
        (Table::Rules, "customerservice" | "customerserviceaccounts") => "CustomerServiceIds",
        (Table::Rules, "appid" | "appids") => "SdkAppIds",
        (Table::Rules, "excludeplatforms") => "NotPlatforms",
        (Table::Rules, "from" | "startdate" | "start" | "startsat" | "validsince" | "시작일") => {
            "ValidFrom"
        }
        (
            Table::Rules,
            "until" | "to" | "enddate" | "end" | "endsat" | "validto" | "validtill" | "expires"
            | "expiresat" | "expiry" | "종료일",
        ) => "ValidUntil",
        (Table::Rules, "priorität" | "prio" | "우선순위" | "优先级" | "優先順位") => {
            "Priority"
        }
        (Table::Rules, "percentage") => "Percent",
        (Table::Rules, "max" | "maxagentcount" | "maxcount") => "MaxAgents",
        (Table::Rules, "preferred" | "preference" | "preferences") => "Prefer",
        (Table::Rules, "ifnoone" | "ifnoagent" | "ifnoagents") => "IfNobody",
        (Table::Rules, "플랫폼" | "平台" | "プラットフォーム") => "Platforms",
        (Table::Rules, "세그먼트" | "セグメント") => "Segments",
        (Table::Rules, "언어" | "语言" | "語言" | "言語") => "Languages",
        (
            Table::Rules | Table::Calendars,
            "openinghours" | "businesshours" | "schedule" | "영업시간" | "운영시간" | "营业时间"
            | "營業時間" | "営業時間",
        ) => "Hours",
        (Table::Rules, "shift" | "shifts" | "calendar") => "Hours",
        (Table::Rules, "lang" | "language") => "Languages",
        (
            Table::Agents,
            "hours" | "shift" | "schedule" | "workinghours" | "calendar" | "근무시간" | "上班时间"
            | "勤務時間",
        ) => "Shifts",
        (
            Table::Agents,
            "leave" | "vacation" | "holidays" | "holiday" | "closeddates" | "휴가" | "请假"
            | "休假" | "休暇",
        ) => "Away",
        (Table::Calendars, "closed" | "holidays" | "closeddays" | "away") => "ClosedDates",
        (Table::Calendars, "shifts" | "shift") => "Hours",
        (Table::Calendars, "opendates") => "SpecialDates",
        (_, "active" | "isactive" | "isenabled" | "사용여부" | "启用" | "有効") => {
            "Enabled"
        }
        (_, "tz" | "zone" | "시간대" | "时区" | "時區" | "タイムゾーン") => "TimeZone",
        (Table::Rules, "noneof" | "nor") => "NotAnyOf",
        (Table::Rules, "oneof" | "or" | "either") => "AnyOf",
        // A rule's `Country` may be that of its customers.
        (Table::Agents | Table::Calendars, "country") => "HolidayCountry",
        _ => return None,
    };
    Some(meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_other_languages() {
        for (table, name, meant) in [
            (Table::Rules, "우선순위", Some("Priority")),
            (Table::Rules, "Prio", Some("Priority")),
            (Table::Rules, "End", Some("ValidUntil")),
            (Table::Rules, "营业时间", Some("Hours")),
            (Table::Agents, "휴가", Some("Away")),
            (Table::Agents, "Calendar", Some("Shifts")),
            (Table::Calendars, "时区", Some("TimeZone")),
            (Table::Rules, "휴가", None),
            (Table::Rules, "Country", None),
        ] {
            assert_eq!(alias(table, name), meant, "{name}");
        }
    }

    #[test]
    fn names_of_notes() {
        for name in ["note", "Comments", "#comment", "//", "비고", "备注", "name"] {
            assert!(is_for_a_note(name), "{name}");
        }
        for name in ["Noted", "Country", "Title", "플랫폼"] {
            assert!(!is_for_a_note(name), "{name}");
        }
    }
}
