//! Customers: list, card, form.

use super::{count, sayi};

words! {
    title = "Müşteriler", "Customers";
    one = "Müşteri", "Customer";
    new = "Yeni müşteri", "New customer";
    edit = "Müşteriyi düzenle", "Edit customer";
    count: fn(usize) -> String = |n| sayi(n, "müşteri"), |n| count(n, "customer", "customers");
    found: fn(usize) -> String = |n| format!("{} bulundu", sayi(n, "müşteri")),
        |n| format!("{} found", count(n, "customer", "customers"));
    found_many: fn(usize) -> String = |n| format!("{} müşteriden çok bulundu", super::n(n, crate::i18n::Locale::Tr)),
        |n| format!("More than {} found", count(n, "customer", "customers"));
    letters = "Harfe git", "Go to a letter";
    from_the_start = "Baştan", "From the start";
    breadcrumb = "Konum", "Where this is";
    message = "WhatsApp", "WhatsApp";
    contact_row: fn(usize) -> String = |n| format!("Kişi {n}"), |n| format!("Contact {n}");
    row: fn(&str, usize) -> String = |label, n| format!("{label} {n}"), |label, n| format!("{label} {n}");
    call_them: fn(&str) -> String = |name| format!("Ara: {name}"), |name| format!("Call {name}");
    cut: fn(usize) -> String = |n| format!("İlk {n} satış gösteriliyor."),
        |n| format!("The first {n} deals are shown.");
    all_deals = "Tümünü göster", "Show all";
    list_name = "Müşteri listesi", "List of customers";
    search = "Ad, telefon, e-posta, vergi no…", "Name, phone, e-mail, tax number…";
    search_label = "Müşterilerde ara", "Search customers";
    kind = "Tür", "Kind";
    person = "Kişi", "Person";
    organisation = "Firma", "Organisation";
    name = "Ad", "Name";
    phones = "Telefonlar", "Phones";
    phone = "Telefon", "Phone";
    add_phone = "Telefon ekle", "Add a phone";
    remove_phone = "Telefonu kaldır", "Remove this phone";
    emails = "E-postalar", "E-mails";
    email = "E-posta", "E-mail";
    add_email = "E-posta ekle", "Add an e-mail";
    remove_email = "E-postayı kaldır", "Remove this e-mail";
    city = "Şehir", "City";
    address = "Adres", "Address";
    tax = "Vergi", "Tax";
    tax_number = "Vergi ya da T.C. kimlik no", "Tax or identity number";
    tax_office = "Vergi dairesi", "Tax office";
    sector = "Sektör", "Sector";
    source = "Kaynak", "Source";
    source_hint = "Bizi nereden buldu: fuar, tavsiye, web…", "How they found us: fair, referral, web…";
    interest = "İlgi", "Interest";
    interest_hint = "İlgilendiği ürün ya da hizmet", "The product or service they look for";
    note = "Not", "Note";
    owner = "Sorumlu", "Owner";
    open_deals = "Açık satış", "Open deals";
    won_deals = "Kazanılan", "Won";
    changed = "Değişiklik", "Changed";
    contacts = "Kişiler", "Contacts";
    contact = "Kişi", "Contact";
    add_contact = "Kişi ekle", "Add a contact";
    remove_contact = "Kişiyi kaldır", "Remove this contact";
    contact_name = "Ad ve soyad", "Name";
    contact_job = "Görev", "Job title";
    contact_phone = "Telefon", "Phone";
    contact_email = "E-posta", "E-mail";
    deals = "Satışlar", "Deals";
    no_deals = "Henüz satış yok", "No deals yet";
    new_deal = "Yeni satış", "New deal";
    hand_over = "Devret", "Hand over";
    hand_over_to = "Kime devredilsin?", "Hand over to whom?";
    hand_over_what: fn(&str, &str) -> String =
        |name, owner| format!("{name} şimdi {owner} üzerinde."),
        |name, owner| format!("{name} belongs to {owner} now.");
    hand_over_along: fn(usize, usize) -> String =
        |deals, tasks| match (deals, tasks) {
            (0, tasks) => format!("{} de geçsin", sayi(tasks, "açık görev")),
            (deals, 0) => format!("{} da geçsin", sayi(deals, "açık satış")),
            (deals, tasks) => format!("{} ve {} de geçsin", sayi(deals, "açık satış"), sayi(tasks, "görev")),
        },
        |deals, tasks| match (deals, tasks) {
            (0, tasks) => format!("With {}", count(tasks, "open task", "open tasks")),
            (deals, 0) => format!("With {}", count(deals, "open deal", "open deals")),
            (deals, tasks) => format!(
                "With {} and {}",
                count(deals, "open deal", "open deals"), count(tasks, "task", "tasks")
            ),
        };
    handed_over: fn(&str) -> String = |to| format!("Devredildi: {to}"), |to| format!("Handed over to {to}");
    identity = "Kimlik", "Identity";
    reach = "İletişim", "How to reach them";
    business = "Ticari bilgiler", "Business facts";
    empty_title = "Henüz müşteri yok", "No customers yet";
    empty_text = "Burada herkesi bir arada bulursunuz: kişiler, kurumlar, telefonları, satışları. İlkini ekleyin.",
        "Here you find everyone in one place: people, organisations, their phones and deals. Add the first one.";
    nothing_found = "Aramaya uyan müşteri yok", "No customer matches";
    nothing_found_text: fn(&str) -> String = |typed| format!("“{typed}” için bir şey bulunamadı. Yazımı denetleyin ya \
         da filtreleri kaldırın."),
        |typed| format!("Nothing was found for “{typed}”. Check the spelling, or remove the filters.");
    nothing_in_filter = "Bu filtrelere uyan müşteri yok.", "No customer matches these filters.";
    add_named: fn(&str) -> String = |name| format!("“{name}” adıyla ekle"), |name| format!("Add “{name}”");
    created: fn(&str) -> String = |name| format!("{name} eklendi"), |name| format!("{name} is added");
    saved: fn(&str) -> String = |name| format!("{name} kaydedildi"), |name| format!("{name} is saved");
    deleted: fn(&str) -> String = |name| format!("{name} silindi"), |name| format!("{name} is deleted");
    delete = "Müşteriyi sil", "Delete this customer";
    is_deleted = "Bu müşteri silinmiş.", "This customer is deleted.";
    restore = "Geri getir", "Bring back";
}
