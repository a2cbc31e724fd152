//! How a statement goes about a list of what is in reach. Who sees few begins with their owners and puts what is found
//! in order; who sees many walks in the order of the list until the page is full. Said by the statement itself:
//! SQLite's planner does not know how many records each person sees, and gathers ten thousand of them to show fifty. It
//! decides how quick a list is, not what stands there.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Begin with the owners in reach.
    Owners,
    /// Walk the list in its order.
    Walk,
}

/// As many as this are put in order in a few milliseconds.
pub const FEW: i64 = 1_000;

impl Way {
    /// By how many records there are; counted up to one more than [`FEW`].
    #[must_use]
    pub const fn of(count: i64) -> Self {
        if count <= FEW { Self::Owners } else { Self::Walk }
    }
}
