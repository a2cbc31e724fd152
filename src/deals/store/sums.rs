//! A sum of amounts as a piece of SQL that never overflows. The lists use it for their own rows.

/// The sum of `d.amount` in minor units, 0 without rows; from 9.2 · 10^18 on it is `Totals::TOO_MUCH`. Computed in two
/// parts (whole millions, and the remainders), because `SUM` fails in SQLite as soon as it passes 2^63, and
/// PostgreSQL's result would not fit the column.
pub const SUM: &str = "CAST(CASE WHEN SUM(d.amount / 1000000) >= 9200000000000 THEN 9223372036854775807 \
     ELSE COALESCE(SUM(d.amount / 1000000) * 1000000 + SUM(d.amount % 1000000), 0) END AS BIGINT)";
