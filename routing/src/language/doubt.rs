//! Codes of languages that are right, but surely were not meant.

use crate::text::{cut, name_key};

/// A warning about a code that is right, but looks like one that was not meant.
pub fn doubt(text: &str) -> Option<String> {
    let (is, meant) = match name_key(text).as_str() {
        "tw" => ("Twi, a language of Ghana", "`zh-TW` for Chinese as in Taiwan"),
        "ch" => ("Chamorro, a language of Guam", "`zh` for Chinese"),
        "se" => ("Northern Sami", "`sv` for Swedish"),
        "kn" => ("Kannada, a language of India", "`ko` for Korean"),
        "my" => ("Burmese", "`ms` for Malay"),
        "br" => ("Breton", "`pt-BR` for Portuguese as in Brazil"),
        "und" | "mul" | "zxx" => {
            return Some(format!(
                "`{}` stands for no one language, so perhaps no customer ever has it; write the \
                code of a language",
                cut(text)
            ));
        }
        "all" => {
            return Some(
                "`all` is Allar, a language of India; to ask for every language, remove the \
                condition"
                    .to_owned(),
            );
        }
        "any" => {
            return Some(
                "`any` is Anyin, a language of the Ivory Coast; to ask for every language, remove \
                the condition"
                    .to_owned(),
            );
        }
        _ => return None,
    };
    Some(format!("`{}` is {is}; write {meant}", cut(text)))
}
