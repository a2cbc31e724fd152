//! The style sheet: `main.css` with its imports in one minified file, for the browsers of `BROWSERS`.
//! A mistake in the CSS is an error with file and line, never a rule that silently does nothing.

use anyhow::{Result, anyhow};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use lightningcss::targets::{Browsers, Targets};
use std::path::Path;

const fn version(major: u32, minor: u32) -> Option<u32> {
    Some(major << 16 | minor << 8)
}

/// The first versions with `light-dark()`, nesting, `:has()` and popovers, so that the CSS can be sent as it is
/// written.
const BROWSERS: Browsers = Browsers {
    chrome: version(123, 0),
    edge: version(123, 0),
    android: version(123, 0),
    firefox: version(125, 0),
    safari: version(17, 5),
    ios_saf: version(17, 5),
    samsung: version(27, 0),
    opera: version(109, 0),
    ie: None,
};

pub fn bundle(main: &Path) -> Result<String> {
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler.bundle(main).map_err(|e| anyhow!("{e}"))?;
    let targets = Targets::from(BROWSERS);
    sheet.minify(MinifyOptions { targets, ..MinifyOptions::default() }).map_err(|e| anyhow!("{e}"))?;
    let printed = sheet
        .to_css(PrinterOptions { minify: true, targets, ..PrinterOptions::default() })
        .map_err(|e| anyhow!("{e}"))?;
    Ok(printed.code)
}
