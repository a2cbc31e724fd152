//! Words around a draft of the settings.

use super::{count, sayi};
use crate::live::Kind;
use crate::settings_draft::view::{Effect, MOST_COUNTED};

words! {
    title = "Taslak", "Draft";
    begin = "Taslakta hazırla", "Prepare in a draft";
    about = "Değişiklikler toplanır; siz yayımlayana dek kimse görmez.",
        "Changes are collected, and nobody sees them before you publish.";
    open: fn(usize) -> String = |changes| match changes {
        0 => "Taslak açık. Bu sayfalarda değiştirdikleriniz taslağa eklenir.".to_owned(),
        many => format!("Taslakta {} var; henüz kimse görmüyor.", sayi(many, "değişiklik")),
    }, |changes| match changes {
        0 => "A draft is open. What you change on these pages goes into it.".to_owned(),
        many => format!("{} in the draft; nobody sees them yet.", count(many, "change", "changes")),
    };
    review = "Gözden geçir", "Review";
    close = "Taslağı kapat", "Close the draft";
    none = "Açık taslak yok", "There is no draft";
    empty = "Taslak boş: ayarlarda bir şey değiştirin, burada görünür.",
        "The draft is empty: change something in the settings, and it stands here.";
    review_text = "Yayımlayınca hepsi birlikte yapılır ve birlikte geri alınabilir.",
        "Published, all of it is done at once, and can be undone at once.";
    changes = "Taslaktaki değişiklikler", "Changes in the draft";
    publish = "Yayımla", "Publish";
    published = "Taslak yayımlandı", "The draft is published";
    discard = "Taslağı sil", "Discard the draft";
    discarded = "Taslak silindi", "The draft is gone";
    put_in = "Taslağa eklendi", "Added to the draft";
    take_out: fn(&str) -> String =
        |name| format!("Taslaktan çıkar: {name}"), |name| format!("Take out of the draft: {name}");
    changed_meanwhile = "Bu arada ayarlar değişti. Bakın ve yeniden yayımlayın.",
        "The settings have changed meanwhile. Look at it and publish again.";
    others: fn(usize) -> String =
        |many| format!("Taslağı açtığınızdan beri ayarlarda {} oldu.", sayi(many, "değişiklik")),
        |many| format!("{} in the settings since you began the draft.", count(many, "change", "changes"));
    others_title = "Bu arada değişenler", "Changed meanwhile";
    by_others: fn(&str, &str, &str) -> String =
        |who, what, about| format!("{who}: {about}, {what}"), |who, what, about| format!("{who}: {about}, {what}");
    does_not_fit: fn(&str) -> String =
        |why| format!("Artık uymuyor: {why}"), |why| format!("Does not fit any more: {why}");
    changed_by_others = "aynı yer bu arada değişti.", "the same was changed meanwhile.";
    gone = "artık yok.", "it is not there any more.";
    kind: fn(Kind) -> &'static str = turu, kind_of;
    effect: fn(Effect) -> String = etki, effect_in_english;
}

fn turu(kind: Kind) -> &'static str {
    match kind {
        Kind::OwnKind => "Kayıt türü",
        Kind::Field => "Alan",
        _ => "Satış süreci",
    }
}

fn kind_of(kind: Kind) -> &'static str {
    match kind {
        Kind::OwnKind => "Kind of record",
        Kind::Field => "Field",
        _ => "Pipeline",
    }
}

/// More than are counted are said to be more.
fn capped(count: usize, said: String) -> String {
    if count > MOST_COUNTED { format!("> {said}") } else { said }
}

fn etki(effect: Effect) -> String {
    match effect {
        Effect::Records(0) => "kayıt yok".to_owned(),
        Effect::Records(many) => format!("{} kapsar", capped(many, sayi(many.min(MOST_COUNTED), "kaydı"))),
        Effect::Values(0) => "hiçbir kayıtta değeri yok".to_owned(),
        Effect::Values(many) => {
            format!("{} değeri var", capped(many, sayi(many.min(MOST_COUNTED), "kayıtta")))
        }
        Effect::Missing(0) => "eksik olan kayıt yok".to_owned(),
        Effect::Missing(many) => {
            format!(
                "{} eksik: düzenlenene dek öyle kalır",
                capped(many, sayi(many.min(MOST_COUNTED), "kayıtta"))
            )
        }
        Effect::InClosedStages(many) => {
            format!("{} kaldırılan aşamada kalır", capped(many, sayi(many.min(MOST_COUNTED), "kayıt")))
        }
        Effect::Fields(0) => "alanı yok".to_owned(),
        Effect::Fields(many) => format!("{} etkilenir", sayi(many, "alan")),
        Effect::Deals(0) => "içinde satış yok".to_owned(),
        Effect::Deals(many) => format!("{} etkilenir", capped(many, sayi(many.min(MOST_COUNTED), "satış"))),
    }
}

fn effect_in_english(effect: Effect) -> String {
    let records = |many: usize| capped(many, count(many.min(MOST_COUNTED), "record", "records"));
    match effect {
        Effect::Records(0) => "no records".to_owned(),
        Effect::Records(many) => format!("concerns {}", records(many)),
        Effect::Values(0) => "no record has a value".to_owned(),
        Effect::Values(many) => format!("{} with a value", records(many)),
        Effect::Missing(0) => "no record lacks it".to_owned(),
        Effect::Missing(many) => format!("{} without it: they stay so until edited", records(many)),
        Effect::InClosedStages(many) => format!("{} stay in a stage that is taken away", records(many)),
        Effect::Fields(0) => "no fields".to_owned(),
        Effect::Fields(many) => format!("concerns {}", count(many, "field", "fields")),
        Effect::Deals(0) => "no deals in it".to_owned(),
        Effect::Deals(many) => {
            format!("concerns {}", capped(many, count(many.min(MOST_COUNTED), "deal", "deals")))
        }
    }
}
