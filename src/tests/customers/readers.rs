//! What people type or paste into the fields of customers and deals, sent as a browser sends it: it is read as it was
//! meant, or refused with a problem at its field, and nothing typed is lost.

use crate::tests::world::{World, on_both_engines};
use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

async fn saved(world: &World, fields: Value) -> (StatusCode, Value) {
    let mut seller = world.browser_of("seller").await;
    let id = Uuid::now_v7().to_string();
    let mut form = json!({"id": id, "cmd": Uuid::now_v7().to_string(), "name": "Deniz"});
    form.as_object_mut().expect("a form").extend(fields.as_object().expect("fields").clone());
    let (status, answer) = seller.call("/api/customers/create", &json!({"form": form})).await;
    if status != StatusCode::OK {
        return (status, answer);
    }
    let (status, card) = seller.call("/api/customers/get", &json!({"id": id})).await;
    (status, card["customer"]["facts"].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_pasted_is_read_as_it_is_meant() {
    on_both_engines(async |world| {
        let (status, facts) = saved(
            world,
            json!({
                "name": "Ka\u{200b}ra\u{a0}Kum",
                "phones": ["\u{202a}0532 118 42 07\u{202c} / 0532 118 42 08", "0212 555 00 00 dahili 12",
                    "0532\u{2011}118\u{2011}42\u{2011}09"],
                "emails": ["Can Er <can@mail.example>; \u{feff}ali@firma.example", "mailto:ece@mail.example",
                    "efe@mail.example."],
                "tax_number": "VKN 123 456 78 90",
                "note": "bir\r\n\r\nüç  boşluk",
            }),
        )
        .await;
        assert_eq!(status, StatusCode::OK, "{facts}");
        assert_eq!(facts["name"], "Kara Kum");
        assert_eq!(
            facts["phones"],
            json!(["0532 118 42 07", "0532 118 42 08", "0212 555 00 00 dahili 12", "0532 118 42 09"])
        );
        let emails = json!(["can@mail.example", "ali@firma.example", "ece@mail.example", "efe@mail.example"]);
        assert_eq!(facts["emails"], emails);
        assert_eq!(facts["tax_number"], "1234567890");
        assert_eq!(facts["note"], "bir\n\nüç  boşluk");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_not_be_read_is_told_at_its_field() {
    on_both_engines(async |world| {
        for (fields, field, problem) in [
            (json!({"phones": ["0532 118 42 07", "5,32E+09"]}), "phones.1", json!("BadPhone")),
            (json!({"emails": ["ceren@@mail.example"]}), "emails.0", json!("BadEmail")),
            (json!({"emails": ["gül nar@mail.example"]}), "emails.0", json!("BadEmail")),
            (json!({"tax_number": "VKN 1234567891"}), "tax_number", json!("BadTaxNumber")),
            (json!({"tax_number": "123 456 78 91"}), "tax_number", json!("BadTaxNumber")),
        ] {
            let (status, answer) = saved(world, fields).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{field}: {answer}");
            assert_eq!(answer["Invalid"], json!([{"field": field, "problem": problem}]));
        }
        let whole = (0..10).map(|last| format!("012345678{last}"));
        let whole =
            whole.into_iter().find(|one| crate::customers::check::is_right(one)).expect("one is right");
        let (_, answer) = saved(world, json!({"tax_number": &whole[1..]})).await;
        assert_eq!(answer["Invalid"][0]["problem"], json!({"LostZero": whole}));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_amount_in_another_currency_is_asked() {
    on_both_engines(async |world| {
        let mut seller = world.browser_of("seller").await;
        let stage = world.stages().await[0].id.to_string();
        let mut save = async |amount: &str| {
            let id = Uuid::now_v7().to_string();
            let fields = [
                ("id", id.as_str()),
                ("title", "Tezgâh"),
                ("currency", "TRY"),
                ("stage", stage.as_str()),
                ("amount", amount),
            ];
            let answer = seller.submit("/deals/new", &fields).await;
            let (_, shown) = seller.call("/api/deals/get", &json!({"id": id})).await;
            (answer.status, answer.text, shown["deal"]["facts"]["amount"].clone())
        };
        for (typed, minor) in [
            ("₺1.000,00", 100_000),
            ("1.000,00 TL", 100_000),
            ("1\u{a0}234,56", 123_456),
            ("1.234,-", 123_400),
        ] {
            let (status, _, amount) = save(typed).await;
            assert_eq!((status, amount), (StatusCode::SEE_OTHER, json!(minor)), "{typed}");
        }
        for typed in ["(1.234,56)", "1..000,00", "10,00,", "1.2345,00"] {
            assert_eq!(save(typed).await.0, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        }
        let (status, page, _) = save("€ 1.150,18").await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("€ 1.150,18") && page.contains("EUR yazıyor"), "{page}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_card_dials_the_right_number() {
    on_both_engines(async |world| {
        let mut facts = world.customer_facts("seller", "Hamburg GmbH").await;
        facts.phones = [
            "+49 (0) 40 6432131-550",
            "+44 (0)20 7946 0000",
            "5321184207",
            "(0212) 555 00 00-01-02",
            "0532 111 22 33 / 0532 111 22 34",
            "+90 0532 118 42 08",
            "5321112233.0",
        ]
        .map(str::to_owned)
        .to_vec();
        let id = crate::id::CustomerId(Uuid::now_v7());
        world
            .by("seller", async |tx| {
                crate::customers::commands::add(tx, id, &facts, crate::journal::model::What::Created).await
            })
            .await
            .expect("a customer");
        let page = world.browser_of("seller").await.get(&format!("/customers/{id}")).await.text;
        for link in [
            "tel:+49406432131550",
            "tel:+442079460000",
            "tel:+905321184207",
            "tel:+902125550000",
            "tel:+905321112233",
            "tel:+905321184208",
            "https://wa.me/49406432131550",
        ] {
            assert!(page.contains(&format!("\"{link}\"")), "{}: {link}", world.engine);
        }
        assert!(!page.contains("tel:+490"), "the 0 in brackets is not dialled");
    })
    .await;
}
