//! Values as SQL: quoted so that nothing in them is ever read as SQL.

/// A string literal. Control characters are joined in by their number.
pub fn quote(text: &str) -> String {
    let mut out = String::from("'");
    for character in text.chars() {
        match character {
            '\'' => out.push_str("''"),
            c if c.is_control() => {
                out.push_str("' || chr(");
                out.push_str(&u32::from(c).to_string());
                out.push_str(") || '");
            }
            c => out.push(c),
        }
    }
    out.push('\'');
    if out.contains("' || chr(") { format!("({out})") } else { out }
}

/// `x` is these lower-case pieces with anything between them; within more text where `part` is set.
pub fn like(x: &str, pieces: &[String], part: bool) -> String {
    if let ([whole], false) = (pieces, part) {
        return format!("lower({x}) = {}", quote(whole));
    }
    let mut pattern = String::new();
    for (place, piece) in pieces.iter().enumerate() {
        if place > 0 || part {
            pattern.push('%');
        }
        for character in piece.chars() {
            if matches!(character, '%' | '_' | '\\') {
                pattern.push('\\');
            }
            pattern.push(character);
        }
    }
    if part {
        pattern.push('%');
    }
    let escape = if pattern.contains('\\') { " ESCAPE '\\'" } else { "" };
    format!("lower({x}) LIKE {}{escape}", quote(&pattern))
}

/// An expression of ours as RE2 and Java's engines read it: unanchored, whatever the case, `.` for all
/// but a line feed, `^` and `$` for the ends of the text.
pub fn expression(source: &str) -> String {
    let mut out = String::from("(?i)");
    let mut characters = source.chars();
    // In a set: how many characters of it were read.
    let mut set = None;
    while let Some(character) = characters.next() {
        let place = set;
        set = set.map(|read: usize| read + 1);
        match (character, place) {
            ('\\', _) => match characters.next() {
                Some('/') => out.push('/'),
                Some(next) => {
                    out.push('\\');
                    out.push(next);
                }
                None => {}
            },
            (']', Some(read)) if read > 0 => {
                out.push(']');
                set = None;
            }
            ('^', Some(0)) => {
                out.push('^');
                // A `]` behind it is still the first.
                set = Some(0);
            }
            ('[' | ']' | '&' | '^', Some(_)) => {
                out.push('\\');
                out.push(character);
            }
            (other, Some(_)) => out.push(other),
            ('[', None) => {
                out.push('[');
                set = Some(0);
            }
            ('.', None) => out.push_str("[^\\n]"),
            ('^', None) => out.push_str("\\A"),
            ('$', None) => out.push_str("\\z"),
            (other, None) => out.push(other),
        }
    }
    out
}

/// A text as a part of an expression that means just itself.
pub fn literal(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        if !character.is_alphanumeric() && character.is_ascii() && !matches!(character, '_' | ' ') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}
