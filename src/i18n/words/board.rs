//! The stage board, with what a screen reader is told while a deal moves.

use super::{count, sayi};

words! {
    title = "Satış tahtası", "Deal board";
    stages = "Aşamalar", "Stages";
    /// Stage, count and total: the name of a column.
    column: fn(&str, usize, &str) -> String =
        |stage, n, total| format!("{stage}, {}, {total}", sayi(n, "satış")),
        |stage, n, total| format!("{stage}, {}, {total}", count(n, "deal", "deals"));
    weighted: fn(&str) -> String = |amount| format!("ağırlıklı {amount}"), |amount| format!("weighted {amount}");
    cards_of: fn(&str) -> String = |stage| format!("{stage} aşamasındaki satışlar"),
        |stage| format!("Deals in {stage}");
    add_here: fn(&str) -> String = |stage| format!("{stage} aşamasına satış ekle"),
        |stage| format!("Add a deal to {stage}");
    move_menu = "Taşı…", "Move to…";
    /// The menu's name: what it does, then of which deal.
    move_of: fn(&str) -> String = |title| format!("Taşı… ({title})"), |title| format!("Move to… ({title})");
    to_top = "En üste", "To the top";
    down = "Aşağı", "Down";
    to_bottom = "En alta", "To the bottom";
    column_empty = "Bu aşamada satış yok", "No deals in this stage";
    lifted: fn(&str) -> String = |title| format!("{title} kaldırıldı."), |title| format!("{title} is lifted.");
    over: fn(&str, usize) -> String = |stage, place| format!("{stage}, {place}. sıra."),
        |stage, place| format!("{stage}, position {place}.");
    moved: fn(&str, &str, usize) -> String =
        |title, stage, place| format!("{title} taşındı: {stage}, {place}. sıra."),
        |title, stage, place| format!("{title} moved to {stage}, position {place}.");
    moved_toast: fn(&str, &str) -> String = |title, stage| format!("{title} → {stage}"),
        |title, stage| format!("{title} → {stage}");
    put_back = "Yerine döndü, hiçbir şey değişmedi.", "Back in its place, nothing changed.";
    taken_back: fn(&str) -> String = |title| format!("{title} eski yerine alındı."),
        |title| format!("{title} is back where it was.");
    refused: fn(&str, &str) -> String = |title, why| format!("{title} taşınamadı: {why}"),
        |title, why| format!("{title} was not moved: {why}");
    refused_here: fn(&str) -> String = |why| format!("Taşınamadı. {why}"), |why| format!("Not moved. {why}");
    lost_hint = "Bir neden seçin; satış o anda kaybedildi olarak kapanır. Vazgeçerseniz yerinde kalır.",
        "Pick a reason and the deal is closed as lost. Cancel, and it stays where it is.";
    lost_silent = "Neden belirtmeden kapat", "Close without a reason";
    keys = "Boşluk: kaldır, oklar: taşı, Boşluk: bırak, Esc: vazgeç",
        "Space: lift, arrows: move, Space: drop, Esc: cancel";
    empty_title = "Tahta boş", "The board is empty";
    empty_text = "Satışlar burada aşama aşama ilerler. İlk satışı açın, sonra sürükleyin.",
        "Deals move here from stage to stage. Open the first deal, then drag it.";
    in_stage: fn(i64) -> String = |n| format!("{n} gündür bu aşamada"),
        |n| if n == 1 { "1 day in this stage".into() } else { format!("{n} days in this stage") };
    no_next_step = "sonraki adım yok", "no next step";
}
