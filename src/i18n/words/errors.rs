//! What is said when something did not work: why, and what can be done.

use crate::error::{Error, Problem};

words! {
    unauthenticated = "Oturumunuz sona erdi. Sürdürmek için giriş yapın.", "You are signed out. Sign in to go on.";
    forbidden = "Bu işlem için yetkiniz yok.", "You do not have the right to do this.";
    not_found_title = "Bulunamadı", "Not found";
    not_found = "Böyle bir kayıt yok ya da görme yetkiniz yok.", "There is no such record, or you may not see it.";
    page_not_found = "Böyle bir sayfa yok.", "There is no such page.";
    conflict_title = "Bu kaydı az önce başka biri değiştirdi", "Somebody has just changed this record";
    conflict = "Hangi değerin kalacağını seçin; yazdıklarınız kaybolmadı.",
        "Choose which values stay; nothing you typed is lost.";
    conflict_mine = "Sizinki", "Yours";
    conflict_theirs = "Kayıttaki", "On record";
    keep_mine = "Benimkini kaydet", "Save mine";
    take_theirs = "Kayıttakini al", "Take the one on record";
    invalid: fn(usize) -> String =
        |n| format!("Düzeltilmesi gereken {n} alan var."),
        |n| if n == 1 { "One field needs a correction.".into() } else { format!("{n} fields need a correction.") };
    offline = "Sunucuya ulaşılamadı. Bağlantınızı denetleyip yeniden deneyin.",
        "The server can't be reached. Check your connection and try again.";
    disc_full = "Sunucunun diski dolu: kaydedilmedi, yazdıklarınız burada duruyor. Sunucuya bakan kişiye haber verin; \
         yer açılınca yeniden deneyin.",
        "The server's disc is full: nothing was saved, what you typed is still here. Tell whoever runs the server; try \
         again when there is room.";
    unavailable = "Veri tabanına şu anda ulaşılamıyor: kaydedilmedi, yazdıklarınız burada duruyor. Biraz sonra yeniden \
         deneyin.",
        "The database can't be reached just now: nothing was saved, what you typed is still here. Try again in a \
         moment.";
    internal: fn(&str) -> String =
        |id| if id.is_empty() {
            "Bu bizim hatamız. Yeniden deneyin.".into()
        } else {
            format!("Bu bizim hatamız. Yeniden deneyin; sürerse şu numarayı bildirin: {id}")
        },
        |id| if id.is_empty() {
            "This is our fault. Try again.".into()
        } else {
            format!("This is our fault. Try again; if it stays, report this number: {id}")
        };
    too_many: fn(u64) -> String =
        |seconds| format!("Çok fazla deneme yapıldı. {} sonra yeniden deneyin.", sure(seconds)),
        |seconds| format!("Too many tries. Try again in {}.", span(seconds));
    bad_request = "İstek anlaşılamadı. Sayfayı yenileyip yeniden deneyin.",
        "The request was not understood. Reload the page and try again.";
    load_failed = "Yüklenemedi", "Could not be loaded";
    undo_failed = "Geri alınamadı: kayıt o zamandan beri değişti.", "Can't be undone: the record has changed since.";
    /// What to say about an error as a whole, in one or two sentences.
    error: fn(&Error) -> String = |error| of(&TR, error), |error| of(&EN, error);
    /// What to say about a field.
    problem: fn(&Problem) -> String = sorun, trouble;
}

fn of(words: &Words, error: &Error) -> String {
    match error {
        Error::Unauthenticated => words.unauthenticated.to_owned(),
        Error::Forbidden => words.forbidden.to_owned(),
        Error::NotFound => words.not_found.to_owned(),
        Error::Conflict { .. } => format!("{}. {}", words.conflict_title, words.conflict),
        Error::Invalid(problems) => (words.invalid)(problems.len()),
        Error::TooMany { seconds } => (words.too_many)(*seconds),
        Error::BadRequest => words.bad_request.to_owned(),
        Error::DiscFull => words.disc_full.to_owned(),
        Error::Unavailable => words.unavailable.to_owned(),
        Error::Offline => words.offline.to_owned(),
        Error::Internal { request } => (words.internal)(request),
    }
}

fn sure(seconds: u64) -> String {
    if seconds < 90 { format!("{seconds} saniye") } else { format!("{} dakika", seconds.div_ceil(60)) }
}

fn span(seconds: u64) -> String {
    match seconds {
        1 => "1 second".to_owned(),
        2..90 | 0 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}

fn sorun(problem: &Problem) -> String {
    match problem {
        Problem::Required => "Bu alan boş bırakılamaz.".to_owned(),
        Problem::TooLong(most) => format!("En çok {most} karakter olabilir."),
        Problem::TooShort(least) => format!("En az {least} karakter olmalı."),
        Problem::BadEmail => "Bu bir e-posta adresi değil. Örnek: ad@firma.com".to_owned(),
        Problem::BadPhone => "Bu bir telefon numarası değil. Örnek: 0532 118 42 07".to_owned(),
        Problem::BadAmount => "Bu bir tutar değil. Örnek: 1.234,56".to_owned(),
        Problem::BadNumber => "Bu bir sayı değil. Örnek: 1.234,5".to_owned(),
        Problem::BadLink => "Bu bir web adresi değil. Örnek: www.firma.com".to_owned(),
        Problem::TooMany(most) => format!("En çok {most} tane olabilir."),
        Problem::NotInDraft => {
            "Bu, kayıtları da değiştirir; taslakta yapılamaz. Önce taslağı kapatın.".to_owned()
        }
        Problem::HasValues => "Kayıtlarda buna uymayan değerler var; bu yüzden değiştirilemez.".to_owned(),
        Problem::OtherCurrency(other) => {
            format!("Burada {other} yazıyor, seçili para birimi başka. Hangisi doğruysa ötekini değiştirin.")
        }
        Problem::BadDate => "Bu bir tarih değil. Örnek: 31.12.2026 ya da yarın".to_owned(),
        Problem::BadMoment => {
            "Gün ve saat birlikte yazılır. Örnek: 31.12.2026 14:05 ya da dün 14:05".to_owned()
        }
        Problem::NoSuchDay => "Takvimde böyle bir gün yok.".to_owned(),
        Problem::DayOrMonth => "Gün mü önce, ay mı? Şöyle yazın: 3 Nisan 2027".to_owned(),
        Problem::NotYet => "Bu zaman henüz gelmedi. Yapılacak işler için görev ekleyin.".to_owned(),
        Problem::BadTime => "Bu bir saat değil. Örnek: 14:30".to_owned(),
        Problem::BadCurrency => "Bu para birimi tanınmıyor.".to_owned(),
        Problem::BadTimeZone => "Bu saat dilimi tanınmıyor.".to_owned(),
        Problem::BadTaxNumber => {
            "Vergi numarası 10, T.C. kimlik numarası 11 rakamdır ve son rakamları birbirini tutmalıdır."
                .to_owned()
        }
        Problem::LostZero(whole) => {
            format!(
                "Başındaki 0 düşmüş olabilir: {whole} ise öyle yazın. Yabancı numarayı ülkesiyle yazın: GR 123456789"
            )
        }
        Problem::Unknown => "Böyle bir seçenek yok.".to_owned(),
        Problem::Taken => "Bu zaten kullanılıyor.".to_owned(),
        Problem::WrongSignIn => "E-posta ya da parola yanlış.".to_owned(),
        Problem::WrongPassword => "Şimdiki parolanız bu değil.".to_owned(),
        Problem::Beyond => "Kendi yetkinizden fazlasını veremezsiniz.".to_owned(),
        Problem::BeyondHere => "Bu rolü bu birimde siz veremezsiniz.".to_owned(),
        Problem::LastOwner => "Firmanın en az bir etkin sahibi kalmalı.".to_owned(),
        Problem::Loop => "Bir birim kendisinin altına taşınamaz.".to_owned(),
        Problem::NotEmpty => "Önce içindekileri başka yere taşıyın.".to_owned(),
        Problem::BadPercent => "0 ile 100 arasında bir tam sayı olmalı.".to_owned(),
        Problem::LastOfItsKind => {
            "Her hatta en az bir açık, bir kazanıldı ve bir kaybedildi aşaması kalmalı.".to_owned()
        }
    }
}

fn trouble(problem: &Problem) -> String {
    match problem {
        Problem::Required => "This can't be empty.".to_owned(),
        Problem::TooLong(most) => format!("{most} characters at most."),
        Problem::TooShort(least) => format!("{least} characters at least."),
        Problem::BadEmail => "This is no e-mail address. Example: name@company.com".to_owned(),
        Problem::BadPhone => "This is no telephone number. Example: +90 532 118 42 07".to_owned(),
        Problem::BadAmount => "This is no amount. Example: 1,234.56".to_owned(),
        Problem::BadNumber => "This is no number. Example: 1,234.5".to_owned(),
        Problem::BadLink => "This is no web address. Example: www.company.com".to_owned(),
        Problem::TooMany(most) => format!("There can be {most} at most."),
        Problem::NotInDraft => {
            "This changes records, too, and can’t wait in a draft. Close the draft first.".to_owned()
        }
        Problem::HasValues => "Records have values that don't fit this, so it can't be changed.".to_owned(),
        Problem::OtherCurrency(other) => {
            format!("This says {other}, but another currency is chosen. Change the one that is wrong.")
        }
        Problem::BadDate => "This is no date. Example: 31 Dec 2026 or tomorrow".to_owned(),
        Problem::BadMoment => {
            "Write the day and the time. Example: 31 Dec 2026 14:05 or yesterday 14:05".to_owned()
        }
        Problem::NoSuchDay => "There is no such day in the calendar.".to_owned(),
        Problem::DayOrMonth => "Which is the day, which the month? Write it like this: 3 Apr 2027".to_owned(),
        Problem::NotYet => "This time is yet to come. For things to do, add a task.".to_owned(),
        Problem::BadTime => "This is no time of day. Example: 14:30".to_owned(),
        Problem::BadCurrency => "This currency is not known.".to_owned(),
        Problem::BadTimeZone => "This time zone is not known.".to_owned(),
        Problem::BadTaxNumber => {
            "A tax number has 10 digits, an identity number 11, and the last ones must check.".to_owned()
        }
        Problem::LostZero(whole) => {
            format!(
                "Its first 0 may be lost: if it is {whole}, type it so. Type a foreign number with its country: GR \
                 123456789"
            )
        }
        Problem::Unknown => "There is no such choice.".to_owned(),
        Problem::Taken => "This is in use already.".to_owned(),
        Problem::WrongSignIn => "Wrong e-mail or password.".to_owned(),
        Problem::WrongPassword => "This is not your current password.".to_owned(),
        Problem::Beyond => "You can't give more than you have.".to_owned(),
        Problem::BeyondHere => "You can't give this role in this group.".to_owned(),
        Problem::LastOwner => "The firm must keep at least one active owner.".to_owned(),
        Problem::Loop => "A group can't hang under itself.".to_owned(),
        Problem::NotEmpty => "Move what is in it first.".to_owned(),
        Problem::BadPercent => "This must be a whole number from 0 to 100.".to_owned(),
        Problem::LastOfItsKind => {
            "A pipeline keeps at least one open, one won and one lost stage.".to_owned()
        }
    }
}
