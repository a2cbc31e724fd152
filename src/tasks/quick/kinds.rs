//! Recognises what kind of task a line names, by its verb, and which of its words may be a customer's name.

use crate::i18n::days::{Line, Word, listed, stem};
use crate::i18n::fold::search_key;
use crate::tasks::model::TaskKind;

/// Verbs, which decide the kind wherever they are in the line. Each list is one text, because all of it is sent to
/// every browser.
const VERBS: [(TaskKind, &str); 3] = [
    (TaskKind::Call, "ara arayalim arayacagim aranacak aramak telefon call phone ring"),
    (TaskKind::Visit, "ziyaret ziyarete ziyareti ugra ugrayacagim visit"),
    (TaskKind::Meeting, "gorus bulus meet"),
];
/// Nouns, which decide the kind if there is no verb.
const NOUNS: [(TaskKind, &str); 3] = [
    (TaskKind::Meeting, "toplanti toplantisi toplantiya gorusme gorusmesi randevu randevusu demo meeting"),
    (TaskKind::Quote, "teklif teklifi teklifini quote quotation offer proposal"),
    (TaskKind::Email, "eposta mail maili email mektup"),
];
/// Words that are never a name.
const SMALL: &str = "icin ile ve hakkinda gonder yolla yap hazirla et at al ver sor about with to the a an for and \
                     send make prepare of tekrar yeniden again back in on bir gun kontrol";
/// Words for other things that are done on a day.
const DONE: &str = "gonder yolla yap hazirla sor ver iste git gel hatirlat kes ode bitir yenile kontrol send make \
                    prepare check pay remind finish renew sunum ziyaret fatura lunch";

/// The first word of a key: "e-posta" is folded into two words.
fn head(key: &str) -> &str {
    match key {
        "e posta" | "e mail" | "e postayi" => "eposta",
        key => key.split(' ').next().unwrap_or_default(),
    }
}

fn found_in(table: [(TaskKind, &str); 3], line: &Line<'_>) -> Option<TaskKind> {
    let free = || line.words.iter().filter(|word| !word.used);
    table
        .into_iter()
        .find_map(|(kind, keys)| free().any(|word| listed(keys, head(&word.key))).then_some(kind))
}

fn is_kind(key: &str) -> bool {
    VERBS.iter().chain(&NOUNS).any(|(_, keys)| listed(keys, head(key)))
}

/// Whether the word says what is to be done: a day next to such a word is meant as a day.
pub(super) fn is_task_word(key: &str) -> bool {
    is_kind(key) || listed(DONE, key)
}

/// The kind of a line: by its verb, else by a noun.
pub(super) fn of(line: &Line<'_>) -> TaskKind {
    found_in(VERBS, line).or_else(|| found_in(NOUNS, line)).unwrap_or_default()
}

fn is_known(key: &str) -> bool {
    let first = head(key);
    listed(SMALL, first) || is_kind(key) || key.is_empty() || key.bytes().all(|byte| byte.is_ascii_digit())
}

/// The words to look up: those written like a name (with a capital letter, up to an apostrophe), else the first word
/// that could be one.
pub(super) fn name_in(line: &Line<'_>) -> String {
    let words: Vec<&Word<'_>> = line.words.iter().filter(|word| !word.used).collect();
    let looks = |word: &Word<'_>| {
        !is_known(&word.key) && (word.raw.starts_with(char::is_uppercase) || stem(word.raw) != word.raw)
    };
    let begins = words.iter().position(|word| looks(word));
    let run: Vec<&str> = match begins {
        Some(first) => {
            let mut run = Vec::new();
            for word in words[first..].iter().take_while(|word| looks(word)) {
                run.push(stem(word.raw));
                if stem(word.raw) != word.raw {
                    break;
                }
            }
            run
        }
        None => words.iter().filter(|word| !is_known(&word.key)).take(1).map(|word| stem(word.raw)).collect(),
    };
    let name = run.join(" ");
    // The search index needs three letters.
    if search_key(&name).chars().count() < 3 { String::new() } else { name }
}
