//! The facts of one request for a human, as the rules see them.

use std::net::IpAddr;

use crate::address::canonical_ip;
use crate::text::{closest, name_key};

/// The platforms that Tencent documents for `OptPlatform`.
pub const PLATFORMS: [&str; 8] =
    ["RESTAPI", "Web", "Android", "iOS", "Windows", "Mac", "iPad", "Unknown"];

/// How platforms are compared: as names, `macOS` = `Mac`, missing = `Unknown`.
pub(crate) fn platform_key(platform: Option<&str>) -> String {
    match name_key(platform.unwrap_or_default()) {
        missing if missing.is_empty() => "unknown".to_owned(),
        mac if mac == "macos" => "mac".to_owned(),
        other => other,
    }
}

/// A warning about a platform in a row that Tencent does not document: nobody may ever have it.
pub(crate) fn platform_doubt(typed: &str) -> Option<String> {
    let key = platform_key(Some(typed));
    if PLATFORMS.iter().any(|known| platform_key(Some(known)) == key) {
        return None;
    }
    let doubt = "is not a platform that Tencent documents, so perhaps no user ever has it";
    Some(match platform_meant(&key).or_else(|| closest(&key, PLATFORMS)) {
        Some(meant) => format!("{doubt}; write `{meant}`"),
        None if is_every_platform(typed) => {
            "is not a platform; to ask for all of them, remove the condition".to_owned()
        }
        None => match platforms_meant(typed) {
            Some(several) => format!("{doubt}; write each as an entry of its own: {several}"),
            None => format!("{doubt}; write one of `{}`", PLATFORMS.join("`, `")),
        },
    })
}

/// Whether a word for all platforms was typed instead of one.
pub(crate) fn is_every_platform(typed: &str) -> bool {
    let words = ["all", "any", "*", "every", "everything", "전체", "모두", "全部", "所有"];
    words.contains(&platform_key(Some(typed)).as_str())
}

/// Several platforms typed as one, as they would be typed.
fn platforms_meant(typed: &str) -> Option<String> {
    let is_between = |c: char| c.is_whitespace() || matches!(c, '/' | '|' | '+' | '&' | '・');
    let parts = typed.split(is_between).filter(|part| !part.is_empty() && *part != "and");
    let known = parts.map(|part| {
        let key = platform_key(Some(part));
        let named = PLATFORMS.into_iter().find(|known| platform_key(Some(known)) == key);
        named.or_else(|| platform_meant(&key)).map(|known| format!("`{known}`"))
    });
    let known: Vec<String> = known.collect::<Option<_>>()?;
    (known.len() > 1).then(|| known.join(", "))
}

/// Other words for a platform, where it is certain which.
fn platform_meant(key: &str) -> Option<&'static str> {
    let key: String = key.chars().filter(|c| c.is_alphanumeric()).collect();
    // `iOS 17`, `Android 14`
    let name = key.trim_end_matches(|c: char| c.is_ascii_digit());
    let named = PLATFORMS.into_iter().find(|known| platform_key(Some(known)) == name);
    if let Some(named) = named.filter(|_| name.len() < key.len()) {
        return Some(named);
    }
    Some(match key.as_str() {
        "iphone" | "iphoneapp" | "iosapp" | "appleios" | "iphoneios" | "아이폰" | "苹果手机"
        | "蘋果手機" => "iOS",
        "ipados" | "ipadapp" | "아이패드" => "iPad",
        "androidphone" | "androidapp" | "androidos" | "aos" | "안드로이드" | "安卓"
        | "アンドロイド" => "Android",
        "browser" | "webbrowser" | "website" | "webapp" | "html5" | "h5" | "웹" | "웹사이트"
        | "网页" | "網頁" | "网站" | "ウェブ" => "Web",
        "win" | "win32" | "win64" | "win10" | "win11" | "windowspc" | "윈도우" | "윈도우즈"
        | "ウィンドウズ" => "Windows",
        "osx" | "macos" | "macosx" | "macbook" | "imac" | "macintosh" | "applemac" | "맥" => "Mac",
        "rest" | "api" | "server" => "RESTAPI",
        "none" | "unknow" | "undefined" | "other" | "未知" | "알수없음" => "Unknown",
        _ => return None,
    })
}

/// One user's request for a human.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// `SessionId`.
    pub session_id: String,
    /// `ClientUserId`.
    pub client_user_id: String,
    /// `EventTime`, in milliseconds since 1970: it identifies the event, it is no clock.
    pub event_time: i64,
    /// `CustomerServiceId`: the account that the user wrote to.
    pub customer_service_id: Option<String>,
    /// `SdkAppid`.
    pub sdk_app_id: u64,
    /// `OptPlatform` as sent.
    pub platform: Option<String>,
    /// `ClientIP`, when it is an address.
    pub client_ip: Option<IpAddr>,
    /// `OptPlatform` as compared.
    platform_key: String,
}

impl Session {
    /// A session of this user; everything else is absent.
    pub fn new(
        session_id: impl Into<String>,
        client_user_id: impl Into<String>,
        event_time: i64,
        sdk_app_id: u64,
    ) -> Self {
        Self {
            session_id: session_id.into(),
            client_user_id: client_user_id.into(),
            event_time,
            customer_service_id: None,
            sdk_app_id,
            platform: None,
            client_ip: None,
            platform_key: platform_key(None),
        }
    }

    /// The same session on a platform.
    #[must_use]
    pub fn on_platform(mut self, platform: Option<&str>) -> Self {
        self.platform_key = platform_key(platform);
        self.platform = platform.map(str::to_owned);
        self
    }

    /// The same session from an address; a text that is not an address counts as no address.
    #[must_use]
    pub fn from_ip(mut self, address: Option<&str>) -> Self {
        self.client_ip = address.and_then(canonical_ip);
        self
    }

    /// The same session with a customer-service account.
    #[must_use]
    pub fn with_customer_service(mut self, id: Option<String>) -> Self {
        self.customer_service_id = id;
        self
    }

    /// `OptPlatform` as compared, by [`platform_key`].
    pub(crate) fn platform_key(&self) -> &str {
        &self.platform_key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_platform_nobody_has_is_doubted() {
        assert!(platform_doubt("iphone").unwrap().ends_with("write `iOS`"));
        assert_eq!(platform_doubt("IOS"), None);
    }

    #[test]
    fn platforms_in_every_spelling() {
        for (typed, key) in [
            (None, "unknown"),
            (Some(" "), "unknown"),
            (Some("UNKNOWN"), "unknown"),
            (Some("macOS"), "mac"),
            (Some("MAC"), "mac"),
            (Some("ｉＯＳ"), "ios"),
            (Some("iPad"), "ipad"),
        ] {
            assert_eq!(platform_key(typed), key, "{typed:?}");
        }
    }

    #[test]
    fn an_undocumented_platform_is_doubtful() {
        for known in PLATFORMS.into_iter().chain(["macOS", "IOS", "web ", "restapi"]) {
            assert_eq!(platform_doubt(known), None, "{known}");
        }
        for (typed, write) in [
            ("Andriod", "write `Android`"),
            ("iphone", "write `iOS`"),
            ("Android phone", "write `Android`"),
            ("windows 11", "write `Windows`"),
            ("mac os x", "write `Mac`"),
            ("iOS 17", "write `iOS`"),
            ("Android 14", "write `Android`"),
            ("win11", "write `Windows`"),
            ("H5", "write `Web`"),
            ("i0S", "write one of `RESTAPI`"),
            ("mac os", "write `Mac`"),
            ("rest-api", "write `RESTAPI`"),
            ("pc", "write one of `RESTAPI`"),
            ("mobile", "write one of `RESTAPI`"),
            ("harmonyos", "write one of `RESTAPI`"),
        ] {
            let doubt = platform_doubt(typed).unwrap();
            assert!(doubt.contains(write), "{typed}: {doubt}");
        }
    }

    #[test]
    fn several_platforms_or_all_of_them() {
        for (typed, says) in [
            ("iOS/Android", "write each as an entry of its own: `iOS`, `Android`"),
            ("iphone and android", "of its own: `iOS`, `Android`"),
            ("iOS/fridge", "write one of"),
            ("all", "to ask for all of them, remove the condition"),
        ] {
            let doubt = platform_doubt(typed).unwrap();
            assert!(doubt.contains(says), "{typed}: {doubt}");
        }
    }
}
