//! What the reader chose before, kept by the browser. Where it may not be kept, everything works without.

use crate::embed::asked;
use cutline_session::{Lang, Text};
use web_sys::Storage;

const LANGUAGE: &str = "cutline.language";
const THEME: &str = "cutline.theme";

/// The colours of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    System,
    Light,
    Dark,
}

impl Theme {
    fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub(crate) fn label(self) -> Text {
        match self {
            Self::System => Text::ThemeAuto,
            Self::Light => Text::ThemeLight,
            Self::Dark => Text::ThemeDark,
        }
    }

    pub(crate) fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    pub(crate) fn apply(self) {
        let document = web_sys::window().and_then(|window| window.document());
        if let Some(root) = document.and_then(|document| document.document_element()) {
            _ = root.set_attribute("data-theme", self.name());
        }
    }

    pub(crate) fn remember(self) {
        keep(THEME, self.name());
    }
}

/// The colours that the address asks for (`theme=dark`), or else those chosen before.
pub(crate) fn theme() -> Theme {
    match asked("theme").or_else(|| kept(THEME)).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

/// The language that the address asks for, the one chosen before, or else the browser's.
pub(crate) fn language() -> Lang {
    let spoken = || kept(LANGUAGE).or_else(|| web_sys::window()?.navigator().language());
    language_asked().unwrap_or_else(|| spoken().map_or(Lang::En, |tag| of_tag(&tag)))
}

/// The language that the address asks for: `lang=zh`.
pub(crate) fn language_asked() -> Option<Lang> {
    asked("lang").map(|tag| of_tag(&tag))
}

fn of_tag(tag: &str) -> Lang {
    if tag.starts_with("zh") { Lang::Zh } else { Lang::En }
}

pub(crate) fn remember_language(lang: Lang) {
    keep(LANGUAGE, lang.tag());
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn kept(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

fn keep(key: &str, value: &str) {
    if let Some(storage) = storage() {
        // A full or forbidden store only means that the choice is not kept.
        _ = storage.set_item(key, value);
    }
}
