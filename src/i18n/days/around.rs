//! What stands around a day or a number in a line, and so tells that it is none: the name of a person, of a shop or a
//! street, an amount or a measure. Lists are one text each: they go to every browser.

use super::near::weekday_of;
use super::{Line, ending, stem};

/// Whether the list, of keys between blanks, holds this one.
#[must_use]
pub fn listed(list: &str, key: &str) -> bool {
    !key.is_empty() && list.split(' ').any(|one| one == key)
}

/// Whoever is called so is a person: "Cuma Bey".
const TITLES: &str = "bey beyi beye beyin beyle beyden hanim hanimi hanima hanimin hanimla hanimdan abi abiyi abiye \
                      abla ablayi ablaya usta ustayi ustaya hoca hocayi hocaya efendi efendiyi amca amcayi teyze \
                      teyzeyi dayi dayiyi";
const TITLES_BEFORE: &str = "sayin sn mr mrs ms dr av black cyber good";
/// What is a shop, a street, a school after a day's name: "Salı Pazarı", "29 Ekim Caddesi".
const PLACES: &str = "cadde cad sokak sokag sk mahalle mah bulvar blv meydan park pastane market magaza avm carsi \
                      gazete okul lise ilkokul ortaokul anaokul kres kolej universite hastane kopru durag durak \
                      stad stadyum apartman apt plaza otel lokanta restoran kafe cafe kahve eczane belediye vakf \
                      dernek derneg ajans pazar kulub spor street avenue square road shop store bank";
/// What a day gives its name to: "akşam yemeği", "cuma namazı".
const THINGS: &str =
    "yemegi yemegini namazi namazina tarihli numarali nolu sayili indirim indirimi indirimleri";
/// What is counted or measured, or follows the number of a thing.
const MEASURES: &str = "tl try lira liralik euro eur usd dolar dollar dollars sterlin kg kilo kiloluk gr gram ton \
                        tonluk g m m2 m3 mm cm km metre metrelik mt inc inch inclik lt litre litrelik l ml adet \
                        tane kw kwh w watt v volt amp amper hp beygir bar psi bin binlik milyon milyonluk milyar \
                        milyarlik puan puanlik yuzde percent oran orani oraninda olcek olcekli scale kat katli kisi \
                        kisilik dk dakika dakikalik saat saatlik gun gunluk sayfa paket koli kutu set takim cift x \
                        surum surumu surumune version model numara numarali no";

/// Whether a number before that place is an amount, a measure or a share, so no date and no time.
#[must_use]
pub fn is_measure(line: &Line<'_>, at: usize) -> bool {
    listed(MEASURES, line.key(at)) || line.raw(at).starts_with(['₺', '€', '$', '%'])
}

pub fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Whether what ends before that place is the beginning of a name, of a person, a place or a thing.
#[must_use]
pub fn is_name_of(line: &Line<'_>, at: usize) -> bool {
    let key = line.key(at);
    if listed(TITLES, key) || listed(THINGS, key) {
        return true;
    }
    let capital = is_capital(line.raw(at));
    let place = |bare: &str| {
        let end = |place| {
            bare.strip_prefix(place)
                .is_some_and(|end| listed("i u si su", end) || (capital && end.is_empty()))
        };
        PLACES.split(' ').any(end)
    };
    // "20 Kasım faturası": the possessive of a compound. "Adresi" has an s of its own.
    let compound = |bare: &str| {
        bare.len() > 4
            && (bare.ends_with("si") || bare.ends_with("su"))
            && !listed("adresi ofisi tesisi servisi", bare)
    };
    let common = !capital && stem(line.raw(at)) == line.raw(at) && !(line.known)(key);
    // What a possessive carries on its end.
    let ends = [
        "", "ni", "nu", "ne", "na", "nin", "nun", "nde", "nda", "nden", "ndan", "ndeki", "ndaki", "yla",
        "yle",
    ];
    ends.into_iter()
        .filter_map(|end| key.strip_suffix(end))
        .any(|bare| place(bare) || (common && compound(bare)))
}

/// Whether a name's title stands before that place: "Sayın Cuma".
pub fn is_titled(line: &Line<'_>, at: usize) -> bool {
    listed(TITLES_BEFORE, line.key_before(at))
}

/// Whether somebody says before that place that a day comes.
pub fn is_asked(line: &Line<'_>, at: usize) -> bool {
    listed("on by until till bu this", line.key_before(at))
}

/// Whether the words after a day say that it was one.
pub fn is_told(line: &Line<'_>, at: usize) -> bool {
    listed("gunu kadar tarihinde tarihine tarihi", line.key(at))
}

/// Whether the ending behind an apostrophe is that of a day on which something is: "Mart'ta", "20.11'e".
pub fn is_day_ending(raw: &str) -> Option<bool> {
    ending(raw).map(|end| listed("de da te ta e a ye ya ne na", &end))
}

fn is_time(line: &Line<'_>, at: usize) -> bool {
    let raw = line.raw(at);
    let parts = "saat at sabah ogle oglen ogleden aksam morning noon afternoon evening";
    listed(parts, line.key(at))
        || (raw.starts_with(|c: char| c.is_ascii_digit()) && !is_measure(line, at + 1))
}

/// Whether the word at that place can stand behind a day without being what is counted, measured or named by it.
pub fn is_free_after(line: &Line<'_>, at: usize) -> bool {
    let Some(word) = line.words.get(at) else { return true };
    let name = is_capital(word.raw) || stem(word.raw) != word.raw;
    // What something is done to: "sözleşmeyi".
    let object =
        word.key.len() > 4 && word.key.ends_with(['i', 'u']) && word.key[..word.key.len() - 1].ends_with('y');
    let free = name || object || (line.known)(&word.key) || is_told(line, at) || is_time(line, at);
    !is_measure(line, at) && (word.used || free || weekday_of(&word.key).is_some())
}

/// The same for the word before.
pub fn is_free_before(line: &Line<'_>, at: usize) -> bool {
    let Some(word) = at.checked_sub(1).and_then(|at| line.words.get(at)) else { return true };
    let ends = word.raw.ends_with([',', ';', ':']);
    let free = (line.known)(&word.key) || weekday_of(&word.key).is_some() || stem(word.raw) != word.raw;
    word.used || ends || is_asked(line, at) || free
}
