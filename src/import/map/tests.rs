//! Tests: which maps are accepted, and what is said about the others.

use super::*;

fn complaint(text: &str) -> String {
    format!("{:#}", Map::parse(text).expect_err("a bad map"))
}

#[test]
fn a_slip_of_the_pen_is_named() {
    let told = complaint("source = \"x\"\n[customers]\nfile = \"a.csv\"\nname = \"{a}\"\nsektor = \"{b}\"");
    assert!(told.contains("sektor"), "{told}");
    let told = complaint("source = \"x\"\n[customers]\nfile = \"a.csv\"\nname = \"account\"");
    assert!(told.contains("customers.name") && told.contains("{account}"), "{told}");
    assert!(complaint("source = \"x\"").contains("nothing"));
    let told = complaint("source = \"x\"\n[customers]\nfile = \"a.csv\"\nname = \"{account\"");
    assert!(told.contains("without its }"), "{told}");
}

#[test]
fn the_same_for_every_row_is_allowed_but_for_what_tells_them_apart() {
    let text = "source = \"x\"\n[customers]\nfile = \"c.csv\"\nname = \"{a}\"\nkind = \"person\"\n\
         owner = \"a@b.example\"\n\
        [deals]\nfile = \"d.csv\"\nid = \"{nr}\"\ntitle = \"{t}\"\nowner = \"a@b.example\"\nstage = \"Yeni\"\n\
        customer = \"1\"\namount = \"100\"\n";
    Map::parse(text).expect("a good map");
    assert!(complaint(&text.replace("{nr}", "nr")).contains("deals.id"));
    assert!(complaint(&text.replace("\"person\"", "\"club\"")).contains("customers.kind"));
}

#[test]
fn stages_are_held_to_the_rules_of_the_settings() {
    let stages = |stages: &str| {
        format!("source = \"x\"\n[pipeline]\nname = \"Sat\u{200b}\u{131}\u{15f}\"\nstages = [{stages}]\n")
    };
    let map = Map::parse(&stages("{ name = \" New\u{a0}one \" }")).expect("a good map");
    let pipeline = map.pipeline.expect("a pipeline");
    assert_eq!((pipeline.name.as_str(), pipeline.stages[0].name.as_str()), ("Sat\u{131}\u{15f}", "New one"));
    for bad in [
        "",
        "{ name = \"\u{200b}\" }",
        "{ name = \"a\" }, { name = \"a \" }",
        "{ name = \"a\", probability = 300 }",
    ] {
        assert!(complaint(&stages(bad)).contains("pipeline.stages"), "{bad}");
    }
}

#[test]
fn a_file_says_only_what_is_different() {
    let general = Format { separator: Some(';'), currency: Some("TRY".into()), ..Format::default() };
    let own = Format { currency: Some("USD".into()), ..Format::default() };
    let both = own.over(&general);
    assert_eq!((both.separator, both.currency.as_deref()), (Some(';'), Some("USD")));
}
