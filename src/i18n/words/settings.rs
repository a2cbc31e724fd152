//! Settings: oneself, the firm, its people, its pipelines.

use crate::auth::model::{Role, Sees};

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
    people_text = "Kim ne görür, ne yapabilir: birimler ve çalışanlar.", "Who sees what and may do what: groups and people.";
    person = "Çalışan", "Person";
    add_person = "Çalışan ekle", "Add a person";
    group = "Birim", "Group";
    add_group = "Birim ekle", "Add a group";
    name = "Ad ve soyad", "Name";
    email = "E-posta", "E-mail";
    role = "Rol", "Role";
    role_name: fn(Role) -> &'static str = rol, role_in_english;
    sees = "Görüş alanı", "Sees";
    sees_name: fn(Sees) -> &'static str = alan, sees_in_english;
    active = "Etkin", "Active";
    inactive = "Ayrılmış", "Left";
    pipelines = "Satış hatları", "Pipelines";
    stages = "Aşamalar", "Stages";
    probability = "Olasılık", "Probability";
    sessions = "Oturumlar", "Sessions";
    sessions_text = "Bu hesapla açık bütün oturumlar kapanır; bu cihazdaki de.", "Every session of this account is closed, also on this device.";
    saved = "Ayarlar kaydedildi", "Settings saved";
    owner_only = "Bunu yalnız firmanın sahibi değiştirebilir.", "Only the firm’s owner can change this.";
}

fn rol(role: Role) -> &'static str {
    match role {
        Role::Owner => "Firma sahibi",
        Role::Manager => "Yönetici",
        Role::Salesperson => "Satışçı",
        Role::Viewer => "İzleyici",
    }
}

fn role_in_english(role: Role) -> &'static str {
    match role {
        Role::Owner => "Owner",
        Role::Manager => "Manager",
        Role::Salesperson => "Salesperson",
        Role::Viewer => "Viewer",
    }
}

fn alan(sees: Sees) -> &'static str {
    match sees {
        Sees::Own => "Kendi kayıtları",
        Sees::Team => "Ekibinin kayıtları",
        Sees::Subtree => "Ekibi ve alt birimleri",
        Sees::All => "Bütün firma",
    }
}

fn sees_in_english(sees: Sees) -> &'static str {
    match sees {
        Sees::Own => "Their own",
        Sees::Team => "Their team’s",
        Sees::Subtree => "Their team’s and below",
        Sees::All => "The whole firm’s",
    }
}
