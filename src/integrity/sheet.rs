//! The evidence sheet: what was checked and what it came to, as one HTML page to print or to keep.

use super::encoding::hex;
use crate::display::{full, grouped, size};
use crate::protocol::{
    ChainReport, FileVerdict, IntegrityReport, IntegrityVerdict as Verdict, KeyReport, LedgerEntry,
};

/// A sheet has no script, and nothing in it may load anything.
const HEAD: [&str; 2] = [
    "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" \
content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>",
    "</title><style>\
body{font:13px/1.45 sans-serif;color:#161a21;background:#fff;max-width:1000px;margin:32px auto;padding:0 24px}\
h1{font-size:22px}h2{font-size:15px;margin:28px 0 8px}table{border-collapse:collapse;width:100%}\
th,td{text-align:left;vertical-align:top;padding:3px 12px 3px 0;border-bottom:1px solid #e4e8ee}\
code,.m{font:11px/1.5 monospace;overflow-wrap:anywhere}.altered{font-weight:600;color:#b4213a}.authentic{color:#176b3d}\
.limit{border:1px solid #838c9b;padding:8px 12px}thead{display:table-header-group}tr{break-inside:avoid}h2{break-after:avoid}\
@media print{body{margin:0;max-width:none;padding:0}}</style></head><body>",
];

/// The page. `version` is that of the program, `checked_ms` the time of the machine, milliseconds since
/// 1970 UTC; `ledger` gives files their names.
#[must_use]
pub fn evidence_sheet(
    report: &IntegrityReport,
    ledger: &[LedgerEntry],
    version: &str,
    checked_ms: i64,
) -> String {
    let mut sheet = Sheet::new("Integrity of CloudTrail log files");
    sheet.summary(report, version, checked_ms);
    sheet.table("Chains of digest files", &["Chain", "Digest files", "From, to", "Verdict"], &mut |rows| {
        report.chains.iter().for_each(|chain| rows.chain(chain));
    });
    sheet.table("Public keys", &["Fingerprint", "Bits", "Valid", "Signatures verified"], &mut |rows| {
        report.keys.iter().for_each(|key| rows.key(key));
    });
    if !report.missing.is_empty() {
        sheet.table("Listed and not in this set", &["S3 key", "Why"], &mut |rows| {
            for file in &report.missing {
                rows.row(&[("m", &file.object), ("", &file.evidence)]);
            }
        });
    }
    sheet.table("Files", &["File", "SHA-256", "Verdict"], &mut |rows| {
        let mut names =
            ledger.iter().map(|line| ((line.source, line.entry), line.name.as_str())).collect::<Vec<_>>();
        crate::sorting::sort_by(&mut names, |one, other| one.0.cmp(&other.0));
        for file in &report.files {
            let place = names.binary_search_by_key(&(file.source, file.entry), |(key, _)| *key);
            rows.file(file, place.map_or("", |place| names[place].1));
        }
    });
    sheet.method();
    sheet.finish()
}

/// A page of HTML to print: headings, paragraphs and tables of text.
pub struct Sheet(String);

impl Sheet {
    /// At its top. The title is that of the document.
    #[must_use]
    pub fn new(title: &str) -> Self {
        let mut sheet = Self(String::from(HEAD[0]));
        sheet.text(title);
        sheet.0.push_str(HEAD[1]);
        sheet
    }

    /// The whole page.
    #[must_use]
    pub fn finish(mut self) -> String {
        self.0.push_str("</body></html>");
        self.0
    }

    /// Text, whatever is in it.
    fn text(&mut self, text: &str) {
        for sign in text.chars() {
            match sign {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                // Controls, and marks that turn the direction of what follows, are shown as what they are not.
                sign if sign.is_control()
                    || matches!(sign, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') =>
                {
                    self.0.push('\u{fffd}');
                }
                sign => self.0.push(sign),
            }
        }
    }

    /// An element with text; a class may be left empty.
    pub fn element(&mut self, name: &str, class: &str, text: &str) {
        self.0.push('<');
        self.0.push_str(name);
        if !class.is_empty() {
            self.0.push_str(" class=");
            self.0.push_str(class);
        }
        self.0.push('>');
        self.text(text);
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// A row of a table: classes and texts of its cells.
    pub fn row(&mut self, cells: &[(&str, &str)]) {
        self.0.push_str("<tr>");
        for (class, text) in cells {
            self.element("td", class, text);
        }
        self.0.push_str("</tr>");
    }

    /// A heading and a table; `rows` writes its rows.
    pub fn table(&mut self, title: &str, heads: &[&str], rows: &mut dyn FnMut(&mut Self)) {
        self.element("h2", "", title);
        self.0.push_str("<table><thead><tr>");
        for head in heads {
            self.element("th", "", head);
        }
        self.0.push_str("</tr></thead><tbody>");
        rows(self);
        self.0.push_str("</tbody></table>");
    }

    fn summary(&mut self, report: &IntegrityReport, version: &str, checked_ms: i64) {
        self.element("h1", "", "Integrity of CloudTrail log files");
        let checked = [
            "Checked ",
            &full(checked_ms),
            " by Trailscope ",
            version,
            ", ",
            &size(report.bytes),
            " of dropped files.",
        ];
        self.element("p", "", &checked.concat());
        self.0.push_str("<p><b>");
        self.element("span", report.verdict.name(), report.verdict.label());
        self.0.push_str("</b>. ");
        self.text(&report.sentence);
        self.0.push_str("</p>");
        self.element(
            "p",
            "limit",
            &["What this does not prove, whatever was found: ", &report.limit].concat(),
        );
        self.table("Counts", &["Verdict", "Files, or intervals of time for gaps"], &mut |rows| {
            for verdict in Verdict::ALL {
                if report.count(verdict) > 0 {
                    rows.row(&[(verdict.name(), verdict.label()), ("", &grouped(report.count(verdict)))]);
                }
            }
        });
        for note in &report.notes {
            self.element("p", "", note);
        }
    }

    fn chain(&mut self, chain: &ChainReport) {
        let name = [&chain.account, &chain.region, &chain.trail, &chain.home_region, &chain.kind];
        let name: Vec<&str> = name.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        let digests =
            [grouped(chain.digests), ", ".to_owned(), grouped(chain.signed), " signed".to_owned()].concat();
        let time = [&full(chain.from_ms), " to ", &full(chain.to_ms)].concat();
        let verdict = [chain.verdict.label(), ". ", &chain.sentence].concat();
        let keys = ["Keys: ", &chain.keys.join(", ")].concat();
        self.row(&[
            ("", &[&name.join(" "), ". ", &keys].concat()),
            ("", &digests),
            ("", &time),
            ("", &verdict),
        ]);
    }

    fn key(&mut self, key: &KeyReport) {
        let time = |ms: Option<i64>| ms.map_or_else(|| "not told".to_owned(), full);
        let valid = match &key.trouble {
            Some(trouble) => trouble.clone(),
            None => [&time(key.from_ms), " to ", &time(key.to_ms)].concat(),
        };
        self.row(&[
            ("m", &key.fingerprint),
            ("", &key.bits.to_string()),
            ("", &valid),
            ("", &grouped(key.verified)),
        ]);
    }

    fn file(&mut self, file: &FileVerdict, name: &str) {
        let sum = file.sha256.map(|sum| hex(&sum)).unwrap_or_default();
        let verdict = file.integrity.verdict;
        self.0.push_str("<tr>");
        self.element("td", "m", name);
        self.element("td", "m", &sum);
        self.0.push_str("<td>");
        self.element("span", verdict.name(), verdict.label());
        self.0.push_str(". ");
        self.text(&file.integrity.evidence);
        self.0.push_str("</td></tr>");
    }

    fn method(&mut self) {
        self.element("h2", "", "What was done");
        self.element(
            "p",
            "",
            "The SHA-256 of each log file was taken over its uncompressed bytes as dropped and compared with the digest file \
             that lists it. The SHA-256 of each digest file was compared with the digest file that follows. The signature of \
             each digest file (RSASSA-PKCS1-v1_5 with SHA-256), which stands in the digest file that follows or in the metadata \
             of its S3 object, was verified with the public key of its fingerprint. Nothing was fetched: keys and signatures are \
             those in the set. AWS documents the method under \"Validating CloudTrail log file integrity\".",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_only_text() {
        let mut sheet = Sheet(String::new());
        sheet.element("td", "m", "<img src=x onerror=alert(1)>&\"\u{202e}\u{7}");
        assert_eq!(sheet.0, "<td class=m>&lt;img src=x onerror=alert(1)&gt;&amp;&quot;\u{fffd}\u{fffd}</td>");
    }
}
