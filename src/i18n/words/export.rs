//! Lists as files: the button, and what stands at the head of their columns.

words! {
    export = "Dışa aktar", "Export";
    about = "Bu listeyi Excel’in açtığı bir dosya olarak indir (CSV)",
        "Download this list as a file that Excel opens (CSV)";
    customers_file = "musteriler", "customers";
    deals_file = "satislar", "deals";
    customer_head: [&'static str; 6] =
        ["Ad", "Tür", "Telefon", "Diğer telefonlar", "E-posta", "Diğer e-postalar"],
        ["Name", "Kind", "Phone", "Other phones", "E-mail", "Other e-mails"];
    tax_number = "Vergi no", "Tax number";
    customer_tail: [&'static str; 3] = ["Sorumlu", "Kartotek no", "Kişiler"], ["Owner", "Kartotek id", "Contacts"];
    deal_head: [&'static str; 8] =
        ["Başlık", "Müşteri", "Satış süreci", "Aşama", "Durum", "Tutar", "Para birimi", "Ürün"],
        ["Title", "Customer", "Pipeline", "Stage", "Status", "Amount", "Currency", "Product"];
    deal_tail: [&'static str; 6] =
        ["Açılış", "Kapanış", "Kayıp nedeni", "Sorumlu", "Müşteri no", "Kartotek no"],
        ["Opened", "Closed", "Reason lost", "Owner", "Customer id", "Kartotek id"];
    own_tail: [&'static str; 3] = ["Sorumlu", "Müşteri no", "Kartotek no"], ["Owner", "Customer id", "Kartotek id"];
    tasks_file = "gorevler", "tasks";
    activities_file = "etkilesimler", "activities";
    task_head: [&'static str; 14] =
        ["Görev", "Tür", "Gün", "Saat", "Yapıldı", "Müşteri", "Satış", "Not", "Sorumlu", "Müşteri no", "Satış no",
            "Kartotek no", "Kayıt", "Kayıt no"],
        ["Task", "Type", "Due on", "At", "Done on", "Customer", "Deal", "Note", "Owner", "Customer id", "Deal id",
            "Kartotek id", "Record", "Record id"];
    activity_head: [&'static str; 16] =
        ["Gün", "Saat", "Tür", "Yön", "Ulaşıldı mı", "Kimden", "Kiminle", "Müşteri", "Satış", "Sonuç", "İçerik",
            "Müşteri no", "Satış no", "Kartotek no", "Kayıt", "Kayıt no"],
        ["Day", "Time", "Type", "Direction", "Reached", "By", "With", "Customer", "Deal", "Outcome", "Content",
            "Customer id", "Deal id", "Kartotek id", "Record", "Record id"];
    take_away = "Verinizi dışarı alın", "Take your data away";
    take_away_text = "Gördüğünüz her şey, Excel’in açtığı dosyalar olarak (CSV). Kimin neyi aldığı kayda geçer.",
        "Everything you see, as files that Excel opens (CSV). Who took what is put on record.";
    person = "Kişi", "Person";
    organisation = "Firma", "Organisation";
    open = "Açık", "Open";
    won = "Kazanıldı", "Won";
    lost = "Kaybedildi", "Lost";
}
