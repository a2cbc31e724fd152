//! Made-up deals: fewer in each later stage, amounts that match the product, dates around today. Pure.

use super::random::Random;
use super::words;
use crate::deals::model::{DealFacts, Stage, Status};
use crate::fields::OwnValues;
use crate::i18n::{Currency, Money};
use crate::id::{CustomerId, ProductId, UnitId};
use chrono::{Days, NaiveDate};

/// What all deals of a sample share.
pub(super) struct Ground<'a> {
    pub stages: &'a [Stage],
    /// The products of `words::PRODUCTS`, in that order.
    pub products: &'a [ProductId],
    pub currency: Currency,
    pub today: NaiveDate,
}

/// A deal, and for how many days it has been in its stage.
pub(super) fn deal(
    random: &mut Random,
    ground: &Ground<'_>,
    open: bool,
    owner_id: UnitId,
    customer_id: Option<CustomerId>,
) -> (DealFacts, u32) {
    let stage = stage(random, ground.stages, open);
    let product = random.at(words::PRODUCTS.len());
    let (_, _, price, titles) = words::PRODUCTS[product];
    let pieces = match price {
        ..2_000 => random.between(5, 240),
        2_000..8_000 => random.between(2, 60),
        _ => random.between(1, 8),
    };
    let title = random.pick(titles).replace('#', &pieces.to_string());
    // Rounded, as people quote prices.
    let exact = u64::from(price) * u64::from(pieces) * u64::from(random.between(80, 110)) / 100;
    let amount =
        Money::whole(i64::try_from(exact / 500 * 500 + 500).unwrap_or(i64::MAX), ground.currency).minor;
    let (age, days) = match stage.status {
        Status::Open => {
            let days = random.between(0, 45);
            (days + random.between(0, 60), days)
        }
        Status::Won | Status::Lost => {
            let days = random.between(0, 700);
            (days + random.between(3, 120), days)
        }
    };
    let ago = |days: u32| ground.today - Days::new(days.into());
    let open = stage.status == Status::Open;
    let early = open && stage.probability < 30;
    let expected = ground.today + Days::new(random.between(0, 75).into()) - Days::new(10);
    let facts = DealFacts {
        owner_id,
        customer_id,
        stage_id: stage.id,
        position: String::new(),
        title,
        amount: if early && random.percent(20) { None } else { Some(amount) },
        currency: ground.currency,
        product_id: ground.products.get(product).copied(),
        source: random.pick(words::SOURCES).to_owned(),
        contract: stage.status == Status::Won && random.percent(60),
        opened_on: ago(age),
        expected_on: (open && random.percent(75)).then_some(expected),
        closed_on: (!open).then(|| ago(days)),
        lost_reason: if stage.status == Status::Lost {
            random.pick(words::LOST_REASONS).to_owned()
        } else {
            String::new()
        },
        note: String::new(),
        deleted: false,
        own: OwnValues::default(),
    };
    (facts, days)
}

/// A stage: each open one gets about two thirds as many deals as the one before; of closed deals slightly more are won
/// than lost.
fn stage<'a>(random: &mut Random, stages: &'a [Stage], open: bool) -> &'a Stage {
    let mut step = 0;
    let weights: Vec<u32> = stages
        .iter()
        .map(|stage| match stage.status {
            Status::Open if open => {
                step += 1;
                6_561 * 2_u32.pow(step.min(8)) / 3_u32.pow(step.min(8))
            }
            Status::Won if !open => 55,
            Status::Lost if !open => 45,
            _ => 0,
        })
        .collect();
    &stages[random.weighed(weights.iter().copied())]
}
