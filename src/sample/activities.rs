//! Made-up activities: mostly calls, some of which reach nobody, in working hours of the last year. Pure.

use super::random::Random;
use crate::activities::model::{ActivityFacts, ActivityKind, Direction, Outcome};
use crate::id::{CustomerId, DealId, PersonId};
use chrono::{DateTime, TimeDelta, Utc};

/// Texts of activities.
const NOTES: &[&str] = &[
    "Teklifi aldı, inceleyip dönecek.",
    "Bütçe onayı ay sonunda belli olacak.",
    "Numune istedi, kargoya verildi.",
    "Fiyatı yüksek buldu; iskonto soruldu.",
    "Rakipten de teklif almış, teslim süresi bizde daha iyi.",
    "Satın alma sorumlusu değişmiş, yeni kişiyle tanışıldı.",
    "Keşif için haftaya uygun gün sorulacak.",
    "Vade 60 gün istiyor, muhasebeye danışılacak.",
    "Memnun, bakım sözleşmesini yenilemek istiyor.",
    "Montaj tarihi netleşti, depoya haber verildi.",
    "Yetkili toplantıdaydı, öğleden sonra aranacak.",
    "Katalog ve fiyat listesi gönderildi.",
];

/// An activity by that person, some time before `now`.
pub(super) fn activity(
    random: &mut Random,
    now: DateTime<Utc>,
    person_id: PersonId,
    customer_id: Option<CustomerId>,
    deal_id: Option<DealId>,
) -> ActivityFacts {
    let kind = ActivityKind::ALL[random.weighed([58, 8, 7, 12, 1, 9, 5].into_iter())];
    let call = kind == ActivityKind::Call;
    let outcome = call.then(|| {
        let outcomes = [Outcome::Reached].into_iter().chain(Outcome::FAILED).collect::<Vec<_>>();
        outcomes[random.weighed([55, 27, 10, 6, 2].into_iter())]
    });
    // Recent days have more activities; nobody calls at night.
    let days = i64::from(random.below(365)) * i64::from(random.below(365)) / 365 + 1;
    let minutes = i64::from(random.between(6 * 60, 15 * 60));
    let midnight = now.timestamp().div_euclid(86_400) * 86_400;
    let at = DateTime::from_timestamp(midnight, 0).unwrap_or(now) - TimeDelta::days(days)
        + TimeDelta::minutes(minutes);
    let told = !matches!(outcome, Some(outcome) if outcome != Outcome::Reached) || random.percent(10);
    ActivityFacts {
        kind,
        at,
        customer_id,
        deal_id,
        record_id: None,
        person_id,
        contact: if told && random.percent(40) { super::customers::person(random) } else { String::new() },
        direction: kind
            .has_direction()
            .then(|| if random.percent(25) { Direction::In } else { Direction::Out }),
        outcome,
        result: String::new(),
        content: if told { random.pick(NOTES).to_owned() } else { String::new() },
        deleted: false,
    }
}
