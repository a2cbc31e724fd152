//! Light, dark, or the system's theme: an attribute of `<html>` that the server writes, so that the page never flashes.

use super::browser;
use serde::{Deserialize, Serialize};

/// The name of the cookie that holds [`Theme::code`].
pub const COOKIE: &str = "theme";

/// The choice of a palette.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The value of `data-theme` and of the cookie.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Anything unknown is [`Theme::System`].
    #[must_use]
    pub fn parse(code: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.code() == code).unwrap_or_default()
    }
}

/// Applies the theme at once; this browser remembers it. Call from an event handler.
pub fn apply_theme(theme: Theme) {
    browser::set_root("data-theme", theme.code());
    browser::set_cookie(COOKIE, theme.code());
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    const TOKENS: &str = include_str!("../../style/tokens.css");

    /// The colours of a palette by name.
    fn colours(css: &str) -> BTreeMap<&str, [f64; 3]> {
        let lines = css
            .lines()
            .filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": #"));
        lines
            .filter_map(|(name, hex)| {
                let part = |at: usize| {
                    u8::from_str_radix(hex.get(at..at + 2)?, 16).ok().map(|byte| f64::from(byte) / 255.0)
                };
                Some((name, [part(0)?, part(2)?, part(4)?]))
            })
            .collect()
    }

    fn palettes() -> (&'static str, &'static str, &'static str) {
        let (light, rest) =
            TOKENS.split_once(":root[data-theme=\"dark\"]").expect("the dark palette by choice");
        let (by_choice, by_system) =
            rest.split_once("@media (prefers-color-scheme: dark)").expect("and by the system");
        (light, by_choice, by_system)
    }

    fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
        let light = |colour: [f64; 3]| {
            let [r, g, b] =
                colour.map(|c| if c <= 0.039_28 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
            0.2126 * r + 0.7152 * g + 0.0722 * b
        };
        let (one, other) = (light(one) + 0.05, light(other) + 0.05);
        (one / other).max(other / one)
    }

    #[test]
    fn both_dark_palettes_are_one() {
        let (_, by_choice, by_system) = palettes();
        assert_eq!(colours(by_choice), colours(by_system));
    }

    #[test]
    fn text_can_be_read_on_every_ground() {
        let (light, dark, _) = palettes();
        for palette in [colours(light), colours(dark)] {
            let check = |ink: &str, ground: &str, least: f64| {
                let ratio = contrast(palette[ink], palette[ground]);
                assert!(ratio >= least, "{ink} on {ground}: {ratio:.2}");
            };
            for ground in ["desk", "paper", "card"] {
                for ink in ["ink", "ink-2", "ink-3", "accent", "ok", "warn", "bad"] {
                    check(ink, ground, 4.5);
                }
                check("edge", ground, 3.0);
            }
            for tint in ["accent", "ok", "warn", "bad"] {
                check(tint, &format!("{tint}-soft"), 4.5);
                check("ink-2", &format!("{tint}-soft"), 4.5);
            }
            check("on-accent", "accent", 4.5);
            for tone in 1..=6 {
                check(&format!("tone-{tone}-ink"), &format!("tone-{tone}"), 4.5);
            }
        }
    }
}
