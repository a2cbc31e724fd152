//! The sum of amounts as a piece of SQL that never fails, however many and however large they are. What the sums are of
//! is each list's own.

/// The sum of `d.amount` in minor units, 0 of none; from 9.2 · 10^18 on `Totals::TOO_MUCH`. Added in two parts, since
/// `SUM` itself is an error in SQLite when it passes 2^63 on its way, and PostgreSQL's does not fit the column: whole
/// millions, and what is left of each.
pub const SUM: &str = "CAST(CASE WHEN SUM(d.amount / 1000000) >= 9200000000000 THEN 9223372036854775807 \
     ELSE COALESCE(SUM(d.amount / 1000000) * 1000000 + SUM(d.amount % 1000000), 0) END AS BIGINT)";
