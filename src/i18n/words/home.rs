//! The first page of the day.

use super::{count, sayi};

words! {
    title = "Bugün", "Today";
    due = "Kapanması beklenen satışlarım", "My deals due to close";
    stuck = "Sonraki adımı olmayan satışlar", "Deals without a next step";
    add_step: fn(&str) -> String = |title| format!("Sonraki adım ekle: {title}"),
        |title| format!("Add a next step: {title}");
    more: fn(usize) -> String = |n| format!("{} daha", sayi(n, "satış")),
        |n| format!("{} more", count(n, "deal", "deals"));
    nothing = "Bugün için bekleyen yok", "Nothing waits for today";
    nothing_text = "Bugüne düşen ve geciken görevleriniz, kapanışı yaklaşan satışlarınız burada görünür.",
        "Tasks that are late or for today and deals about to close show up here.";
    to_deals = "Satışlara git", "Go to deals";
    to_customers = "Müşterilere git", "Go to customers";
}
