//! Words around a day or number in a line that show that it is no day: the name of a person, shop or street, an amount
//! or measure. Each list is one text, because all of it is sent to every browser.

use super::near::weekday_of;
use super::{Line, ending, stem};

/// Whether the list of keys, separated by blanks, contains this one.
#[must_use]
pub fn listed(list: &str, key: &str) -> bool {
    !key.is_empty() && list.split(' ').any(|one| one == key)
}

/// Titles after a person's name: "Cuma Bey" is a person.
const TITLES: &str = "bey beyi beye beyin beyle beyden hanim hanimi hanima hanimin hanimla hanimdan abi abiyi abiye \
                      abla ablayi ablaya usta ustayi ustaya hoca hocayi hocaya efendi efendiyi amca amcayi teyze \
                      teyzeyi dayi dayiyi";
const TITLES_BEFORE: &str = "sayin sn mr mrs ms dr av black cyber good";
/// Shops, streets and schools that are named after a day: "Salı Pazarı", "29 Ekim Caddesi".
const PLACES: &str = "cadde cad sokak sokag sk mahalle mah bulvar blv meydan park pastane market magaza avm carsi \
                      gazete okul lise ilkokul ortaokul anaokul kres kolej universite hastane kopru durag durak \
                      stad stadyum apartman apt plaza otel lokanta restoran kafe cafe kahve eczane belediye vakf \
                      dernek derneg ajans pazar kulub spor street avenue square road shop store bank";
/// Things that are named after a day or a time of day: "akşam yemeği", "cuma namazı".
const THINGS: &str =
    "yemegi yemegini namazi namazina tarihli numarali nolu sayili indirim indirimi indirimleri";
/// Things that are counted, units of measure, and words after the number of a thing.
const MEASURES: &str = "tl try lira liralik euro eur usd dolar dollar dollars sterlin kg kilo kiloluk gr gram ton \
                        tonluk g m m2 m3 mm cm km metre metrelik mt inc inch inclik lt litre litrelik l ml adet \
                        tane kw kwh w watt v volt amp amper hp beygir bar psi bin binlik milyon milyonluk milyar \
                        milyarlik puan puanlik yuzde percent oran orani oraninda olcek olcekli scale kat katli kisi \
                        kisilik dk dakika dakikalik saat saatlik gun gunluk sayfa paket koli kutu set takim cift x \
                        surum surumu surumune version model numara numarali no";

/// Whether the number before that word is an amount or a measure, and so neither a date nor a time.
#[must_use]
pub fn is_measure(line: &Line<'_>, at: usize) -> bool {
    listed(MEASURES, line.key(at)) || line.raw(at).starts_with(['₺', '€', '$', '%'])
}

pub fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Whether the words before that one are the beginning of a name: of a person, a place or a thing.
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
    // "20 Kasım faturası" is a compound with a possessive ending. In "Adresi" the s belongs to the word itself.
    let compound = |bare: &str| {
        bare.len() > 4
            && (bare.ends_with("si") || bare.ends_with("su"))
            && !listed("adresi ofisi tesisi servisi", bare)
    };
    let common = !capital && stem(line.raw(at)) == line.raw(at) && !(line.known)(key);
    // Endings that can follow the possessive.
    let ends = [
        "", "ni", "nu", "ne", "na", "nin", "nun", "nde", "nda", "nden", "ndan", "ndeki", "ndaki", "yla",
        "yle",
    ];
    ends.into_iter()
        .filter_map(|end| key.strip_suffix(end))
        .any(|bare| place(bare) || (common && compound(bare)))
}

/// Whether a title is before that word: "Sayın Cuma".
pub fn is_titled(line: &Line<'_>, at: usize) -> bool {
    listed(TITLES_BEFORE, line.key_before(at))
}

/// Whether the word before announces a day.
pub fn is_asked(line: &Line<'_>, at: usize) -> bool {
    listed("on by until till bu this", line.key_before(at))
}

/// Whether the words after a day confirm that it was one.
pub fn is_told(line: &Line<'_>, at: usize) -> bool {
    listed("gunu kadar tarihinde tarihine tarihi", line.key(at))
}

/// Whether the ending after an apostrophe is one for a day on which something happens: "Mart'ta", "20.11'e". `None`
/// without an ending.
pub fn is_day_ending(raw: &str) -> Option<bool> {
    ending(raw).map(|end| listed("de da te ta e a ye ya ne na", &end))
}

fn is_time(line: &Line<'_>, at: usize) -> bool {
    let raw = line.raw(at);
    let parts = "saat at sabah ogle oglen ogleden aksam morning noon afternoon evening";
    listed(parts, line.key(at))
        || (raw.starts_with(|c: char| c.is_ascii_digit()) && !is_measure(line, at + 1))
}

/// Whether the word can follow a day without being what the day counts, measures or names.
pub fn is_free_after(line: &Line<'_>, at: usize) -> bool {
    let Some(word) = line.words.get(at) else { return true };
    let name = is_capital(word.raw) || stem(word.raw) != word.raw;
    // An object in the accusative: "sözleşmeyi".
    let object =
        word.key.len() > 4 && word.key.ends_with(['i', 'u']) && word.key[..word.key.len() - 1].ends_with('y');
    let free = name || object || (line.known)(&word.key) || is_told(line, at) || is_time(line, at);
    !is_measure(line, at) && (word.used || free || weekday_of(&word.key).is_some())
}

/// The same for the word before a day.
pub fn is_free_before(line: &Line<'_>, at: usize) -> bool {
    let Some(word) = at.checked_sub(1).and_then(|at| line.words.get(at)) else { return true };
    let ends = word.raw.ends_with([',', ';', ':']);
    let free = (line.known)(&word.key) || weekday_of(&word.key).is_some() || stem(word.raw) != word.raw;
    word.used || ends || is_asked(line, at) || free
}
