//! Settings: oneself, the firm, its people, its pipelines.

mod names;

use super::{count, sayi};
use crate::auth::model::{Role, Sees};
use crate::fields::own::shape::OwnShape;
use crate::own_kinds::model::{KindAccess, KindIcon, KindTemplate};
use names::{
    alan, icon_name, kimler, rol, rol_ne, role_in_english, role_means, sablon_adi, sees_in_english,
    shape_name, simge_adi, template_name, tur_adi, who,
};

words! {
    title = "Ayarlar", "Settings";
    me = "Hesabım", "My account";
    look = "Görünüm", "Appearance";
    language = "Dil", "Language";
    theme = "Tema", "Theme";
    theme_system = "Sistem gibi", "As the system";
    theme_light = "Açık", "Light";
    theme_dark = "Koyu", "Dark";
    firm = "Firma", "Firm";
    firm_name = "Firmanın adı", "The firm’s name";
    currency = "Para birimi", "Currency";
    time_zone = "Saat dilimi", "Time zone";
    people = "Çalışanlar", "People";
    people_text = "Kim ne görür, ne yapabilir: birimler ve çalışanlar.",
        "Who sees what and may do what: groups and people.";
    person = "Çalışan", "Person";
    group = "Birim", "Group";
    add_group = "Birim ekle", "Add a group";
    name = "Ad ve soyad", "Name";
    email = "E-posta", "E-mail";
    role = "Rol", "Role";
    role_name: fn(Role) -> &'static str = rol, role_in_english;
    sees = "Görebildikleri", "Sees";
    sees_name: fn(Sees) -> &'static str = alan, sees_in_english;
    active = "Etkin", "Active";
    inactive = "Ayrılmış", "Left";
    pipelines = "Satış süreçleri", "Pipelines";
    stages = "Aşamalar", "Stages";
    probability = "Olasılık", "Probability";
    percent: fn(i64) -> String = |number| format!("%{number}"), |number| format!("{number}%");
    sessions = "Oturumlar", "Sessions";
    sessions_text = "Hesabınızın açık olduğu yerler. Tanımadığınız bir oturumu kapatın ve parolanızı değiştirin.",
        "Where your account is open. End a session you do not know, and change your password.";
    sections = "Ayar bölümleri", "Parts of the settings";
    password_text = "Yeni parola, bu cihaz dışındaki bütün oturumları kapatır.",
        "A new password ends every session but this one.";
    email_hint = "Bu adresle giriş yaparsınız.", "You sign in with this address.";
    email_needs_password = "Yalnızca e-posta adresini değiştirirken gerekir.",
        "Needed only to change the e-mail address.";
    unknown_device = "Bilinmeyen cihaz", "Unknown device";
    session_seen: fn(&str, &str, &str) -> String =
        |day, time, since| format!("Son kullanım {day} {time}, açılış {since}"),
        |day, time, since| format!("Last used {day} {time}, begun {since}");
    this_session = "Bu cihaz", "This device";
    end = "Kapat", "End";
    end_session: fn(&str) -> String = |device| format!("Oturumu kapat: {device}"),
        |device| format!("End the session: {device}");
    end_others = "Diğer oturumların tümünü kapat", "End all other sessions";
    firm_text = "Ad bütün sayfalarda ve birim ağacının başında görünür.",
        "The name stands on every page and at the top of the tree.";
    firm_language_hint = "Dilini seçmemiş olanlar için.", "For whoever has not chosen theirs.";
    firm_currency_hint = "Yeni satışlarda önerilir; var olan tutarlar değişmez.",
        "Offered for new deals; amounts that are there do not change.";
    people_lead_text = "Kim ne görür, ne yapabilir. Satırları sürükleyerek ya da menüden taşıyın.",
        "Who sees what and may do what. Drag the lines, or move them by their menus.";
    invite = "Davet et", "Invite";
    invite_text = "Bir bağlantı oluşur; onu davet ettiğiniz kişiye siz gönderirsiniz. Parolasını kendisi belirler.",
        "A link is made, which you send to whom you invite. They choose their own password.";
    invite_another = "Bir kişi daha davet et", "Invite another";
    to_people = "Çalışanlara dön", "Back to people";
    make_link = "Bağlantı oluştur", "Make a link";
    link_title = "Tek kullanımlık bağlantı", "One-time link";
    link_text = "Yalnız şimdi gösterilir. Yedi gün içinde bir kez kullanılabilir; kim açarsa hesabı o açmış olur, \
         doğru kişiye gönderin.",
        "Shown only now. It works once within seven days, for whoever opens it: send it to the right person.";
    invited = "Davetli", "Invited";
    no_sign_in = "Girişi yok", "No sign-in";
    invitation = "Davet", "Invitation";
    invitation_text = "Henüz parolası yok. Yeni bir bağlantı öncekini geçersiz kılar.",
        "Has no password yet. A new link ends the one before.";
    new_password = "Yeni parola", "New password";
    new_password_text = "Parolasını unutana tek kullanımlık bağlantı verin. Kullanınca bütün oturumları kapanır.",
        "Give whoever forgot theirs a one-time link. Using it ends all their sessions.";
    link_waits: fn(&str) -> String = |day| format!("Kullanılmamış bir bağlantı var; son gün {day}."),
        |day| format!("A link has not been used yet; it ends on {day}.");
    seen_at: fn(&str, &str) -> String = |day, time| format!("son giriş {day} {time}"),
        |day, time| format!("last seen {day} {time}");
    left_text = "Hesabı kapalı: giriş yapamaz. Kayıtları duruyor.",
        "The account is closed: no signing in. The records stay.";
    own_place = "Bu sizsiniz. Rolünüzü ve yerinizi başka bir yönetici değiştirebilir.",
        "This is you. Your role and place are changed by somebody else who leads.";
    not_led = "Bu kişiyi siz yönetmiyorsunuz.", "You do not lead this person.";
    under = "Birim", "Group";
    role_hint: fn(Role) -> &'static str = rol_ne, role_means;
    account = "Hesap", "Account";
    deactivate = "Hesabı kapat", "Close the account";
    deactivate_text = "Kişi hemen çıkarılır ve bir daha giriş yapamaz. Kayıtlarını önce başkasına devredebilirsiniz.",
        "The person is out at once and can't sign in again. You can hand the records over first.";
    deactivated = "Hesap kapatıldı", "The account is closed";
    activate = "Hesabı yeniden aç", "Open the account again";
    activate_text = "Kişi eski parolasıyla yeniden giriş yapabilir.",
        "The person can sign in again with the former password.";
    activated = "Hesap yeniden açıldı", "The account is open again";
    hand_over = "Kayıtları devret", "Hand the records over";
    hand_over_to = "Kime", "To whom";
    records_of: fn([usize; 4]) -> String =
        |[customers, deals, tasks, others]| {
            let all = [
                sayi(customers, "müşteri"),
                sayi(deals, "satış"),
                sayi(tasks, "görev"),
                sayi(others, "başka kayıt"),
            ];
            let said = if others > 0 { 4 } else { 3 };
            format!("{} ve {} bu kişinin.", all[..said - 1].join(", "), all[said - 1])
        },
        |[customers, deals, tasks, others]| {
            let all = [
                count(customers, "customer", "customers"),
                count(deals, "deal", "deals"),
                count(tasks, "task", "tasks"),
                count(others, "other record", "other records"),
            ];
            let said = if others > 0 { 4 } else { 3 };
            format!("{} and {} belong to this person.", all[..said - 1].join(", "), all[said - 1])
        };
    handed_over: fn(usize) -> String = |n| format!("{} devredildi", sayi(n, "kayıt")),
        |n| format!("{} handed over", count(n, "record", "records"));
    add_pipeline = "Satış süreci ekle", "Add a pipeline";
    pipeline_name = "Sürecin adı", "Name of the pipeline";
    pipeline_added = "Satış süreci eklendi", "The pipeline is added";
    pipeline_deleted = "Satış süreci silindi", "The pipeline is deleted";
    delete_pipeline = "Süreci sil", "Delete the pipeline";
    pipeline_about: fn(usize, usize) -> String =
        |stages, deals| format!("{}, {}", sayi(stages, "aşama"), sayi(deals, "satış")),
        |stages, deals| format!("{}, {}", count(stages, "stage", "stages"), count(deals, "deal", "deals"));
    add_stage = "Aşama ekle", "Add a stage";
    stage_name = "Aşamanın adı", "Name of the stage";
    stage_added = "Aşama eklendi", "The stage is added";
    stage_deleted = "Aşama silindi", "The stage is deleted";
    edit_stage = "Düzenle", "Edit";
    delete_stage = "Aşamayı sil", "Delete the stage";
    delete_stage_of: fn(&str) -> String = |name| format!("Aşamayı sil: {name}"),
        |name| format!("Delete the stage {name}");
    delete_stage_text: fn(usize) -> String =
        |n| if n == 0 {
            "Bu aşamada satış yok. Çöp kutusunda bekleyen varsa seçtiğiniz aşamaya geçer.".into()
        } else {
            format!("Bu aşamada {} var. Hangi aşamaya geçsin?", sayi(n, "satış"))
        },
        |n| if n == 0 {
            "No deals are in this stage. Any that wait in the trash go to the one you choose.".into()
        } else {
            format!("This stage holds {}. Where do they go?", count(n, "deal", "deals"))
        };
    deals_go_to = "Satışlar buraya geçsin", "Its deals go to";
    deals_in: fn(usize) -> String = |n| sayi(n, "satış"), |n| count(n, "deal", "deals");
    stage_status = "Anlamı", "What it means";
    stage_open = "Satış sürüyor", "The deal is open";
    stage_won = "Kazanıldı", "Won";
    stage_lost = "Kaybedildi", "Lost";
    status_hint = "Buraya gelen satışlar böyle sayılır.", "Deals that come here count as this.";
    status_held = "Aşamada satış varken anlamı değiştirilemez.", "It can't be changed while the stage holds deals.";
    probability_hint = "Kazanma olasılığı, yüzde. Ağırlıklı toplam bununla hesaplanır.",
        "The chance to win, in percent. Weighted totals use it.";
    color = "Renk", "Colour";
    color_nr: fn(usize) -> String = |n| format!("{n}. renk"), |n| format!("Colour {n}");
    raise = "Yukarı", "Up";
    lower = "Aşağı", "Down";
    order_saved = "Sıra değişti", "The order is changed";
    actions_of: fn(&str) -> String = |name| format!("İşlemler: {name}"), |name| format!("Actions: {name}");
    open_person = "Düzenle", "Edit";
    invite_here = "Buraya davet et", "Invite here";
    add_group_here = "Altına birim ekle", "Add a group below";
    group_name = "Birimin adı", "Name of the group";
    group_added = "Birim eklendi", "The group is added";
    group_deleted = "Birim silindi", "The group is deleted";
    products = "Ürünler", "Products";
    products_text = "Satışlarda seçilenler. Arşivlenen ürün yeni satışlarda önerilmez, olduğu yerde kalır.",
        "What can be chosen in deals. An archived product is not offered for new ones and stays where it is.";
    add_product = "Ürün ekle", "Add a product";
    product_name = "Ürünün adı", "Name of the product";
    series = "Seri", "Series";
    price = "Liste fiyatı", "List price";
    product_added = "Ürün eklendi", "The product is added";
    edit_product = "Düzenle", "Edit";
    archive_product = "Arşivle", "Archive";
    offer_product = "Arşivden çıkar", "Take out of the archive";
    product_archived = "Ürün arşivlendi", "The product is archived";
    product_offered = "Ürün arşivden çıkarıldı", "The product is offered again";
    archived = "Arşivde", "Archived";
    no_products = "Henüz ürün yok", "No products yet";
    no_product_found = "Böyle bir ürün yok", "No such product";
    fields = "Alanlar", "Fields";
    fields_text = "Müşteri ve satışlara eklediğiniz kendi bilgileriniz. Formda, kartta, geçmişte ve dışa aktarılan \
         dosyada hemen yer alırlar. Arşivlenen alan değerlerini saklar.",
        "What you want to know of customers and deals beside the usual. Fields stand in forms, on cards, in \
         history and in exported files at once. An archived field keeps its values.";
    fields_of = "Hangi kaydın alanları", "Fields of which record";
    add_field = "Alan ekle", "Add a field";
    save_and_add = "Kaydet, yenisini ekle", "Save and add another";
    field_name = "Alanın adı", "Name of the field";
    field_shape = "Tür", "Type";
    field_hint = "Açıklama", "Hint";
    field_hint_text = "Alanın altında durur; boş kalabilir.", "Stands under the field; may stay empty.";
    field_part = "Başlık", "Heading";
    field_part_text = "Aynı başlıktaki alanlar formda bir arada durur.",
        "Fields under one heading stand together in the form.";
    field_target = "Hangi kayıtlar", "Which records";
    field_required = "Doldurulması zorunlu", "Must be filled in";
    field_searched = "Aramada bulunsun", "Found by search";
    all_follow: fn(usize) -> String = |n| format!("Kayıtlardaki {} yeni türe uyuyor.", sayi(n, "değer")),
        |n| format!("All {} in records can follow to the new type.", count(n, "value", "values"));
    some_stay: fn(usize, usize) -> String =
        |wrong, all| format!("{all} değerin {wrong} tanesi yeni türe uymuyor. Önce bunları düzeltin:"),
        |wrong, all| format!("{wrong} of {all} values can’t follow to the new type. Change these first:");
    field_listed = "Listede sütun olsun", "A column in the list";
    is_required = "zorunlu", "required";
    is_searched = "aranır", "searched";
    field_added = "Alan eklendi", "The field is added";
    edit_field = "Düzenle", "Edit";
    archive_field = "Arşivle", "Archive";
    offer_field = "Arşivden çıkar", "Take out of the archive";
    field_archived = "Alan arşivlendi", "The field is archived";
    field_offered = "Alan arşivden çıkarıldı", "The field is back";
    no_fields = "Henüz kendi alanınız yok", "No fields of your own yet";
    no_fields_text = "Örneğin makine sayısı, sözleşme bitişi, bölge.",
        "For example number of machines, end of the lease, region.";
    kinds = "Kayıt türleri", "Kinds of record";
    kinds_text = "Müşteri ve satış dışında tuttuğunuz kayıtlar: montaj, araç, sözleşme. Her türün \
         kendi listesi, kartı, alanları ve aşamaları olur.",
        "What you keep beside customers and deals: installations, vehicles, agreements. Each kind has its \
         own list, card, fields and stages.";
    add_kind = "Kayıt türü ekle", "Add a kind";
    edit_kind = "Düzenle", "Edit";
    kind_added = "Kayıt türü eklendi", "Kind added";
    archive_kind = "Arşivle", "Archive";
    offer_kind = "Arşivden çıkar", "Take out of the archive";
    kind_archived = "Kayıt türü arşivlendi", "The kind is archived";
    kind_offered = "Kayıt türü arşivden çıkarıldı", "The kind is back";
    no_kinds = "Henüz kendi kayıt türünüz yok", "No kinds of your own yet";
    no_kinds_text = "Bir şablonla başlayın ya da baştan tanımlayın.", "Begin with a template or from scratch.";
    kind_templates = "Şablonla başlayın", "Begin with a template";
    kind_template: fn(KindTemplate) -> &'static str = sablon_adi, template_name;
    kind_one_tr = "Türkçe adı (tekil)", "Turkish name (one)";
    kind_many_tr = "Türkçe adı (çoğul)", "Turkish name (several)";
    kind_one_en = "İngilizce adı (tekil)", "English name (one)";
    kind_many_en = "İngilizce adı (çoğul)", "English name (several)";
    kind_names_text = "Bir dildeki adlar yeterlidir; öteki dilde de onlar gösterilir.",
        "Names in one language are enough; they are shown in the other one, too.";
    kind_sign = "Simge", "Sign";
    kind_icon: fn(KindIcon) -> &'static str = simge_adi, icon_name;
    kind_on_customer = "Bir müşteriye bağlanabilir", "Can hang on a customer";
    kind_seen_by = "Kayıtlarını kim görür", "Who sees its records";
    kind_changed_by = "Kayıtlarını kim değiştirir", "Who changes its records";
    kind_access: fn(KindAccess) -> &'static str = kimler, who;
    kind_access_text = "Göremeyen için bu kayıtlar yoktur: ne listede, ne aramada, ne geçmişte, ne başka kartlarda.",
        "To whoever may not see these records they do not exist: in no list, search, history or other card.";
    kind_seen: fn(&str) -> String = |who| format!("Kim görür: {who}"), |who| format!("Seen by: {who}");
    kind_changed: fn(&str) -> String =
        |who| format!("Kim değiştirir: {who}"), |who| format!("Changed by: {who}");
    kind_stages = "Aşamalar", "Stages";
    kind_stages_text = "Yoksa boş bırakın. Kaldırılan aşamadaki kayıtlar yerinde kalır.",
        "None is fine. Records in a stage that is taken away stay where they are.";
    kind_stage: fn(usize) -> String = |n| format!("Aşama {n}"), |n| format!("Stage {n}");
    kind_closed = "Bitmiş sayılır", "Counts as done";
    answers = "Yanıtlar", "Answers";
    answer: fn(usize) -> String = |n| format!("Yanıt {n}"), |n| format!("Answer {n}");
    add_answer = "Yanıt ekle", "Add an answer";
    remove_answer: fn(&str) -> String = |name| format!("Yanıtı kaldır: {name}"),
        |name| format!("Remove answer: {name}");
    shape_name: fn(OwnShape) -> &'static str = tur_adi, shape_name;
    look_for_product = "Ürün ara", "Look for a product";
    more_products: fn(usize) -> String = |n| format!("{} daha var. Adıyla arayın.", sayi(n, "ürün")),
        |n| format!("There are {n} more. Look for them by name.");
    rename = "Yeniden adlandır", "Rename";
    delete_group = "Birimi sil", "Delete the group";
    move_to = "Taşı…", "Move to…";
    move_of: fn(&str) -> String = |name| format!("Taşı: {name}"), |name| format!("Move {name}");
    move_here = "Buraya taşı", "Move here";
    moved: fn(&str, &str) -> String = |name, there| format!("{name} → {there}"),
        |name, there| format!("{name} → {there}");
    saved = "Ayarlar kaydedildi", "Settings saved";
}
