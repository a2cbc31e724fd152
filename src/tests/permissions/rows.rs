//! Every server function with a valid input, and what it requires of whoever calls it. The callers and the expected
//! answers are in the test (`permissions`).

use serde_json::{Value, json};
use uuid::Uuid;

/// What a function requires of whoever calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tests) enum Asks {
    /// Nothing: it is for strangers.
    Nothing,
    /// To be signed in; what it shows is bounded by reach.
    SignIn,
    /// To be signed in and to see the record.
    Sight,
    /// The right to sell.
    Selling,
    /// To be the firm's owner.
    Administering,
    /// The right to follow what others do; what it shows is bounded by reach.
    Following,
    /// The right to sell and to see the record.
    SellingInSight,
    /// The right to lead people.
    Leading,
    /// The right to lead people, and to see the person.
    LeadingInSight,
    /// The right to lead people, and to lead the group that a form names; another group is reported at its field.
    LeadingInPlace,
}

/// The ids of the records that calls are about.
#[derive(Clone, Copy, Debug)]
pub(in crate::tests) struct Target {
    pub(in crate::tests) customer: Uuid,
    pub(in crate::tests) deal: Uuid,
    /// On the customer's card.
    pub(in crate::tests) activity: Uuid,
    pub(in crate::tests) task: Uuid,
    /// A record of the firm's own kind number 1.
    pub(in crate::tests) record: Uuid,
    /// The events by which the deal and the task were created.
    pub(in crate::tests) event: Uuid,
    pub(in crate::tests) task_event: Uuid,
    pub(in crate::tests) stage: Uuid,
    /// For calls about people, somebody new in the owner's team; for other calls, a colleague to whom a record can be
    /// given.
    pub(in crate::tests) person: Uuid,
    /// For calls about people, a group in that team; otherwise the pipeline, product, field or own kind of the call.
    pub(in crate::tests) group: Uuid,
    /// The stages of the pipeline.
    pub(in crate::tests) order: [Uuid; 6],
}

impl Target {
    pub(in crate::tests) const NOBODY: Self = Self {
        customer: Uuid::nil(),
        deal: Uuid::nil(),
        activity: Uuid::nil(),
        task: Uuid::nil(),
        record: Uuid::nil(),
        event: Uuid::nil(),
        task_event: Uuid::nil(),
        stage: Uuid::nil(),
        person: Uuid::nil(),
        group: Uuid::nil(),
        order: [Uuid::nil(); 6],
    };
}

pub(in crate::tests) struct Row {
    pub(in crate::tests) path: &'static str,
    pub(in crate::tests) asks: Asks,
    pub(in crate::tests) input: fn(Target) -> Value,
}

const fn row(path: &'static str, asks: Asks, input: fn(Target) -> Value) -> Row {
    Row { path, asks, input }
}

/// Every server function, each with one or more valid inputs.
pub(in crate::tests) const ROWS: &[Row] = &[
    row(
        "/api/auth/sign_in",
        Asks::Nothing,
        |_| json!({"form": {"email": "x@y.example", "password": "yanlış parola"}}),
    ),
    row("/api/auth/here", Asks::Nothing, |_| json!({})),
    row("/api/auth/set_up", Asks::Nothing, |_| json!({"form": {}})),
    row("/api/auth/sign_out", Asks::Nothing, |_| json!({})),
    row("/api/auth/link_for", Asks::Nothing, |_| json!({"token": "0"})),
    row("/api/auth/join", Asks::Nothing, |_| json!({"form": {"token": "0", "password": "uzun bir parola"}})),
    row(
        "/api/auth/change_password",
        Asks::SignIn,
        |_| json!({"form": {"current": "bu değil", "password": "uzun bir parola"}}),
    ),
    row("/api/auth/profile", Asks::SignIn, |_| json!({"form": {}})),
    row("/api/auth/sessions", Asks::SignIn, |_| json!({})),
    row("/api/auth/end_sessions", Asks::SignIn, |_| json!({})),
    row("/api/auth/sign_out_everywhere", Asks::SignIn, |_| json!({})),
    row("/api/home/deals", Asks::SignIn, |_| json!({})),
    row("/api/people/tree", Asks::SignIn, |_| json!({})),
    row("/api/people/owners", Asks::SignIn, |_| json!({})),
    row("/api/people/speak", Asks::SignIn, |_| json!({"language": "tr"})),
    row("/api/people/firm", Asks::Administering, |_| json!({})),
    row("/api/people/change_firm", Asks::Administering, |_| {
        json!({"form": {
            "version": "1", "name": "Deneme AŞ", "language": "tr", "currency": "TRY", "time_zone": "Europe/Istanbul"
        }})
    }),
    row("/api/people/person", Asks::LeadingInSight, |at| json!({"id": at.person})),
    row("/api/people/choices", Asks::Leading, |_| json!({})),
    row("/api/people/invite", Asks::LeadingInPlace, |at| {
        json!({"form": {
            "name": "Yeni", "email": format!("{}@yeni.example", at.deal),
            "role": "viewer", "sees": "own", "under": at.group
        }})
    }),
    row("/api/people/change", Asks::LeadingInSight, |at| {
        json!({"id": at.person, "form": {
            "version": "1", "name": "Başka", "email": format!("{}@y.example", at.person),
            "role": "viewer", "sees": "own", "under": at.group
        }})
    }),
    row("/api/people/link", Asks::LeadingInSight, |at| json!({"id": at.person})),
    row("/api/people/set_active", Asks::LeadingInSight, |at| json!({"id": at.person, "active": false})),
    row("/api/people/hand_over", Asks::LeadingInSight, |at| json!({"id": at.person, "to": at.group})),
    row("/api/people/put", Asks::LeadingInSight, |at| json!({"unit": at.person, "under": at.group})),
    row("/api/people/add_group", Asks::LeadingInPlace, |at| json!({"name": "Birim", "under": at.group})),
    row("/api/people/rename_group", Asks::LeadingInSight, |at| json!({"unit": at.group, "name": "Adı"})),
    row("/api/people/delete_group", Asks::LeadingInSight, |at| json!({"unit": at.group})),
    row("/api/pipelines/names", Asks::SignIn, |_| json!({})),
    row("/api/pipelines/all", Asks::Administering, |_| json!({})),
    row("/api/pipelines/add", Asks::Administering, |_| json!({"name": "Bakım"})),
    row("/api/pipelines/rename", Asks::Administering, |at| json!({"id": at.group, "name": "Başka"})),
    row("/api/pipelines/raise", Asks::Administering, |at| json!({"id": at.group})),
    row("/api/pipelines/delete", Asks::Administering, |at| json!({"id": at.group})),
    row(
        "/api/pipelines/add_stage",
        Asks::Administering,
        |at| json!({"pipeline": at.group, "form": {"name": "Ara", "status": "open", "color": "1", "probability": "5"}}),
    ),
    row("/api/pipelines/change_stage", Asks::Administering, |at| {
        json!({"id": at.stage, "form": {
            "version": "1", "name": "Başka", "status": "open", "color": "1", "probability": "5"
        }})
    }),
    row("/api/pipelines/order", Asks::Administering, |at| json!({"pipeline": at.group, "order": at.order})),
    row("/api/pipelines/delete_stage", Asks::Administering, |at| json!({"id": at.stage, "to": null})),
    row("/api/handover/offer", Asks::SellingInSight, |at| json!({"card": {"deal": at.deal}})),
    row(
        "/api/handover/give",
        Asks::SellingInSight,
        |at| json!({"card": {"deal": at.deal}, "form": {"to": at.person, "along": "on"}}),
    ),
    row("/api/products/list", Asks::Administering, |_| json!({"typed": ""})),
    row(
        "/api/products/add",
        Asks::Administering,
        |at| json!({"form": {"name": format!("Kanarya {}, kafesi", at.group), "price": "1.250,50", "currency": "TRY"}}),
    ),
    row("/api/products/change", Asks::Administering, |at| {
        json!({"id": at.group, "form": {
            "version": "1", "name": format!("Kafes {}", at.group), "currency": "TRY"
        }})
    }),
    row("/api/products/archive", Asks::Administering, |at| json!({"id": at.group, "archived": true})),
    row("/api/filters/fields", Asks::SignIn, |_| json!({"of": "customer"})),
    row(
        "/api/filters/read",
        Asks::SignIn,
        |_| json!({"of": "customer", "form": {"field": "own_1", "how": "empty"}}),
    ),
    row("/api/fields/choices", Asks::SignIn, |_| json!({"of": "deal", "search": ""})),
    row("/api/kinds/list", Asks::Administering, |_| json!({})),
    row("/api/kinds/add", Asks::Administering, |at| {
        json!({"form": {
            "one_tr": format!("T{}", at.deal.simple()), "many_tr": format!("Tl{}", at.deal.simple())
        }})
    }),
    row("/api/kinds/change", Asks::Administering, |at| {
        json!({"id": at.group, "form": {
            "version": "1", "one_tr": format!("B{}", at.group.simple()), "many_tr": format!("Bl{}", at.group.simple())
        }})
    }),
    row("/api/kinds/begin", Asks::Administering, |_| json!({"template": "vehicle"})),
    row("/api/kinds/archive", Asks::Administering, |at| json!({"id": at.group, "archived": true})),
    row("/api/kinds/put", Asks::Administering, |at| json!({"id": at.group, "after": null})),
    row("/api/draft/head", Asks::Administering, |_| json!({})),
    row("/api/draft/shown", Asks::Administering, |_| json!({})),
    row("/api/draft/begin", Asks::Administering, |_| json!({})),
    row("/api/draft/take_out", Asks::Administering, |_| json!({"number": 1})),
    row("/api/draft/publish", Asks::Administering, |_| json!({"seen": 0})),
    row("/api/draft/discard", Asks::Administering, |_| json!({})),
    row("/api/records/kinds", Asks::SignIn, |_| json!({})),
    row("/api/records/list", Asks::SignIn, |_| json!({"query": {"kind": 1}})),
    row("/api/records/count", Asks::SignIn, |_| json!({"query": {"kind": 1}})),
    row("/api/records/get", Asks::Sight, |at| json!({"id": at.record})),
    row(
        "/api/records/draft",
        Asks::SellingInSight,
        |at| json!({"kind": null, "id": at.record, "customer": null}),
    ),
    row(
        "/api/records/create",
        Asks::Selling,
        |_| json!({"kind": 1, "form": {"id": Uuid::now_v7(), "name": "Kayıt"}}),
    ),
    row(
        "/api/records/change",
        Asks::SellingInSight,
        |at| json!({"id": at.record, "form": {"version": "1", "name": "Başka"}}),
    ),
    row("/api/records/board", Asks::SignIn, |_| json!({"query": {"kind": 1}})),
    row("/api/records/move", Asks::SellingInSight, |at| json!({"id": at.record, "stage": 2, "after": null})),
    row("/api/records/stage", Asks::SellingInSight, |at| json!({"id": at.record, "stage": 2})),
    row("/api/records/delete", Asks::SellingInSight, |at| json!({"id": at.record})),
    row("/api/fields/list", Asks::Administering, |_| json!({"of": "customer"})),
    row(
        "/api/fields/add",
        Asks::Administering,
        |at| json!({"form": {"of": "customer", "name": format!("Kanarya {}, alan", at.group), "shape": "line"}}),
    ),
    row(
        "/api/fields/change",
        Asks::Administering,
        |at| json!({"id": at.group, "form": {"version": "1", "name": format!("Alan {}", at.group), "shape": "line"}}),
    ),
    row(
        "/api/fields/preview",
        Asks::Administering,
        |at| json!({"id": at.group, "form": {"name": "Alan", "shape": "text"}}),
    ),
    row("/api/fields/archive", Asks::Administering, |at| json!({"id": at.group, "archived": true})),
    row("/api/fields/put", Asks::Administering, |at| json!({"id": at.group, "after": null})),
    row("/api/customers/list", Asks::SignIn, |_| json!({"query": {}})),
    row("/api/customers/count", Asks::SignIn, |_| json!({"query": {}})),
    row("/api/customers/choices", Asks::SignIn, |_| json!({"search": "a"})),
    row("/api/customers/draft", Asks::SellingInSight, |at| json!({"id": at.customer})),
    row("/api/customers/get", Asks::Sight, |at| json!({"id": at.customer})),
    row(
        "/api/customers/create",
        Asks::Selling,
        |_| json!({"form": {"id": Uuid::now_v7(), "kind": "organisation", "name": "Yeni"}}),
    ),
    row("/api/customers/change", Asks::SellingInSight, |at| {
        json!({"id": at.customer, "form": {
            "id": at.customer, "cmd": Uuid::now_v7(), "version": "1", "kind": "organisation", "name": "Değişti"
        }})
    }),
    row("/api/customers/delete", Asks::SellingInSight, |at| json!({"id": at.customer})),
    row("/api/deals/list", Asks::SignIn, |_| json!({"query": {}})),
    row("/api/deals/sum", Asks::SignIn, |_| json!({"query": {}})),
    row("/api/deals/draft", Asks::SellingInSight, |at| json!({"id": at.deal})),
    row("/api/deals/get", Asks::Sight, |at| json!({"id": at.deal})),
    row(
        "/api/deals/create",
        Asks::Selling,
        |at| json!({"form": {"id": Uuid::now_v7(), "title": "Yeni satış", "currency": "TRY", "stage": at.stage}}),
    ),
    row("/api/deals/change", Asks::SellingInSight, |at| {
        json!({"id": at.deal, "form": {
            "id": at.deal, "version": "1", "title": "Değişti", "currency": "TRY", "stage": at.stage
        }})
    }),
    row("/api/deals/delete", Asks::SellingInSight, |at| json!({"id": at.deal})),
    row("/api/deals/win", Asks::SellingInSight, |at| json!({"id": at.deal})),
    row("/api/deals/lose", Asks::SellingInSight, |at| json!({"id": at.deal, "reason": "pahalı"})),
    row("/api/deals/put", Asks::SellingInSight, |at| json!({"id": at.deal, "stage": at.stage})),
    row("/api/board/get", Asks::SignIn, |_| json!({"query": {"search": "", "depth": []}})),
    row(
        "/api/board/column",
        Asks::SignIn,
        |at| json!({"query": {"search": "", "depth": []}, "stage": at.stage, "after": "80", "id": at.deal}),
    ),
    row(
        "/api/board/move",
        Asks::SellingInSight,
        |at| json!({"change": {"cmd": Uuid::now_v7(), "deal": at.deal, "to": at.stage, "seen_version": 1}}),
    ),
    row("/api/backup/list", Asks::Administering, |_| json!({})),
    row(
        "/api/activities/stream",
        Asks::Sight,
        |at| json!({"card": {"customer": at.customer}, "query": {"limit": 10}}),
    ),
    row(
        "/api/activities/log",
        Asks::SellingInSight,
        |at| json!({"card": {"deal": at.deal}, "form": {"id": Uuid::now_v7(), "kind": "call", "content": "Aradım"}}),
    ),
    row(
        "/api/activities/change",
        Asks::SellingInSight,
        |at| json!({"id": at.activity, "form": {"version": "1", "kind": "visit", "content": "Değişti"}}),
    ),
    row("/api/activities/delete", Asks::SellingInSight, |at| json!({"id": at.activity})),
    row("/api/journal/undo_made", Asks::SellingInSight, |at| json!({"kind": "deal", "made": at.deal})),
    row("/api/journal/log", Asks::Following, |_| json!({"query": {}})),
    row(
        "/api/journal/log",
        Asks::Following,
        |at| json!({"query": {"kind": "deal", "day": "2026-11-27", "after": {"millis": 1, "id": at.deal}}}),
    ),
    row("/api/journal/trash", Asks::SignIn, |at| json!({"after": {"millis": 1, "id": at.deal}})),
    row(
        "/api/activities/stream",
        Asks::Sight,
        |at| json!({"card": {"deal": at.deal}, "query": {"limit": 10, "after": {"millis": 1, "id": at.deal}}}),
    ),
    row("/api/journal/undo_last", Asks::Selling, |_| json!({"but": []})),
    row("/api/journal/undo", Asks::SellingInSight, |at| json!({"event": at.event})),
    row("/api/journal/undo", Asks::SellingInSight, |at| json!({"event": at.task_event})),
    row("/api/tasks/list", Asks::SignIn, |_| json!({"query": {"whose": "all"}})),
    row("/api/tasks/list", Asks::SignIn, |at| json!({"query": {"whose": "all", "about": {"deal": at.deal}}})),
    row("/api/search/all", Asks::SignIn, |_| json!({"search": "kanarya"})),
    row("/api/tasks/now", Asks::SignIn, |_| json!({})),
    row("/api/tasks/draft", Asks::SellingInSight, |at| json!({"id": at.task})),
    row("/api/tasks/draft", Asks::SellingInSight, |at| json!({"about": {"customer": at.customer}})),
    row("/api/tasks/draft", Asks::SellingInSight, |at| json!({"about": {"deal": at.deal}})),
    row(
        "/api/tasks/add",
        Asks::Selling,
        |_| json!({"form": {"id": Uuid::now_v7(), "line": "yarın 14:00 ara"}}),
    ),
    row(
        "/api/tasks/save",
        Asks::Selling,
        |_| json!({"form": {"id": Uuid::now_v7(), "title": "Ara", "kind": "call", "due_on": "2026-12-01"}}),
    ),
    row("/api/tasks/save", Asks::SellingInSight, |at| {
        json!({"form": {
            "id": at.task, "version": "1", "title": "Değişti", "kind": "call", "due_on": "2026-12-01"
        }})
    }),
    row("/api/tasks/act", Asks::SellingInSight, |at| json!({"id": at.task, "act": "finish"})),
    row("/api/tasks/act", Asks::SellingInSight, |at| json!({"id": at.task, "act": {"called": "busy"}})),
    row("/api/tasks/act", Asks::SellingInSight, |at| json!({"id": at.task, "act": "reopen"})),
    row("/api/tasks/act", Asks::SellingInSight, |at| json!({"id": at.task, "act": {"put_off": "tomorrow"}})),
    row(
        "/api/tasks/act",
        Asks::SellingInSight,
        |at| json!({"id": at.task, "act": {"put_off": {"day": "2026-12-01"}}}),
    ),
    row("/api/tasks/act", Asks::SellingInSight, |at| json!({"id": at.task, "act": "delete"})),
];
