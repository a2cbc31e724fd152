//! Words on the pages of the firm's own kinds of record. What such a kind is called is the firm's word.

use super::{count as counted, sayi};

words! {
    count: fn(usize, &str, &str) -> String = |n, one, _| sayi(n, one), |n, one, many| counted(n, one, many);
    found: fn(usize) -> String = |n| format!("{} bulundu", sayi(n, "kayıt")),
        |n| format!("{} found", counted(n, "record", "records"));
    many: fn(usize) -> String = |n| format!("{}’den çok", sayi(n, "").trim()),
        |n| format!("more than {}", counted(n, "", "").trim());
    new: fn(&str) -> String = |one| format!("Yeni: {one}"), |one| format!("New: {one}");
    edit: fn(&str) -> String = |one| format!("{one}: düzenle"), |one| format!("Edit: {one}");
    created: fn(&str) -> String = |name| format!("“{name}” eklendi"), |name| format!("“{name}” added");
    saved: fn(&str) -> String = |name| format!("“{name}” kaydedildi"), |name| format!("“{name}” saved");
    deleted: fn(&str) -> String = |name| format!("“{name}” silindi"), |name| format!("“{name}” deleted");
    moved: fn(&str, &str) -> String = |name, stage| format!("“{name}” artık “{stage}” aşamasında"),
        |name, stage| format!("“{name}” is now in “{stage}”");
    search: fn(&str) -> String = |many| format!("Ara: {many}"), |many| format!("Search: {many}");
    empty_title: fn(&str) -> String = |many| format!("{many}: henüz kayıt yok"), |many| format!("{many}: nothing yet");
    empty_text = "İlkini ekleyin; alanları ve aşamaları firma sahibi ayarlardan belirler.",
        "Add the first one; its fields and stages are set by the firm’s owner in the settings.";
    new_here = "Yeni kayıt", "New record";
    from_the_start = "Baştan göster", "Show from the start";
    name = "Ad", "Name";
    all_stages = "Tüm aşamalar", "All stages";
    next_stage: fn(&str) -> String = |stage| format!("“{stage}” aşamasına al"), |stage| format!("Move to “{stage}”");
    stages = "Aşamalar", "Stages";
    linked = "Bağlı", "Linked";
    as_list = "Liste", "List";
    as_board = "Pano", "Board";
    view = "Görünüm", "View";
    no_stage = "Aşamasız", "No stage";
    move_menu = "Taşı", "Move";
    move_of: fn(&str) -> String = |name| format!("Taşı: {name}"), |name| format!("Move: {name}");
    cards_of: fn(&str) -> String = |stage| format!("Kartlar: {stage}"), |stage| format!("Cards: {stage}");
    column_empty = "Burada kayıt yok", "Nothing here";
    all_of: fn(&str) -> String = |stage| format!("Tümünü listede göster: {stage}"),
        |stage| format!("Show all in the list: {stage}");
    not_used = "Bu kayıt türü artık kullanılmıyor; kayıtları duruyor.",
        "This kind of record is not used any more; its records stay.";
    hand_over = "Devret", "Hand over";
    delete = "Sil", "Delete";
}
