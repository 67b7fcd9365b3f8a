//! Words of other languages, and short ones, for attributes of customers.

/// The attribute of ours that a word (as names are compared) may mean. Others may mean one of their
/// own by it.
pub(super) fn ours(key: &str) -> Option<&'static str> {
    Some(match key {
        "세그먼트" | "고객 세그먼트" | "セグメント" | "客户分组" | "细分" => {
            "Segments"
        }
        "언어" | "语言" | "語言" | "言語" | "sprache" | "lang" | "locale" => "Language",
        "담당자" | "담당 상담원" | "负责人" | "負責人" | "担当者" | "担当" => {
            "Owner"
        }
        "만료일" | "만료" | "到期日" | "过期时间" | "過期時間" | "有効期限" | "ttl" | "expiry" => {
            "ExpiresAt"
        }
        _ => return None,
    })
}
