//! What the hook must know: which version to ask, and by which locks.

use routing::rows::Table;

use crate::settings::Settings;

/// The settings of the hook.
#[derive(Debug)]
pub struct ProbeSettings {
    /// Whom to ask and how, or in one line without secrets why that cannot be: CodeDeploy must be
    /// told all the same.
    pub asked: Result<AskedVersion, String>,
    /// `AWS_REGION`
    pub region: Option<String>,
    /// `AWS_ENDPOINT_URL_LAMBDA`
    pub lambda_endpoint: Option<String>,
    /// `AWS_ENDPOINT_URL_CODEDEPLOY`
    pub code_deploy_endpoint: Option<String>,
}

/// Whom to ask, and by which locks.
#[derive(Debug)]
pub struct AskedVersion {
    /// `WEBHOOK_VERSION`: the new version.
    pub version: FunctionVersion,
    /// The webhook's own settings, as far as its locks go.
    pub webhook: Settings,
}

/// A published version of a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionVersion {
    /// Letters, digits, `-` and `_`; out of the ARN.
    pub function: String,
    /// The version's number.
    pub number: u64,
}

impl FunctionVersion {
    /// Reads the ARN of a version.
    pub fn parse(arn: &str) -> Option<Self> {
        let parts: Vec<&str> = arn.split(':').collect();
        let ["arn", _, "lambda", _, _, "function", function, number] = parts.as_slice() else {
            return None;
        };
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let is_name = !function.is_empty() && function.chars().all(plain);
        let number = number.parse().ok().filter(|_| is_name)?;
        Some(Self { function: (*function).to_owned(), number })
    }
}

impl AskedVersion {
    fn read(set: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let version = set("WEBHOOK_VERSION").as_deref().and_then(FunctionVersion::parse);
        let version = version.ok_or("WEBHOOK_VERSION: expected the ARN of a function's version")?;
        let webhook = Settings::read(|name| match name {
            // It reads no table.
            name if [Table::Rules, Table::Agents].map(Table::variable).contains(&name) => {
                Some("none".to_owned())
            }
            _ => set(name),
        });
        Ok(Self { version, webhook: webhook.map_err(|error| error.to_string())? })
    }
}

impl ProbeSettings {
    /// Reads settings by name.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
        let endpoint = |service: &str| {
            set(&format!("AWS_ENDPOINT_URL_{service}")).or_else(|| set("AWS_ENDPOINT_URL"))
        };
        Self {
            region: set("AWS_REGION"),
            lambda_endpoint: endpoint("LAMBDA"),
            code_deploy_endpoint: endpoint("CODEDEPLOY"),
            asked: AskedVersion::read(set),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_out_of_its_arn() {
        let arn = "arn:aws:lambda:us-east-1:123456789012:function:desk-router-Webhook_1:42";
        let version = FunctionVersion { function: "desk-router-Webhook_1".to_owned(), number: 42 };
        assert_eq!(FunctionVersion::parse(arn), Some(version));
        for none in [
            "",
            "arn:aws:lambda:us-east-1:123456789012:function:name",
            "arn:aws:lambda:us-east-1:123456789012:function:name:live",
            "arn:aws:lambda:us-east-1:123456789012:function:name:$LATEST",
            "arn:aws:lambda:us-east-1:123456789012:function::1",
            "arn:aws:lambda:us-east-1:123456789012:function:a/../b:1",
            "arn:aws:lambda:us-east-1:123456789012:layer:name:1",
            "arn:aws:lambda:us-east-1:123456789012:function:name:1:2",
        ] {
            assert_eq!(FunctionVersion::parse(none), None, "{none}");
        }
    }

    #[test]
    fn it_needs_a_version_and_locks() {
        let read = |version: &str, tokens: &str| {
            ProbeSettings::read(|name| match name {
                "WEBHOOK_VERSION" => Some(version.to_owned()),
                "SDK_APP_IDS" => Some("1400000000".to_owned()),
                "CALLBACK_TOKENS_PARAMETER" => Some(tokens.to_owned()),
                "AWS_ENDPOINT_URL" => Some("http://127.0.0.1:1".to_owned()),
                _ => None,
            })
        };
        let arn = "arn:aws:lambda:us-east-1:123456789012:function:name:1";
        let settings = read(arn, "/desk-router/tokens");
        assert_eq!(settings.lambda_endpoint.as_deref(), Some("http://127.0.0.1:1"));
        assert_eq!(settings.asked.unwrap().version.number, 1);
        let wrong = |version, tokens| read(version, tokens).asked.unwrap_err();
        assert!(wrong("name", "/desk-router/tokens").contains("WEBHOOK_VERSION"));
        assert!(wrong(arn, " ").contains("PATH_SECRET_HASHES"));
    }
}
