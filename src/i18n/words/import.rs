//! What an import tells the firm's owner: what came in, what was noticed, and what did not come in and why.

use super::{count, n, sayi};
use crate::i18n::Locale::{En, Tr};

words! {
    title: fn(&str) -> String = |source| format!("“{source}” aktarımı"), |source| format!("Import “{source}”");
    dry_run = "Deneme: ne olacağı aşağıda; hiçbir şey değiştirilmedi.",
        "A trial: this is what would happen; nothing was changed.";
    one_thing: [&'static str; 9] =
        ["birim", "kişi", "ürün", "aşama", "müşteri", "satış", "kayıt", "görev", "etkileşim"],
        ["group", "person", "product", "stage", "customer", "deal", "record", "task", "activity"];
    things: [&'static str; 9] =
        ["birim", "kişi", "ürün", "aşama", "müşteri", "satış", "kayıt", "görev", "etkileşim"],
        ["groups", "people", "products", "stages", "customers", "deals", "records", "tasks", "activities"];
    tally: fn(usize, usize) -> String =
        |new, before| format!("{:>7} yeni, {:>7} önceki gibi", n(new, Tr), n(before, Tr)),
        |new, before| format!("{:>7} new, {:>7} as before", n(new, En), n(before, En));
    differing: fn(usize) -> String =
        |differ| format!(" (bunlardan {} tanesi dosyadakinden farklı, olduğu gibi bırakıldı)", n(differ, Tr)),
        |differ| format!(" (of them {} differ from the file and were left as they are)", n(differ, En));
    rows: fn(&str, [usize; 5]) -> String =
        |file, [all, new, before, refused, empty]| {
            let empty = if empty > 0 { format!(", {} boş", n(empty, Tr)) } else { String::new() };
            format!(
                "{file}: {}: {} yeni, {} önceki gibi, {} alınmayan{empty}",
                sayi(all, "satır"), n(new, Tr), n(before, Tr), n(refused, Tr)
            )
        },
        |file, [all, new, before, refused, empty]| {
            let empty = if empty > 0 { format!(", {} empty", n(empty, En)) } else { String::new() };
            format!(
                "{file}: {}: {} new, {} as before, {} refused{empty}",
                count(all, "row", "rows"), n(new, En), n(before, En), n(refused, En)
            )
        };
    rules = "Haritadaki kurallar", "Rules of the map";
    rule: fn(&str, &str, &str) -> String =
        |column, from, to| format!("{column}: “{from}” yerine “{to}”"),
        |column, from, to| format!("{column}: “{from}” read as “{to}”");
    used: fn(usize) -> String =
        |times| if times == 0 { "hiç gerekmedi".into() } else { format!("{} satırda", n(times, Tr)) },
        |times| if times == 0 { "was never needed".into() } else { format!("in {}", count(times, "row", "rows")) };
    noticed = "Dikkat", "Noticed";
    noted = "Kayıt alındı; okunamayan bu değerler nota yazıldı",
        "Came in; these values could not be read and stand in the note";
    differ = "Dosyadakinden farklı, olduğu gibi bırakıldı", "Differ from the file and were left as they are";
    refused = "Alınmadı", "Did not come in";
    some_refused = "bazı satırlar alınmadı, yukarıya bakın", "some rows did not come in, see above";
    stopped = "Bu dosya okunamadı, hiçbir şey alınmadı", "This file could not be read, and nothing came in";
    lines: fn(&str, bool) -> String =
        |lines, _| format!("satır {lines}"),
        |lines, many| if many { format!("lines {lines}") } else { format!("line {lines}") };
    in_rows: fn(usize) -> String = |rows| sayi(rows, "satırda"), |rows| format!("in {}", count(rows, "row", "rows"));
    more: fn(usize) -> String = |rest| format!("… ve {} tane daha", n(rest, Tr)),
        |rest| format!("… and {} more", n(rest, En));
    here_and_there: fn(&str, &str) -> String =
        |here, file| format!("burada “{here}”, dosyada “{file}”"),
        |here, file| format!("here “{here}”, file “{file}”");
    another_here = "burada başka", "another here";

    // Why a row or a value did not come in.
    empty = "boş", "is empty";
    too_long: fn(usize, usize) -> String =
        |letters, most| format!("{} karakter; en çok {} olabilir", n(letters, Tr), n(most, Tr)),
        |letters, most| format!("has {} characters, the most is {}", n(letters, En), n(most, En));
    twice: fn(u64) -> String =
        |line| format!("{line}. satırda da var; ikisi ayrıysa haritada onları ayıran bir sütunu id yapın"),
        |line| format!("stands on line {line} already; if they are two, name a column that tells them apart as id");
    no_title = "başlık çıkmıyor: sütunları boş", "no title can be made of it: its columns are empty";
    not_utf8 = "harfleri okunamıyor: haritada encoding yazın, örneğin windows-1254",
        "its letters can't be read: name the encoding in the map, such as windows-1254";
    surplus: fn(usize, usize) -> String =
        |cells, heading| format!("{cells} hücre dolu, başlıkta {heading} sütun var"),
        |cells, heading| format!("{cells} cells are filled, the heading has {heading}");
    open_quote: fn(u64) -> String =
        |line| format!("{line}. satırda bir tırnak (\") açılıyor ve kapanmıyor; sonraki satırlar onun içinde \
             kaybolurdu. Kapatın ya da iki kez yazın (\"\")"),
        |line| format!("a quotation mark (\") opens on line {line} and is never closed, the rows after it would be \
             lost in it. Close it, or write it twice (\"\")");
    swallowed: fn(u64, u64) -> String =
        |line, until| format!("{line}. satırda açılan tırnak (\") {until}. satırda, bir yazının önünde kapanıyor; \
             aradaki satırlar onun içinde kaybolurdu. Eksik tırnağı ekleyin ya da iki kez yazın (\"\")"),
        |line, until| format!("the quotation mark (\") that opens on line {line} is closed on line {until} in front of \
             a text; the rows between would be lost in it. Add the one that is missing, or write it twice (\"\")");
    behind_quote = "kapanan tırnağın (\") arkasında yazı var", "text stands behind a closing quotation mark (\")";
    long_cell: fn(u64, u64) -> String =
        |line, until| format!("tırnak içindeki hücre {line}.–{until}. satırlara yayılıyor ve bir satır kadar ayraç \
             içeriyor: tırnak mı eksik? Böyleyse düzeltin, değilse haritada [format] altına multiline = true yazın"),
        |line, until| format!("a quoted cell goes over the lines {line} to {until} and holds as many separators as a \
             row: is a quotation mark missing? If not, say multiline = true under [format] in the map");
    bad_date = "tarih değil", "is no date";
    no_day = "“tarih yok” demek olabilir: boş mu okunsun? Öyleyse haritanın translate bölümünde bu sütuna \
         \"değer\" = \"\" yazın; gerçekten o gün ise \"değer\" = \"değer\"",
        "may mean that there is none: read it as empty? Then write \"value\" = \"\" for this column in translate; \
         where that day is meant, \"value\" = \"value\"";
    serial = "tarih değil; bir tablonun gün sayısı olabilir: haritada dates içine \"excel\" ekleyin",
        "is no date; it may be the day number of a spreadsheet: add \"excel\" to dates in the map";
    either_day = "gün mü önce, ay mı, belli değil: haritada dates yazın",
        "may begin with the day or with the month: say dates in the map";
    bad_amount = "tutar değil", "is no amount";
    either_amount = "iki türlü okunabilir (45.000: kırk beş bin mi, kırk beş mi?): haritada [format] altına decimal ve \
         thousands yazın",
        "can be read in two ways (45.000: forty-five thousand, or forty-five?): say decimal and thousands under \
         [format] in the map";
    below_zero = "sıfırdan küçük tutar", "the amount is below zero";
    two_currencies: fn(&str, &str) -> String =
        |amount, column| format!("tutarda {amount} yazıyor, para birimi sütununda {column}"),
        |amount, column| format!("the amount says {amount}, the column of currencies {column}");
    unknown_currency = "bilinmeyen para birimi", "unknown currency";
    unknown_kind = "müşteri türü değil (Kişi ya da Firma)", "is no kind of customer (Person or Organisation)";
    unknown_word = "bu sütunda bilinmeyen bir sözcük", "this column knows no such word";
    no_card = "ne müşterisi ne satışı var", "it has neither customer nor deal";
    unknown_answer = "evet ya da hayır değil", "is neither yes nor no";
    unknown: fn(&str) -> String = |what| format!("bilinmeyen {what}"), |what| format!("unknown {what}");
    meant: fn(&str, &str) -> String =
        |name, meant| format!("; “{meant}” demekse haritanın translate bölümünde bu sütuna yazın: \
             \"{name}\" = \"{meant}\""),
        |name, meant| format!("; if “{meant}” is meant, say so in the map: \"{name}\" = \"{meant}\" under its column \
             in translate");
    owner = "sorumlu", "owner";
    several_people = "bu adda birkaç kişi var: e-posta adresiyle yazın",
        "several people are called so: name the e-mail address";
    no_closing_day = "kazanılmış ya da kaybedilmiş, ama kapanış tarihi yok", "won or lost, but without a closing date";
    gone = "artık olmayan bir kaydı gösteriyor", "it points at something that is gone";
    bad_contact = "kişi satırı değil (ad | görev | telefon | e-posta)",
        "is no line of a contact (name | job | phone | e-mail)";

    // What is odd without being wrong.
    unused: fn(&str) -> String = |columns| format!("kullanılmayan sütunlar: {columns}"),
        |columns| format!("columns that are not used: {columns}");
    nameless: fn(usize) -> String =
        |columns| format!("{} başlıksız sütun okunmadı", n(columns, Tr)),
        |columns| format!("{} without a heading not read", count(columns, "column", "columns"));
    heading_twice: fn(&str) -> String =
        |name| format!("“{name}” başlığı birden çok sütunda var; ikincisi haritada {{{name}#2}} diye yazılır"),
        |name| format!("the heading “{name}” stands over several columns; the second is written {{{name}#2}} in the \
             map");
    which_heading: fn(&str) -> String =
        |name| format!("“{name}” başlığı birden çok sütunda var: haritada hangisi olduğunu {{{name}#1}} ya da \
             {{{name}#2}} diye yazın"),
        |name| format!("the heading “{name}” stands over several columns: say in the map which one is meant, \
             {{{name}#1}} or {{{name}#2}}");
    short_rows: fn(usize, &str) -> String =
        |rows, lines| format!(
            "{} satırda başlıktan az hücre var, eksikleri boş sayıldı ({lines}); eksik olan ortadaysa değerler \
             kaymıştır",
            n(rows, Tr)
        ),
        |rows, lines| format!(
            "{} fewer cells than the heading, the missing ones were read as empty ({lines}); where one is missing in \
             the middle, values have moved",
            count(rows, "row has", "rows have")
        );
    wide_rows: fn(usize, &str) -> String =
        |rows, lines| format!(
            "{} satırın sonundaki fazla boş hücreler atıldı ({lines}); ortada bir ayraç fazlaysa değerler kaymıştır",
            n(rows, Tr)
        ),
        |rows, lines| format!(
            "{} empty cells behind the last heading, which were left out ({lines}); where a separator is too many in \
             the middle, values have moved",
            count(rows, "row has", "rows have")
        );
    spaces: fn(usize) -> String =
        |cells| format!("{} hücrede gereksiz boşluklar ve görünmeyen işaretler atıldı", n(cells, Tr)),
        |cells| format!("needless spaces and unseen signs in {} were left out", count(cells, "cell", "cells"));
    nothing: fn(&str, &str, usize) -> String =
        |column, value, rows| format!("{column}: “{value}” boş sayıldı, {} satırda", n(rows, Tr)),
        |column, value, rows| format!("{column}: “{value}” read as empty, in {}", count(rows, "row", "rows"));
    long_amounts: fn(&str, usize) -> String =
        |column, rows| format!(
            "{column}: {} tutarın kuruşundan sonra da sıfır var (3,100); ondalık olarak okundu",
            n(rows, Tr)
        ),
        |column, rows| format!(
            "{column}: {} zeros behind the decimals (3,100), and read as decimals",
            count(rows, "amount has", "amounts have")
        );
    own_currency: fn(&str, usize, &str) -> String =
        |column, rows, currency| format!(
            "{column}: {} tutar kendi yazdığı para biriminden alındı: {currency}",
            n(rows, Tr)
        ),
        |column, rows, currency| format!(
            "{column}: {} taken in the currency written with the amount: {currency}",
            count(rows, "amount was", "amounts were")
        );
    no_customer: fn(usize) -> String =
        |deals| format!("{} satışın müşterisi yok, müşterisiz alınıyor", n(deals, Tr)),
        |deals| format!("{} no customer, and none is made up", count(deals, "deal has", "deals have"));
    undated: fn(usize, &str) -> String =
        |deals, day| format!("{} satışın açılış tarihi yok, {day} yazıldı", n(deals, Tr)),
        |deals, day| format!("{} no opening date, {day} is taken", count(deals, "deal has", "deals have"));
    backwards: fn(usize) -> String =
        |deals| format!("{} satış açılmadan kapanmış", n(deals, Tr)),
        |deals| format!("{} closed before the day of opening", count(deals, "deal is", "deals are"));
    reopened: fn(usize) -> String =
        |deals| format!("{} açık satışın kapanış tarihi var, yazılmadı", n(deals, Tr)),
        |deals| format!("{} a closing date, which is left out", count(deals, "open deal has", "open deals have"));
    closed_undated: fn(usize, &str) -> String =
        |deals, day| format!("{} kapanmış satışın kapanış tarihi yok, {day} yazıldı", n(deals, Tr)),
        |deals, day| format!(
            "{} no closing date, {day} is taken",
            count(deals, "closed deal has", "closed deals have")
        );
    look_alike: fn(&str, &str) -> String =
        |one, other| format!("ikisi aynı görünüyor: “{one}” ve “{other}”"),
        |one, other| format!("these two look alike: “{one}” and “{other}”");
    idle: fn(usize, usize, &str, &str) -> String =
        |idle, all, what, names| format!(
            "{} {what} içinden {} tanesi hiçbir satışta geçmiyor: {names}",
            n(all, Tr), n(idle, Tr)
        ),
        |idle, all, what, names| format!("{} of {} {what} are named by no deal: {names}", n(idle, En), n(all, En));
    leads_too: fn(&str, &str, &str) -> String =
        |who, too, stays| format!("{who} “{too}” birimini de yönetiyor, ama “{stays}” içinde kalıyor"),
        |who, too, stays| format!("{who} leads “{too}” too, but stays in “{stays}”");
}
