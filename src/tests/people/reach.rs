//! Random changes of people and groups: the database does exactly what the pure rules (`people::rules`) say. Also: the
//! table `reach` is brought up to date quickly in a large firm.

use super::*;
use crate::people::model::PersonFacts;
use crate::people::store::{NewPerson, add_person, group, rebuild_reach, root};

/// Pseudo-random numbers with a fixed seed, so that every run tries the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % sides
    }

    fn pick<T: Copy + Ord>(&mut self, all: impl Iterator<Item = T>) -> T {
        let mut all: Vec<T> = all.collect();
        all.sort_unstable();
        all[self.roll(all.len())]
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_tried_on_the_database_ends_as_the_rules_say() {
    on_both_engines(async |world| {
        let mut dice = Dice(20_261_122);
        let mut carried = 0;
        for nr in 0..400 {
            let before = world.org().await;
            let actor = ["owner", "manager", "seller", "manager", "owner"][dice.roll(5)];
            let me = world.person(actor).await;
            let who = dice.pick(before.seats.keys().copied());
            let unit = dice.pick(before.parents.keys().copied());
            let under = dice.pick(before.parents.keys().copied());
            let role = Role::ALL[dice.roll(4)];
            let sees = Sees::ALL[dice.roll(4)];
            let named = world.actor_names().await.contains(&who);
            let (said, done) = match dice.roll(5) {
                0 => {
                    let seating = Seating { role, sees, under };
                    let email = format!("{nr}@deneme.example");
                    let done =
                        world.by(actor, async |tx| changes::invite(tx, "Yeni", &email, seating).await).await;
                    let who = done.as_ref().map_or(PersonId(uuid::Uuid::nil()), |invited| invited.person);
                    (Act::Invite { who, role, sees, under }, done.map(|_| ()))
                }
                // The people of `World` stay as they are, because they carry out the changes.
                1 if !named => {
                    let active = dice.roll(2) == 0;
                    let new = |now: &PersonFacts| PersonFacts {
                        role,
                        sees,
                        active,
                        under_id: under,
                        ..now.clone()
                    };
                    let done = world.by(actor, async |tx| changes::change(tx, who, None, new).await).await;
                    (Act::Change { who, role, sees, active, under }, done.map(|_| ()))
                }
                2 => {
                    let done = world.by(actor, async |tx| groups::add(tx, "Birim", under).await).await;
                    let unit = done.as_ref().map_or(UnitId(uuid::Uuid::nil()), |unit| *unit);
                    (Act::AddGroup { unit, under }, done.map(|_| ()))
                }
                3 if !before.seats.contains_key(&PersonId(unit.0)) => {
                    let done = world.by(actor, async |tx| groups::put(tx, unit, under).await).await;
                    (Act::MoveGroup { unit, under }, done.map(|_| ()))
                }
                _ if !before.seats.contains_key(&PersonId(unit.0)) => {
                    let done = world.by(actor, async |tx| groups::delete(tx, unit).await).await;
                    (Act::DropGroup { unit }, done.map(|_| ()))
                }
                _ => continue,
            };
            let told = before.after(me, &said);
            assert_eq!(done.is_ok(), told.is_ok(), "{}: {actor}: {said:?}: {done:?}, {told:?}", world.engine);
            let now = world.org().await;
            assert_eq!(now, told.unwrap_or(before), "{}: {actor}: {said:?}", world.engine);
            carried += i32::from(done.is_ok());
        }
        assert!(carried > 20, "{carried} of them were carried out");
        let told = world.reach_rows().await;
        let mut system = world.db.write_system().await.expect("a transaction");
        system.query("DELETE FROM reach").execute().await.expect("emptied");
        rebuild_reach(&mut system).await.expect("reach");
        system.commit().await.expect("commit");
        assert_eq!(world.reach_rows().await, told, "the table is the same as if it were built anew");
    })
    .await;
}

impl World {
    async fn actor_names(&self) -> Vec<PersonId> {
        let mut all = Vec::new();
        for (name, ..) in super::super::world::PEOPLE {
            all.push(self.person(name).await);
        }
        all
    }

    async fn reach_rows(&self) -> Vec<(PersonId, UnitId)> {
        let mut system = self.db.read_system().await.expect("the database answers");
        let sql = "SELECT viewer_id, unit_id FROM reach ORDER BY viewer_id, unit_id";
        system.query(sql).all().await.expect("reach can be read")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_people_are_moved_about_quickly() {
    on_both_engines(async |world| {
        let mut system = world.db.write_system().await.expect("a transaction");
        let firm = root(&mut system).await.expect("a firm").expect("a firm");
        let mut team = firm;
        for nr in 0..500 {
            if nr % 10 == 0 {
                let office =
                    group(&mut system, firm, &format!("Bölge {}", nr / 100)).await.expect("an office");
                team = group(&mut system, office, &format!("Ekip {nr}")).await.expect("a team");
            }
            let role = if nr % 10 == 0 { Role::Manager } else { Role::Salesperson };
            let name = format!("Kişi {nr}");
            let person = NewPerson { name, email: None, role, sees: None, password: None, under: Some(team) };
            add_person(&mut system, person).await.expect("a person");
        }
        let begun = Instant::now();
        rebuild_reach(&mut system).await.expect("reach");
        let whole = begun.elapsed();
        system.commit().await.expect("commit");
        let moved = UnitId::from(world.person("seller").await);
        let begun = Instant::now();
        world.by("owner", async |tx| groups::put(tx, moved, team).await).await.expect("moved");
        let one = begun.elapsed();
        println!("{}: reach of 500 people: {whole:?} from nothing, {one:?} for one move", world.engine);
        assert!(one < Duration::from_secs(5), "{}: {one:?}", world.engine);
    })
    .await;
}
