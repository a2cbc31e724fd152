//! Activities: the composer, the stream, the question after a call.

use crate::activities::model::{ActivityKind, Direction, Outcome};

words! {
    one = "Etkileşim", "Activity";
    many = "Etkileşimler", "Activities";
    changes = "Değişiklikler", "Changes";
    stream = "Etkileşimler ve geçmiş", "Activities and history";
    composer = "Etkileşim ekle", "Add an activity";
    kind = "Tür", "Type";
    kind_name: fn(ActivityKind) -> &'static str = tur, type_of;
    content = "Ne konuşuldu?", "What was said?";
    content_hint = "Ne oldu?", "What happened?";
    details = "Kiminle, ne zaman, sonuç", "With whom, when, result";
    when = "Ne zaman", "When";
    when_hint = "Boşsa şimdi", "Now, if empty";
    contact = "Kiminle", "With whom";
    direction = "Yön", "Direction";
    direction_name: fn(Direction) -> &'static str =
        |one| match one { Direction::In => "Gelen", Direction::Out => "Giden" },
        |one| match one { Direction::In => "Incoming", Direction::Out => "Outgoing" };
    outcome = "Sonuç", "Outcome";
    outcome_name: fn(Outcome) -> &'static str = sonuc, outcome_of;
    result = "Kısaca sonuç", "Result in a few words";
    not_reached = "Ulaşılamadı", "Not reached";
    incoming: fn(&str) -> String = |title| format!("{title} · gelen"), |title| format!("{title} · incoming");
    with: fn(&str) -> String = |name| format!("{name} ile"), |name| format!("with {name}");
    logged: fn(&str) -> String = |title| format!("Kaydedildi: {title}"), |title| format!("Saved: {title}");
    changed = "Etkileşim değiştirildi", "Activity changed";
    deleted = "Etkileşim silindi", "Activity deleted";
    edit_this: fn(&str) -> String = |title| format!("Düzenle: {title}"), |title| format!("Edit: {title}");
    delete_this: fn(&str) -> String = |title| format!("Sil: {title}"), |title| format!("Delete: {title}");
    edit = "düzenle", "edit";
    delete = "sil", "delete";
    edit_title = "Etkileşimi düzenle", "Edit activity";
    now = "şimdi", "now";
    waiting = "Kaydediliyor…", "Saving…";
    empty = "Henüz bir şey olmadı. İlk görüşmenizi yukarıya yazın.",
        "Nothing has happened yet. Write your first contact above.";
    nothing_here = "Burada gösterilecek bir şey yok.", "There is nothing to show here.";
    newest = "En yenilere dön", "Back to the newest";
    asked = "Arama nasıl geçti?", "How did the call go?";
    asked_of: fn(&str) -> String = |whom| format!("{whom} ile aramanızın sonucunu seçin; hemen kaydedilir."),
        |whom| format!("Choose how your call to {whom} ended; it is saved at once.");
    call_note = "Not (isteğe bağlı)", "Note (optional)";
}

fn tur(kind: ActivityKind) -> &'static str {
    match kind {
        ActivityKind::Call => "Arama",
        ActivityKind::Meeting => "Toplantı",
        ActivityKind::Visit => "Ziyaret",
        ActivityKind::Email => "E-posta",
        ActivityKind::Letter => "Mektup",
        ActivityKind::Message => "Mesaj",
        ActivityKind::Note => "Not",
    }
}

fn type_of(kind: ActivityKind) -> &'static str {
    match kind {
        ActivityKind::Call => "Call",
        ActivityKind::Meeting => "Meeting",
        ActivityKind::Visit => "Visit",
        ActivityKind::Email => "E-mail",
        ActivityKind::Letter => "Letter",
        ActivityKind::Message => "Message",
        ActivityKind::Note => "Note",
    }
}

fn sonuc(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Reached => "Görüşüldü",
        Outcome::NoAnswer => "Cevap yok",
        Outcome::Busy => "Meşgul",
        Outcome::SwitchedOff => "Telefonu kapalı",
        Outcome::WrongNumber => "Yanlış numara",
    }
}

fn outcome_of(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Reached => "Reached",
        Outcome::NoAnswer => "No answer",
        Outcome::Busy => "Busy",
        Outcome::SwitchedOff => "Switched off",
        Outcome::WrongNumber => "Wrong number",
    }
}
