//! Scripts and style sheets without what only their writers need.

use std::{
    io::Write,
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

/// What a text is.
#[derive(Clone, Copy)]
pub enum Kind {
    /// An ES module: nothing in it is known outside.
    Module,
    /// A classic script: what stands at its top is known to others.
    Script,
    /// A style sheet.
    Style,
}

/// esbuild, where there is one.
#[derive(Default)]
pub struct Minifier(pub Option<PathBuf>);

impl Minifier {
    /// The text, smaller; as it is where esbuild is missing.
    pub fn minify(&self, kind: Kind, text: &str) -> Result<String> {
        let Some(program) = &self.0 else { return Ok(text.to_owned()) };
        let arguments: &[&str] = match kind {
            Kind::Module => &["--loader=js", "--format=esm"],
            Kind::Script => &["--loader=js"],
            Kind::Style => &["--loader=css"],
        };
        let mut child = Command::new(program)
            .args(["--minify", "--legal-comments=none", "--charset=utf8", "--log-level=warning"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("esbuild could not be started")?;
        // It reads all before it writes anything, so this cannot block.
        child.stdin.take().context("esbuild takes no input")?.write_all(text.as_bytes())?;
        let output = child.wait_with_output()?;
        ensure!(output.status.success(), "esbuild failed ({})", output.status);
        Ok(String::from_utf8(output.stdout)?)
    }
}
