//! What of a finding may be logged where no line may hold an id of a user (`LOG_USER_IDS=false`).

use routing::rows::condition::names_users;
use routing::rows::{Finding, Table};

/// What stands in a line in place of what it must not tell.
const NOT_LOGGED: &str = "(not logged)";

/// A finding with no id of a user, and nothing out of a customer's row.
pub(super) fn without_user_ids(finding: &Finding) -> Finding {
    if names_nobody(finding) {
        return finding.clone();
    }
    let hidden = || NOT_LOGGED.to_owned();
    let is_of_customer = finding.table == Table::Customers;
    let attribute = |name: &String| match is_of_customer || is_known(finding.table, name) {
        true => name.clone(),
        false => hidden(),
    };
    Finding {
        key: if is_of_customer { hidden() } else { finding.key.clone() },
        attribute: finding.attribute.as_ref().map(attribute),
        found: finding.found.as_ref().map(|_| hidden()),
        message: format!("{NOT_LOGGED}: `cargo desk check` and the row's `_Check` say it"),
        ..finding.clone()
    }
}

/// Whether a finding can hold no id of a user. What somebody typed under a name that the table does
/// not have may be a misspelt condition on users.
fn names_nobody(finding: &Finding) -> bool {
    let about_users = |name: &str| finding.table == Table::Rules && names_users(name) == Some(true);
    let of_attribute = |name: &str| is_known(finding.table, name) && !about_users(name);
    finding.table != Table::Customers && finding.attribute.as_deref().is_none_or(of_attribute)
}

/// Whether rows of this table have an attribute of this name.
fn is_known(table: Table, attribute: &str) -> bool {
    attribute == table.key_attribute()
        || table.attributes().contains(&attribute)
        || (table == Table::Rules && names_users(attribute).is_some())
}

#[cfg(test)]
mod tests {
    use routing::rows::Severity;

    use super::*;

    fn finding(table: Table, key: &str, attribute: Option<&str>) -> Finding {
        Finding {
            severity: Severity::Error,
            table,
            key: key.to_owned(),
            attribute: attribute.map(str::to_owned),
            found: Some("user-1".to_owned()),
            message: "write `user-1`".to_owned(),
        }
    }

    #[test]
    fn what_is_about_users_keeps_its_attribute_alone() {
        for (table, attribute) in [
            (Table::Customers, "ExpiresAt"),
            (Table::Rules, "ClientUserIds"),
            (Table::Rules, "NotClientUserIdPattern"),
            (Table::Rules, "Customer"),
            (Table::Rules, "NotCustomerServiceIds"),
            (Table::Rules, "AnyOf"),
        ] {
            let key = if table == Table::Customers { "user-1" } else { "rule" };
            let shown = without_user_ids(&finding(table, key, Some(attribute)));
            assert_eq!(shown.attribute.as_deref(), Some(attribute));
            assert!(!format!("{shown:?}").contains("user-1"), "{shown:?}");
        }
    }

    /// A condition on users that is misspelt, or stands where it does not belong.
    #[test]
    fn what_no_table_has_is_not_told() {
        for (table, attribute) in [
            (Table::Rules, "ClientUserIDs"),
            (Table::Rules, "clientUserIds"),
            (Table::Rules, "ClientUsrIds"),
            (Table::Rules, "NotClientUsrIds"),
            (Table::Rules, "user-1"),
            (Table::Rules, "_user"),
            (Table::Agents, "ClientUserIDs"),
            (Table::Agents, "Users"),
            (Table::Calendars, "ClientUserIds"),
        ] {
            let shown = without_user_ids(&finding(table, "row", Some(attribute)));
            assert!(!format!("{shown:?}").contains("user-1"), "{shown:?}");
            assert_eq!(shown.key, "row");
        }
    }

    #[test]
    fn what_is_about_nobody_is_told() {
        for (table, attribute) in [
            (Table::Agents, Some("Shifts")),
            (Table::Agents, Some("AgentId")),
            (Table::Rules, Some("Priority")),
            (Table::Rules, Some("NotHours")),
            (Table::Rules, None),
        ] {
            let told = finding(table, "row", attribute);
            assert_eq!(without_user_ids(&told), told);
        }
    }
}
