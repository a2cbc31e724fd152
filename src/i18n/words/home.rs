//! The first page of the day.

words! {
    title = "Bugün", "Today";
    due = "Kapanması beklenen satışlarım", "My deals due to close";
    nothing = "Bugün için bekleyen yok", "Nothing waits for today";
    nothing_text = "Kapanış tarihi yaklaşan ya da geçen satışlarınız burada görünür.", "Your deals whose expected close is near or past show up here.";
    to_deals = "Satışlara git", "Go to deals";
    to_customers = "Müşterilere git", "Go to customers";
}
