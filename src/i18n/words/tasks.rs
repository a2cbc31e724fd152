//! Tasks: the list, the line that adds one, putting off, the outcome of a call, the next step of a deal.

use super::{count, sayi};
use crate::tasks::model::{Part, TaskKind};

words! {
    title = "Görevler", "Tasks";
    one = "Görev", "Task";
    new = "Yeni görev", "New task";
    edit = "Görevi düzenle", "Edit task";
    /// The parts of the list.
    part: fn(Part) -> &'static str = bolum, part;
    kind = "Tür", "Kind";
    kind_name: fn(TaskKind) -> &'static str = tur, kind;
    /// What is to be done, in one word after a day.
    verb: fn(TaskKind) -> &'static str = fiil, verb;
    what = "Ne yapılacak?", "What is to be done?";
    day = "Gün", "Day";
    time = "Saat", "Time";
    time_hint = "Boş bırakırsanız o günün herhangi bir saati.", "Empty means any time of that day.";
    assignee = "Kim yapacak?", "Who will do it?";
    deal = "Satış", "Deal";
    no_deal = "Bir satışa bağlı değil", "Not about a deal";
    customer = "Müşteri", "Customer";
    note = "Not", "Note";
    line = "Yeni görev", "New task";
    line_example = "yarın 14:00 Ayşe’yi ara", "tomorrow 2pm call Ayşe";
    add = "Ekle", "Add";
    /// What a day or a time in the line does when it is tapped.
    keep_as_text: fn(&str) -> String =
        |what| format!("“{what}” metin olarak kalsın"),
        |what| format!("Keep “{what}” as text");
    about_whom = "Kimin için?", "About whom?";
    finish: fn(&str) -> String = |title| format!("Yapıldı: {title}"), |title| format!("Done: {title}");
    reopen: fn(&str) -> String = |title| format!("Yeniden aç: {title}"), |title| format!("Reopen: {title}");
    snooze: fn(&str) -> String = |title| format!("Ertele: {title}"), |title| format!("Put off: {title}");
    later_today = "Bugün, daha sonra", "Later today";
    tomorrow = "Yarın", "Tomorrow";
    next_monday = "Gelecek pazartesi", "Next Monday";
    pick_day = "Başka bir gün", "Another day";
    day_example = "31.12 ya da cuma", "31 Dec or Friday";
    put_off = "Ertele", "Put off";
    delete = "Görevi sil", "Delete this task";
    added: fn(&str, &str) -> String = |title, when| format!("{title} · {when}"),
        |title, when| format!("{title} · {when}");
    is_done: fn(&str) -> String = |title| format!("{title}: yapıldı"), |title| format!("{title}: done");
    is_open: fn(&str) -> String = |title| format!("{title} yeniden açıldı"), |title| format!("{title} is open again");
    is_put_off: fn(&str) -> String = |title| format!("{title} ertelendi"), |title| format!("{title} is put off");
    is_deleted: fn(&str) -> String = |title| format!("{title} silindi"), |title| format!("{title} is deleted");
    saved: fn(&str) -> String = |title| format!("{title} kaydedildi"), |title| format!("{title} is saved");
    open_ones = "Açık", "Open";
    done_ones = "Yapılanlar", "Done";
    everyone = "Herkes", "Everyone";
    of_person = "Kimin görevleri", "Whose tasks";
    waiting: fn(usize) -> String = |n| format!("{} bekliyor", sayi(n, "görev")),
        |n| format!("{} waiting", count(n, "task", "tasks"));
    late: fn(usize) -> String = |n| format!("{n} gecikmiş"), |n| format!("{n} late");
    empty_title = "Bekleyen görev yok", "No tasks waiting";
    empty_text = "Verdiğiniz sözleri buraya yazın; günü gelince Bugün sayfasında karşınıza çıkar.",
        "Write down what you promised; on its day it comes up on the Today page.";
    nothing_done = "Henüz yapılan görev yok", "Nothing done yet";
    none_here = "Bekleyen görev yok.", "No tasks waiting.";
    next_step = "Sonraki adım", "Next step";
    no_next_step = "Sonraki adım yok", "No next step";
    call_title: fn(&str) -> String = |title| format!("Nasıl geçti? {title}"), |title| format!("How did it go? {title}");
    and_then = "Peki sonra?", "And then?";
    and_then_text = "Sonraki adımı şimdi yazın; unutulmasın.", "Write the next step now, so that it is not forgotten.";
    no_more = "Sonraki adım yok", "No next step";
    again_line: fn(&str) -> String = |title| format!("yarın 10:00 {title}"), |title| format!("tomorrow 10:00 {title}");
}

fn bolum(part: Part) -> &'static str {
    match part {
        Part::Late => "Gecikmiş",
        Part::Today => "Bugün",
        Part::Tomorrow => "Yarın",
        Part::Week => "Bu hafta",
        Part::Later => "Daha sonra",
    }
}

fn part(part: Part) -> &'static str {
    match part {
        Part::Late => "Late",
        Part::Today => "Today",
        Part::Tomorrow => "Tomorrow",
        Part::Week => "This week",
        Part::Later => "Later",
    }
}

fn tur(kind: TaskKind) -> &'static str {
    match kind {
        TaskKind::Call => "Arama",
        TaskKind::Meeting => "Toplantı",
        TaskKind::Visit => "Ziyaret",
        TaskKind::Email => "E-posta",
        TaskKind::Quote => "Teklif",
        TaskKind::Other => "Başka",
    }
}

fn kind(kind: TaskKind) -> &'static str {
    match kind {
        TaskKind::Call => "Call",
        TaskKind::Meeting => "Meeting",
        TaskKind::Visit => "Visit",
        TaskKind::Email => "E-mail",
        TaskKind::Quote => "Quote",
        TaskKind::Other => "Other",
    }
}

fn fiil(kind: TaskKind) -> &'static str {
    match kind {
        TaskKind::Call => "ara",
        TaskKind::Meeting => "toplantı",
        TaskKind::Visit => "ziyaret",
        TaskKind::Email => "e-posta",
        TaskKind::Quote => "teklif",
        TaskKind::Other => "görev",
    }
}

fn verb(kind: TaskKind) -> &'static str {
    match kind {
        TaskKind::Call => "call",
        TaskKind::Meeting => "meeting",
        TaskKind::Visit => "visit",
        TaskKind::Email => "e-mail",
        TaskKind::Quote => "quote",
        TaskKind::Other => "task",
    }
}
