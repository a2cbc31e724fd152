//! The Turkish and English names of the enum values that the settings show: roles, how much a person sees, kinds,
//! shapes of fields. Only functions from a value to its name; the other words of the settings are in `settings`.

use crate::auth::model::{Role, Sees};
use crate::fields::own::shape::OwnShape;
use crate::own_kinds::model::{KindAccess, KindIcon, KindTemplate};

pub(super) fn rol(role: Role) -> &'static str {
    match role {
        Role::Owner => "Firma sahibi",
        Role::Manager => "Yönetici",
        Role::Salesperson => "Satış temsilcisi",
        Role::Viewer => "İzleyici",
    }
}

pub(super) fn role_in_english(role: Role) -> &'static str {
    match role {
        Role::Owner => "Owner",
        Role::Manager => "Manager",
        Role::Salesperson => "Salesperson",
        Role::Viewer => "Viewer",
    }
}

pub(super) fn alan(sees: Sees) -> &'static str {
    match sees {
        Sees::Own => "Kendi kayıtları",
        Sees::Team => "Ekibinin kayıtları",
        Sees::Subtree => "Ekibi ve alt birimleri",
        Sees::All => "Bütün firma",
    }
}

pub(super) fn sees_in_english(sees: Sees) -> &'static str {
    match sees {
        Sees::Own => "Their own",
        Sees::Team => "Their team’s",
        Sees::Subtree => "Their team’s and below",
        Sees::All => "The whole firm’s",
    }
}

pub(super) fn rol_ne(role: Role) -> &'static str {
    match role {
        Role::Owner => "Her şeyi görür ve her şeyi ayarlar.",
        Role::Manager => "Satar; birimindekileri davet eder, yönetir ve kayıtları devreder.",
        Role::Salesperson => "Müşterileri ve satışları işler.",
        Role::Viewer => "Yalnız bakar, hiçbir şeyi değiştirmez.",
    }
}

pub(super) fn role_means(role: Role) -> &'static str {
    match role {
        Role::Owner => "Sees everything and sets everything.",
        Role::Manager => "Sells; invites and leads the people below, hands records over.",
        Role::Salesperson => "Works on customers and deals.",
        Role::Viewer => "Only looks, changes nothing.",
    }
}

pub(super) fn sablon_adi(template: KindTemplate) -> &'static str {
    match template {
        KindTemplate::Installation => "Montaj",
        KindTemplate::Vehicle => "Araç",
        KindTemplate::Agreement => "Sözleşme",
    }
}

pub(super) fn template_name(template: KindTemplate) -> &'static str {
    match template {
        KindTemplate::Installation => "Installation",
        KindTemplate::Vehicle => "Vehicle",
        KindTemplate::Agreement => "Agreement",
    }
}

pub(super) fn kimler(access: KindAccess) -> &'static str {
    match access {
        KindAccess::Everyone => "Herkes",
        KindAccess::Managers => "Yöneticiler ve firma sahibi",
        KindAccess::Owner => "Yalnız firma sahibi",
    }
}

pub(super) fn who(access: KindAccess) -> &'static str {
    match access {
        KindAccess::Everyone => "Everyone",
        KindAccess::Managers => "Managers and the owner",
        KindAccess::Owner => "The owner alone",
    }
}

pub(super) fn simge_adi(icon: KindIcon) -> &'static str {
    match icon {
        KindIcon::Package => "Paket",
        KindIcon::Wrench => "Anahtar",
        KindIcon::Car => "Araç",
        KindIcon::House => "Ev",
        KindIcon::FileText => "Belge",
        KindIcon::Monitor => "Ekran",
        KindIcon::Briefcase => "Çanta",
        KindIcon::Calendar => "Takvim",
        KindIcon::Place => "Konum",
        KindIcon::Building => "Bina",
    }
}

pub(super) fn icon_name(icon: KindIcon) -> &'static str {
    match icon {
        KindIcon::Package => "Package",
        KindIcon::Wrench => "Wrench",
        KindIcon::Car => "Car",
        KindIcon::House => "House",
        KindIcon::FileText => "Document",
        KindIcon::Monitor => "Screen",
        KindIcon::Briefcase => "Briefcase",
        KindIcon::Calendar => "Calendar",
        KindIcon::Place => "Place",
        KindIcon::Building => "Building",
    }
}

pub(super) fn tur_adi(shape: OwnShape) -> &'static str {
    match shape {
        OwnShape::Line => "Kısa metin",
        OwnShape::Text => "Uzun metin",
        OwnShape::Number => "Sayı",
        OwnShape::Money => "Tutar",
        OwnShape::Day => "Gün",
        OwnShape::Moment => "Gün ve saat",
        OwnShape::Choice => "Seçenek",
        OwnShape::Choices => "Birden çok seçenek",
        OwnShape::YesNo => "Evet / hayır",
        OwnShape::Link => "Web adresi",
        OwnShape::Phone => "Telefon",
        OwnShape::Email => "E-posta",
        OwnShape::Person => "Ekipten biri",
        OwnShape::Record => "Başka bir kayıt",
    }
}

pub(super) fn shape_name(shape: OwnShape) -> &'static str {
    match shape {
        OwnShape::Line => "Short text",
        OwnShape::Text => "Long text",
        OwnShape::Number => "Number",
        OwnShape::Money => "Amount",
        OwnShape::Day => "Day",
        OwnShape::Moment => "Day and time",
        OwnShape::Choice => "Choice",
        OwnShape::Choices => "Several choices",
        OwnShape::YesNo => "Yes / no",
        OwnShape::Link => "Web address",
        OwnShape::Phone => "Phone",
        OwnShape::Email => "E-mail",
        OwnShape::Person => "Somebody of the team",
        OwnShape::Record => "Another record",
    }
}
