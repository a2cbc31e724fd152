//! In which of two ways a statement reads a list of the records somebody may see. For somebody who sees few: take the
//! owners in reach, collect their records and sort them. For somebody who sees many: walk along the list's index until
//! the page is full. The statement itself must choose: SQLite's planner does not know how many records each person
//! sees, and would collect ten thousand of them to show fifty. It changes how fast a list is, never what is in it.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Collect the records of the owners in reach, then sort.
    Owners,
    /// Walk along the index in the order of the list.
    Walk,
}

/// So many records are sorted in a few milliseconds.
pub const FEW: i64 = 1_000;

impl Way {
    /// Chooses by how many records the person sees; the count may stop at one more than [`FEW`].
    #[must_use]
    pub const fn of(count: i64) -> Self {
        if count <= FEW { Self::Owners } else { Self::Walk }
    }
}
