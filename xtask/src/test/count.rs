//! How many tests ran, read from what the test programs say about themselves.

use anyhow::{Context, Result};
use serde_json::Value;

#[derive(Default, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    pub passed: u64,
    pub failed: u64,
}

impl Count {
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// `test result: ok. 12 passed; 0 failed; 1 ignored; …`; any other line counts nothing.
    pub fn of_cargo_line(line: &str) -> Option<Self> {
        let (_, numbers) = line.trim().strip_prefix("test result: ")?.split_once(". ")?;
        let number = |name: &str| {
            numbers.split(';').find_map(|part| part.trim().strip_suffix(name)?.trim().parse::<u64>().ok())
        };
        Some(Self { passed: number("passed")?, failed: number("failed")? })
    }

    /// Playwright's JSON report. A flaky test is a failed one; a skipped one did not run.
    pub fn of_playwright(report: &str) -> Result<Self> {
        let report: Value = serde_json::from_str(report)?;
        let number = |name: &str| report["stats"][name].as_u64().with_context(|| format!("no stats.{name}"));
        // An error outside of any test (a spec that does not load) stands in a list of its own.
        let errors = report["errors"].as_array().map_or(0, Vec::len) as u64;
        Ok(Self { passed: number("expected")?, failed: number("unexpected")? + number("flaky")? + errors })
    }
}

#[cfg(test)]
mod tests {
    use super::Count;

    #[test]
    fn reads_cargo() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(Count::of_cargo_line(line), Some(Count { passed: 12, failed: 3 }));
        assert_eq!(Count::of_cargo_line("running 12 tests"), None);
    }

    #[test]
    fn reads_playwright() {
        let report = r#"{"stats":{"expected":4,"skipped":1,"unexpected":1,"flaky":1},"errors":[{}]}"#;
        assert_eq!(Count::of_playwright(report).unwrap(), Count { passed: 4, failed: 3 });
        assert!(Count::of_playwright("{}").is_err());
    }
}
