//! Finding tags in a page of our own: enough HTML for `index.html`, no more.

use std::ops::Range;

/// One start tag.
#[derive(Debug, PartialEq, Eq)]
pub struct Tag {
    /// Where it stands, from `<` to after `>`.
    pub range: Range<usize>,
    /// Its name, in lower case.
    pub name: String,
    /// Its attributes in order; one without a value has an empty one.
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Every start tag, in order. What stands in comments, scripts and styles is text, not tags.
pub fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = html[at..].find('<').map(|found| at + found) {
        let rest = &html[start..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(html.len(), |end| start + end + 3);
        } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            let tag = tag_at(html, start);
            at = tag.range.end;
            if matches!(tag.name.as_str(), "script" | "style") {
                at = html[at..].find(&format!("</{}", tag.name)).map_or(html.len(), |end| at + end);
            }
            tags.push(tag);
        } else {
            at = start + 1;
        }
    }
    tags
}

/// The text between a start tag and its end tag.
pub fn text_of<'a>(html: &'a str, tag: &Tag) -> &'a str {
    let rest = &html[tag.range.end..];
    let end = rest.find(&format!("</{}", tag.name)).unwrap_or(rest.len());
    &rest[..end]
}

/// Where an element stands as a whole, with its text and end tag.
pub fn element_range(html: &str, tag: &Tag) -> Range<usize> {
    let end_tag = format!("</{}>", tag.name);
    let end =
        html[tag.range.end..].find(&end_tag).map_or(tag.range.end, |at| tag.range.end + at + end_tag.len());
    tag.range.start..end
}

fn tag_at(html: &str, start: usize) -> Tag {
    let name: String = html[start + 1..].chars().take_while(char::is_ascii_alphanumeric).collect();
    let mut at = start + 1 + name.len();
    let mut attributes = Vec::new();
    loop {
        let rest = &html[at..];
        let skipped =
            rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/').len();
        at += skipped;
        let rest = &html[at..];
        if rest.is_empty() {
            break;
        }
        if rest.starts_with('>') {
            at += 1;
            break;
        }
        let key_end = rest.find(|c: char| "=>/".contains(c) || c.is_ascii_whitespace()).unwrap_or(rest.len());
        // A stray `=` has no key before it; step over it so that the loop ends on any input.
        let key_end = key_end.max(1);
        let key = rest[..key_end].to_ascii_lowercase();
        at += key_end;
        let mut value = String::new();
        if let Some(after) = html[at..].strip_prefix('=') {
            let quote = after.chars().next().filter(|c| "\"'".contains(*c));
            let body = if quote.is_some() { &after[1..] } else { after };
            let end = match quote {
                Some(quote) => body.find(quote),
                None => body.find(|c: char| c == '>' || c.is_ascii_whitespace()),
            }
            .unwrap_or(body.len());
            value = body[..end].to_owned();
            at += 1 + end + if quote.is_some() { 2 } else { 0 };
            at = at.min(html.len());
        }
        attributes.push((key, value));
    }
    Tag { range: start..at, name: name.to_ascii_lowercase(), attributes }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &[(&str, &[(&str, &str)])]) {
        let found: Vec<_> = tags(html).into_iter().map(|tag| (tag.name, tag.attributes)).collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(name, attributes)| {
                let owned = attributes.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
                ((*name).to_owned(), owned)
            })
            .collect();
        assert_eq!(found, expected, "{html}");
    }

    #[test]
    fn tags_and_attributes_are_found() {
        check("<!doctype html><p>a</p>", &[("p", &[])]);
        check(
            r#"<LINK rel="x" HREF='a b' data-y z=1/>"#,
            &[("link", &[("rel", "x"), ("href", "a b"), ("data-y", ""), ("z", "1/")])],
        );
        check(r#"<link href="./a.css"/>"#, &[("link", &[("href", "./a.css")])]);
        check("<!-- <b> --><i>", &[("i", &[])]);
        check("<script>if (a<b) '<p>'</script><hr>", &[("script", &[]), ("hr", &[])]);
    }

    #[test]
    fn broken_html_ends() {
        for html in ["<", "<p", "<p =", "<p a=", "<p a='", "<!--", "<script>", "<p ==>", "<p a=\"x\"b>"] {
            let _ = tags(html);
        }
    }

    #[test]
    fn text_and_whole_element() {
        let html = "<i></i><script src=a>body</script><p>";
        let all = tags(html);
        assert_eq!(text_of(html, &all[1]), "body");
        assert_eq!(&html[element_range(html, &all[1])], "<script src=a>body</script>");
    }
}
