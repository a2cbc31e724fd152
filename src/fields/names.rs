//! The labels of the fields in events, and the words for values that are codes. For the history, which knows a field
//! only by its key. Fields with a description in a `model` are not listed again here.

use super::model::{Field, Label};
use crate::activities::model::{ActivityKind, Direction, Outcome};
use crate::auth::model::{Role, Sees};
use crate::fields::own::shape::OwnShape;
use crate::i18n::Locale;
use crate::own_kinds::model::KindAccess;
use crate::tasks::model::TaskKind;
use crate::{customers, deals};

/// The built-in field with this key, of any kind of record.
#[must_use]
pub fn described(name: &str) -> Option<&'static Field> {
    customers::model::FIELDS.iter().chain(deals::model::FIELDS).find(|field| field.key == name)
}

/// The label of a field as cards show it; `None` for an unknown key, which the history leaves out.
#[must_use]
pub fn field(locale: Locale, name: &str) -> Option<&'static str> {
    if let Some(field) = described(name) {
        return match &field.label {
            Label::Word(word) => Some(word(locale.text())),
            Label::Own(_) => None,
        };
    }
    let names = FIELDS.iter().find(|(field, ..)| *field == name)?;
    Some(match locale {
        Locale::Tr => names.1,
        Locale::En => names.2,
    })
}

/// The key in events, and the label in Turkish and in English.
const FIELDS: [(&str, &str, &str); 49] = [
    ("owner", "Sorumlu", "Owner"),
    ("kind", "Tür", "Kind"),
    ("name", "Ad", "Name"),
    ("phones", "Telefon", "Phone"),
    ("emails", "E-posta", "E-mail"),
    ("tax_number", "Vergi no", "Tax number"),
    ("contacts", "Kişiler", "Contacts"),
    ("customer", "Müşteri", "Customer"),
    ("stage", "Aşama", "Stage"),
    ("title", "Başlık", "Title"),
    ("amount", "Tutar", "Amount"),
    ("currency", "Para birimi", "Currency"),
    ("product", "Ürün", "Product"),
    ("series", "Seri", "Series"),
    ("price", "Fiyat", "Price"),
    ("opened_on", "Açılış", "Opened"),
    ("closed_on", "Kapanış", "Closed"),
    ("lost_reason", "Kayıp nedeni", "Reason lost"),
    ("sees", "Görebildikleri", "Reach"),
    ("at", "Zaman", "Time"),
    ("due_on", "Gün", "Day"),
    ("due_at", "Saat", "Time"),
    ("deal", "Satış", "Deal"),
    ("person", "Yapan", "By"),
    ("contact", "Kiminle", "With whom"),
    ("direction", "Yön", "Direction"),
    ("outcome", "Sonuç", "Outcome"),
    ("result", "Kısaca sonuç", "Result"),
    ("content", "İçerik", "Content"),
    ("role", "Rol", "Role"),
    ("active", "Etkin", "Active"),
    ("under", "Birim", "Group"),
    ("language", "Dil", "Language"),
    ("email", "E-posta", "E-mail"),
    ("time_zone", "Saat dilimi", "Time zone"),
    ("status", "Anlamı", "Meaning"),
    ("color", "Renk", "Colour"),
    ("probability", "Olasılık", "Probability"),
    ("place", "Sıra", "Place"),
    ("handed_to", "Sorumlu", "Owner"),
    ("hint", "Açıklama", "Hint"),
    ("part", "Başlık", "Heading"),
    ("shape", "Tür", "Type"),
    ("choices", "Yanıtlar", "Answers"),
    ("required", "Zorunlu", "Required"),
    ("searched", "Aranır", "Searched"),
    ("listed", "Listede sütun", "Column in the list"),
    ("seen_by", "Kim görür", "Seen by"),
    ("changed_by", "Kim değiştirir", "Changed by"),
];

/// The word for a value that events store as a code; `None` for any other value.
#[must_use]
pub fn value(locale: Locale, field: &str, code: &str) -> Option<&'static str> {
    let text = locale.text();
    match field {
        "kind" if code == "person" => Some(text.customers.person),
        "kind" if code == "organisation" => Some(text.customers.organisation),
        "kind" => ActivityKind::of(code)
            .map(text.activities.kind_name)
            .or_else(|| TaskKind::parse(code).map(text.tasks.kind_name)),
        "outcome" => Outcome::of(code).map(text.activities.outcome_name),
        "direction" if code == "in" => Some((text.activities.direction_name)(Direction::In)),
        "direction" if code == "out" => Some((text.activities.direction_name)(Direction::Out)),
        "role" => Role::parse(code).map(text.settings().role_name),
        "sees" => Sees::parse(code).map(text.settings().sees_name),
        "status" if code == "open" => Some(text.settings().stage_open),
        "status" if code == "won" => Some(text.settings().stage_won),
        "status" if code == "lost" => Some(text.settings().stage_lost),
        "shape" => OwnShape::parse(code).map(text.settings().shape_name),
        "seen_by" | "changed_by" => KindAccess::parse(code).map(text.settings().kind_access),
        "language" => Locale::parse(code).map(Locale::own_name),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deals::model::Status;
    use crate::deals::pipelines::model::code;

    #[test]
    fn no_code_is_shown_bare() {
        for locale in Locale::ALL {
            let kinds = ActivityKind::ALL
                .map(ActivityKind::code)
                .into_iter()
                .chain(TaskKind::ALL.map(TaskKind::code));
            let states = [Status::Open, Status::Won, Status::Lost].map(code);
            let accesses = KindAccess::ALL.map(KindAccess::code);
            let all = kinds.map(|kind| ("kind", kind)).chain(states.map(|state| ("status", state)));
            let all = all.chain(accesses.map(|code| ("seen_by", code)));
            let all = all.chain(accesses.map(|code| ("changed_by", code)));
            for (field, code) in all {
                assert!(value(locale, field, code).is_some_and(|word| word != code), "{field} = {code}");
            }
        }
    }
}
