//! Counts how many tests ran, from the output of the test programs.

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

    /// Parses `test result: ok. 12 passed; 0 failed; 1 ignored; …`; `None` for any other line.
    pub fn of_cargo_line(line: &str) -> Option<Self> {
        let (_, numbers) = line.trim().strip_prefix("test result: ")?.split_once(". ")?;
        let number = |name: &str| {
            numbers.split(';').find_map(|part| part.trim().strip_suffix(name)?.trim().parse::<u64>().ok())
        };
        Some(Self { passed: number("passed")?, failed: number("failed")? })
    }

    /// Parses Playwright's JSON report. A flaky test counts as failed, a skipped one as not run.
    pub fn of_playwright(report: &str) -> Result<Self> {
        let report: Value = serde_json::from_str(report)?;
        let number = |name: &str| report["stats"][name].as_u64().with_context(|| format!("no stats.{name}"));
        // Errors outside of tests (a spec that can't be loaded) are in a list of their own.
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
