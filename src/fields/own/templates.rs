//! Templates for kinds of record: names, stages and fields for something that many firms keep, in the language of the
//! person who takes one. The result is an ordinary kind of the firm's; it does not remember its template.

use super::commands;
use super::input::OwnFieldForm;
use super::of::FieldsOf;
use crate::error::{Error, FieldProblem, Problem, Result};
use crate::i18n::Locale;
use crate::id::OwnKindId;
use crate::own_kinds;
use crate::own_kinds::input::OwnKindForm;
use crate::own_kinds::model::KindTemplate;
use crate::own_kinds::store::found;
use crate::server::db::Tx;

/// A word in Turkish and in English.
type Both = (&'static str, &'static str);

/// A kind with its fields.
struct Template {
    one: Both,
    many: Both,
    icon: &'static str,
    stages: &'static [Both],
    /// Whether its last stage counts as done.
    ends: bool,
    /// Name, type, whether it is searched.
    fields: &'static [(Both, &'static str, bool)],
}

const INSTALLATION: Template = Template {
    one: ("Montaj", "Installation"),
    many: ("Montajlar", "Installations"),
    icon: "wrench",
    stages: &[
        ("Keşif", "Survey"),
        ("Planlandı", "Planned"),
        ("Kuruluyor", "In progress"),
        ("Teslim edildi", "Handed over"),
    ],
    ends: true,
    fields: &[
        (("Montaj adresi", "Site address"), "line", true),
        (("Montaj günü", "Day of installation"), "day", false),
        (("Ekip", "Team"), "line", false),
        (("Seri no", "Serial number"), "line", true),
        (("Garanti bitişi", "Warranty ends"), "day", false),
        (("Teslim notu", "Handover note"), "text", false),
    ],
};

const VEHICLE: Template = Template {
    one: ("Araç", "Vehicle"),
    many: ("Araçlar", "Vehicles"),
    icon: "car",
    stages: &[],
    ends: false,
    fields: &[
        (("Plaka", "Number plate"), "line", true),
        (("Marka ve model", "Make and model"), "line", true),
        (("Model yılı", "Model year"), "number", false),
        (("Kilometre", "Kilometres"), "number", false),
        (("Muayene bitişi", "Inspection due"), "day", false),
        (("Sigorta bitişi", "Insurance ends"), "day", false),
    ],
};

const AGREEMENT: Template = Template {
    one: ("Sözleşme", "Agreement"),
    many: ("Sözleşmeler", "Agreements"),
    icon: "file_text",
    stages: &[
        ("Taslak", "Draft"),
        ("İmzada", "Out for signature"),
        ("Yürürlükte", "In force"),
        ("Sona erdi", "Ended"),
    ],
    ends: true,
    fields: &[
        (("Sözleşme no", "Agreement number"), "line", true),
        (("Başlangıç", "Begins"), "day", false),
        (("Bitiş", "Ends"), "day", false),
        (("Yıllık bedel", "Yearly price"), "money", false),
        (("Kendiliğinden yenilenir", "Renews by itself"), "yes_no", false),
        (("Özel koşullar", "Special terms"), "text", false),
    ],
};

const fn template(which: KindTemplate) -> &'static Template {
    match which {
        KindTemplate::Installation => &INSTALLATION,
        KindTemplate::Vehicle => &VEHICLE,
        KindTemplate::Agreement => &AGREEMENT,
    }
}

/// How often one template can be taken.
const MOST_ALIKE: u32 = 9;

/// The name with a number, except for the first.
fn numbered(name: &str, nr: u32) -> String {
    if nr == 1 { name.to_owned() } else { format!("{name} {nr}") }
}

/// Whether names in use are the only problem.
fn is_taken(wrong: &[FieldProblem]) -> bool {
    wrong.iter().all(|one| one.problem == Problem::Taken)
}

/// Adds the kind and its fields.
///
/// # Errors
/// `Invalid` if the firm has too many kinds; `Forbidden` for anybody but the firm's owner.
pub async fn make(tx: &mut Tx, which: KindTemplate) -> Result<OwnKindId> {
    let Template { one, many, icon, stages, ends, fields } = template(which);
    let locale = tx.actor().locale;
    let said = |(tr, en): Both| if locale == Locale::Tr { tr } else { en };
    let closed = |nr: usize| if *ends && nr + 1 == stages.len() { "true".to_owned() } else { String::new() };
    let form = |nr: u32| OwnKindForm {
        one_tr: numbered(one.0, nr),
        many_tr: numbered(many.0, nr),
        one_en: numbered(one.1, nr),
        many_en: numbered(many.1, nr),
        icon: (*icon).to_owned(),
        on_customer: "true".to_owned(),
        stage_name: stages.iter().map(|stage| said(*stage).to_owned()).collect(),
        stage_closed: (0..stages.len()).map(closed).collect(),
        ..OwnKindForm::default()
    };
    let mut nr = 1;
    let id = loop {
        match own_kinds::commands::add(tx, &form(nr)).await {
            // A template that is taken again makes a kind with a number in its name, which can be renamed.
            Err(Error::Invalid(wrong)) if nr < MOST_ALIKE && is_taken(&wrong) => nr += 1,
            other => break other?,
        }
    };
    let of = FieldsOf::Own(found(tx, id).await?.nr).to_string();
    for (name, shape, searched) in *fields {
        let form = OwnFieldForm {
            of: of.clone(),
            name: said(*name).to_owned(),
            shape: (*shape).to_owned(),
            searched: if *searched { "true".to_owned() } else { String::new() },
            listed: "true".to_owned(),
            ..OwnFieldForm::default()
        };
        commands::add(tx, &form).await?;
    }
    Ok(id)
}
