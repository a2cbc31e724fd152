//! Lists as files: the button, and what stands at the head of their columns.

words! {
    export = "Dışa aktar", "Export";
    about = "Bu listeyi Excel’in açtığı bir dosya olarak indir (CSV)", "Download this list as a file that Excel opens (CSV)";
    customers_file = "musteriler", "customers";
    deals_file = "satislar", "deals";
    customer_head: [&'static str; 16] =
        ["Ad", "Tür", "Telefon", "Diğer telefonlar", "E-posta", "Diğer e-postalar", "Şehir", "Adres", "Vergi no", "Vergi dairesi", "Sektör", "Kaynak", "İlgi", "Not", "Sorumlu", "Kartotek no"],
        ["Name", "Kind", "Phone", "Other phones", "E-mail", "Other e-mails", "City", "Address", "Tax number", "Tax office", "Sector", "Source", "Interest", "Note", "Owner", "Kartotek id"];
    deal_head: [&'static str; 18] =
        ["Başlık", "Müşteri", "Satış hattı", "Aşama", "Durum", "Tutar", "Para birimi", "Ürün", "Kaynak", "Sözleşme", "Açılış", "Beklenen kapanış", "Kapanış", "Kayıp nedeni", "Not", "Sorumlu", "Müşteri no", "Kartotek no"],
        ["Title", "Customer", "Pipeline", "Stage", "Status", "Amount", "Currency", "Product", "Source", "Contract", "Opened", "Expected close", "Closed", "Reason lost", "Note", "Owner", "Customer id", "Kartotek id"];
    person = "Kişi", "Person";
    organisation = "Kuruluş", "Organisation";
    open = "Açık", "Open";
    won = "Kazanıldı", "Won";
    lost = "Kaybedildi", "Lost";
}
