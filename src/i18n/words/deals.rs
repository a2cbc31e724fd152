//! Deals: list, card, form, closing.

use super::{count, sayi};

words! {
    title = "Satışlar", "Deals";
    one = "Satış", "Deal";
    new = "Yeni satış", "New deal";
    edit = "Satışı düzenle", "Edit deal";
    count: fn(usize) -> String = |n| sayi(n, "satış"), |n| count(n, "deal", "deals");
    open_count: fn(usize) -> String = |n| sayi(n, "açık"), |n| format!("{} open", super::n(n, crate::i18n::Locale::En));
    list_name = "Satış listesi", "List of deals";
    search = "Satış, müşteri, ürün…", "Deal, customer, product…";
    search_label = "Satışlarda ara", "Search deals";
    view_board = "Tahta", "Board";
    view_list = "Liste", "List";
    views = "Görünüm", "View";
    deal_title = "Satışın adı", "Title";
    customer = "Müşteri", "Customer";
    no_customer = "Müşterisi yok", "No customer yet";
    choose_customer = "Müşteri seçin", "Choose a customer";
    find_customer = "Müşteri ara…", "Find a customer…";
    amount = "Tutar", "Amount";
    no_amount = "Tutar yok", "No amount";
    currency = "Para birimi", "Currency";
    product = "Ürün", "Product";
    no_product = "Ürün seçilmedi", "No product";
    add_products_first = "Satışta ürün seçebilmek için ürün ekleyin", "Add products to choose one in deals";
    source = "Kaynak", "Source";
    contract = "Sözleşme", "Contract";
    contract_yes = "Var", "Yes";
    contract_no = "Yok", "No";
    opened_on = "Açılış", "Opened";
    expected_on = "Beklenen kapanış", "Expected close";
    closed_on = "Kapanış", "Closed";
    owner = "Sorumlu", "Owner";
    stage = "Aşama", "Stage";
    pipeline = "Satış süreci", "Pipeline";
    note = "Not", "Note";
    days_in_stage: fn(i64) -> String = |n| format!("{n} gündür bu aşamada"),
        |n| if n == 1 { "1 day in this stage".into() } else { format!("{n} days in this stage") };
    overdue: fn(i64) -> String = |n| format!("{n} gün gecikti"),
        |n| if n == 1 { "1 day late".into() } else { format!("{n} days late") };
    status = "Durum", "State";
    open = "Açık", "Open";
    won = "Kazanıldı", "Won";
    lost = "Kaybedildi", "Lost";
    mark_won = "Kazanıldı", "Mark as won";
    mark_lost = "Kaybedildi", "Mark as lost";
    reopen = "Yeniden aç", "Reopen";
    lost_reason = "Kayıp nedeni", "Reason of loss";
    lost_reason_hint = "Tek dokunuş yeter; isterseniz bir cümle ekleyin.",
        "One tap is enough; add a sentence if you like.";
    lost_price = "Fiyat yüksek bulundu", "Price too high";
    lost_competitor = "Rakip seçildi", "Went to a competitor";
    lost_no_need = "İhtiyaç kalmadı", "No need any more";
    lost_no_budget = "Bütçe yok", "No budget";
    lost_no_answer = "Yanıt alınamadı", "No answer";
    lost_other = "Başka", "Other";
    close_lost = "Kaybedildi olarak kapat", "Close as lost";
    empty_title = "Henüz satış yok", "No deals yet";
    empty_text = "Her satış ilk görüşmeden imzaya kadar burada izlenir. İlkini açın.",
        "Every deal is followed here from the first talk to the signature. Open the first one.";
    nothing_found = "Aramaya uyan satış yok", "No deal matches";
    nothing_in_filter = "Bu filtrelere uyan satış yok.", "No deal matches these filters.";
    created: fn(&str) -> String = |title| format!("{title} açıldı"), |title| format!("{title} is opened");
    saved: fn(&str) -> String = |title| format!("{title} kaydedildi"), |title| format!("{title} is saved");
    deleted: fn(&str) -> String = |title| format!("{title} silindi"), |title| format!("{title} is deleted");
    won_toast: fn(&str) -> String = |title| format!("{title} kazanıldı"), |title| format!("{title} is won");
    lost_toast: fn(&str) -> String = |title| format!("{title} kaybedildi"), |title| format!("{title} is lost");
    delete = "Satışı sil", "Delete this deal";
    is_deleted = "Bu satış silinmiş.", "This deal is deleted.";
    stage_path = "Aşamalar", "Stages";
    move_to: fn(&str) -> String = |stage| format!("{stage} aşamasına taşı"), |stage| format!("Move to {stage}");
    close_day = "Kapanış", "Close";
    from_the_start = "Baştan göster", "Show from the start";
    show_all = "Bütün satışları göster", "Show all deals";
    search_all = "Bütün satışlarda ara", "Search all deals";
    back_to_list = "Satışlara dön", "Back to the deals";
    others = "Müşterinin öbür satışları", "Other deals of this customer";
    whatsapp = "WhatsApp", "WhatsApp";
    whatsapp_to: fn(&str) -> String = |phone| format!("WhatsApp: {phone}"), |phone| format!("WhatsApp: {phone}");
    moved: fn(&str, &str) -> String = |title, stage| format!("{title} → {stage}"),
        |title, stage| format!("{title} → {stage}");
    reopen_to = "Yeniden aç…", "Reopen…";
    own_words = "Kendi sözlerinizle", "In your own words";
    take_no_customer = "Müşterisi olmasın", "No customer yet";
    no_such_customer = "Böyle bir müşteri bulunamadı", "No such customer";
    course_part = "Süreç", "Progress";
    keys_save = "Ctrl + Enter: kaydet", "Ctrl + Enter: save";
}
