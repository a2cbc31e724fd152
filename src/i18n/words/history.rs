//! What happened, as the timeline says it.

use crate::journal::model::What;

words! {
    title = "Geçmiş", "History";
    empty = "Henüz bir şey olmadı.", "Nothing has happened yet.";
    what: fn(What) -> &'static str = olay, happening;
    activity: fn(What) -> &'static str = etkilesim, activity;
    changed_field: fn(&str, &str, &str) -> String = |field, before, after| format!("{field}: {before} → {after}"),
        |field, before, after| format!("{field}: {before} → {after}");
    by: fn(&str, &str) -> String = |when, who| format!("{when} · {who}"), |when, who| format!("{when} · {who}");
    undo = "geri al", "undo";
    undo_this: fn(&str) -> String = |what| format!("Geri al: {what}"), |what| format!("Undo: {what}");
    nothing = "boş", "empty";
    log = "İşlem geçmişi", "What happened";
    log_empty = "Bu filtrelerle gösterilecek bir şey yok", "Nothing to show with these filters";
    log_about = "Kimin ne yaptığı, geri alma yoluyla birlikte; silinenler 30 gün çöp kutusunda durur.",
        "Who did what, with the way back; what is deleted stays in the trash for 30 days.";
    trash_about = "Silinenler 30 gün çöp kutusunda durur ve geri getirilebilir.",
        "What is deleted stays in the trash for 30 days and can be restored.";
    person = "Kim", "Who";
    kind = "Ne", "What";
    day = "Gün", "Day";
    trash = "Çöp kutusu", "Trash";
    trash_empty = "Çöp kutusu boş", "The trash is empty";
    kept_days: fn(i64) -> String = |n| format!("Silinenler {n} gün saklanır, sonra geri getirilemez."),
        |n| format!("What is deleted is kept for {n} days, then it is gone for good.");
    days_left: fn(i64) -> String = kalan, left;
    restore = "Geri getir", "Restore";
    restore_this: fn(&str) -> String = |name| format!("Geri getir: {name}"), |name| format!("Restore: {name}");
    restored: fn(&str) -> String = |name| format!("Geri getirildi: {name}"), |name| format!("Restored: {name}");
    redo = "Yinele", "Redo";
    redone = "Yinelendi", "Redone";
    moved_under = "Başka birime taşındı", "Moved to another group";
    reordered = "Sırası değişti", "Order changed";
    refused = "Geri alınamadı", "Can't be undone";
    refused_text = "Bu değişiklikten sonra aynı alanlar yeniden değişti. Hiçbir şeye dokunulmadı.",
        "The same fields were changed again since. Nothing was touched.";
    refused_by_rule: fn(&str) -> String = |why| format!("Geri alınamadı. {why}"),
        |why| format!("Can't be undone. {why}");
    field = "Alan", "Field";
    would_be = "Geri alınsaydı", "Would be";
    is_now = "Şimdi", "Now";
    made_by = "Değiştiren", "Changed by";
    taken: fn(&str, &str) -> String = |what, name| name_after("Geri alındı", what, name),
        |what, name| name_after("Undone", what, name);
    nothing_to_undo = "Geri alınacak bir şey yok.", "There is nothing to undo.";
    older = "Daha eskileri göster", "Show older ones";
    today = "Bugün", "Today";
    /// What happened to a task of the card.
    task: fn(What) -> &'static str = gorev, task;
    deal: fn(&str) -> String = |title| format!("Satış: {title}"), |title| format!("Deal: {title}");
}

fn kalan(days: i64) -> String {
    if days < 2 { "son gün".to_owned() } else { format!("{days} gün kaldı") }
}

fn left(days: i64) -> String {
    if days < 2 { "last day".to_owned() } else { format!("{days} days left") }
}

fn name_after(done: &str, what: &str, name: &str) -> String {
    if name.is_empty() { format!("{done}: {what}") } else { format!("{done}: {what} · {name}") }
}

fn olay(what: What) -> &'static str {
    match what {
        What::Created => "Oluşturuldu",
        What::Imported => "Dosyadan alındı",
        What::Changed => "Değiştirildi",
        What::Moved => "Aşama değişti",
        What::Won => "Kazanıldı",
        What::Lost => "Kaybedildi",
        What::Reopened => "Yeniden açıldı",
        What::Done => "Yapıldı",
        What::Snoozed => "Ertelendi",
        What::HandedOver => "Devredildi",
        What::Deleted => "Silindi",
        What::Undone => "Geri alındı",
        What::Exported => "Liste dışa aktarıldı",
        What::Invited => "Davet edildi",
        What::Joined => "Katıldı",
        What::LinkMade => "Yeni bağlantı verildi",
        What::PasswordSet => "Parola değiştirildi",
        What::Deactivated => "Hesabı kapatıldı",
        What::Activated => "Hesabı yeniden açıldı",
        What::Published => "Taslak yayımlandı",
        What::Purged => "Kalıcı olarak silindi",
    }
}

fn happening(what: What) -> &'static str {
    match what {
        What::Created => "Created",
        What::Imported => "Brought in from a file",
        What::Changed => "Changed",
        What::Moved => "Stage changed",
        What::Won => "Won",
        What::Lost => "Lost",
        What::Reopened => "Reopened",
        What::Done => "Done",
        What::Snoozed => "Put off",
        What::HandedOver => "Handed over",
        What::Deleted => "Deleted",
        What::Undone => "Undone",
        What::Exported => "List exported",
        What::Invited => "Invited",
        What::Joined => "Joined",
        What::LinkMade => "Got a new link",
        What::PasswordSet => "Password changed",
        What::Deactivated => "Account closed",
        What::Activated => "Account opened again",
        What::Published => "Draft published",
        What::Purged => "Deleted for good",
    }
}

/// What happened to an activity, on the card it belongs to.
fn etkilesim(what: What) -> &'static str {
    match what {
        What::Deleted => "Etkileşim silindi",
        What::Purged => "Etkileşim kalıcı olarak silindi",
        What::Undone => "Etkileşimdeki değişiklik geri alındı",
        What::Created => "Etkileşim eklendi",
        _ => "Etkileşim değiştirildi",
    }
}

fn activity(what: What) -> &'static str {
    match what {
        What::Deleted => "Activity deleted",
        What::Purged => "Activity deleted for good",
        What::Undone => "Change of an activity undone",
        What::Created => "Activity added",
        _ => "Activity changed",
    }
}

fn gorev(what: What) -> &'static str {
    match what {
        What::Created => "Görev eklendi",
        What::Changed => "Görev değiştirildi",
        What::Done => "Görev yapıldı",
        What::Reopened => "Görev yeniden açıldı",
        What::Snoozed => "Görev ertelendi",
        What::HandedOver => "Görev başkasına verildi",
        What::Deleted => "Görev silindi",
        other => olay(other),
    }
}

fn task(what: What) -> &'static str {
    match what {
        What::Created => "Task added",
        What::Changed => "Task changed",
        What::Done => "Task done",
        What::Reopened => "Task reopened",
        What::Snoozed => "Task put off",
        What::HandedOver => "Task given to somebody else",
        What::Deleted => "Task deleted",
        other => happening(other),
    }
}
