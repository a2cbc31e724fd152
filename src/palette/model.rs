//! What the palette finds: a few of each kind, already in words, so that the browser has nothing to learn about
//! records. Plain data.

use crate::id::KindNr;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// So many of each kind are told.
pub const FEW: usize = 5;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HitKind {
    Customer,
    /// A person in an organisation; it is found on the organisation's card.
    Contact,
    Deal,
    /// An open one.
    Task,
    /// One of the firm's own kinds.
    Record,
    /// The list of one of those kinds.
    List(KindNr),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    pub kind: HitKind,
    /// Of a contact, its customer's; of a list none.
    pub id: Uuid,
    pub title: String,
    pub sub: String,
}
