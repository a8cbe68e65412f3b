//! The query text in coloured pieces, for the query bar.

use super::lex::{Lexeme, lex};

/// A piece of the query text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its first byte in the text.
    pub start: usize,
    /// The byte behind its last.
    pub end: usize,
    /// What it is.
    pub kind: TokenKind,
}

/// What a piece of the query text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// The name of a field.
    Field,
    /// `:`, a comparison, a parenthesis.
    Punctuation,
    /// A value of a field.
    Value,
    /// `AND`, `OR`, `NOT` and the `-` that means NOT.
    Operator,
    /// A word that may stand anywhere in the record.
    Word,
    /// A quote that is not closed.
    Error,
}

/// The pieces of any text, in order and without overlap; what lies between them is white space.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let kind = |lexeme: &Lexeme| match lexeme {
        Lexeme::Name => TokenKind::Field,
        Lexeme::Open | Lexeme::Close | Lexeme::Is | Lexeme::IsNot | Lexeme::Compare(_) => {
            TokenKind::Punctuation
        }
        Lexeme::Value(_) | Lexeme::Range(_) => TokenKind::Value,
        Lexeme::And | Lexeme::Or | Lexeme::Not | Lexeme::Minus => TokenKind::Operator,
        Lexeme::Word(_) => TokenKind::Word,
        Lexeme::Unclosed | Lexeme::OpenSlash | Lexeme::HalfRange => TokenKind::Error,
    };
    lex(text)
        .iter()
        .map(|placed| Token { start: placed.span.start, end: placed.span.end, kind: kind(&placed.lexeme) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn colours_each_piece() {
        use TokenKind::{Error, Field, Operator, Punctuation, Value, Word};
        for (text, wanted) in [
            (
                "errorCode:AccessDenied",
                vec![(Field, "errorCode"), (Punctuation, ":"), (Value, "AccessDenied")],
            ),
            (
                "NOT event:(a OR -b) x >= 5",
                vec![
                    (Operator, "NOT"),
                    (Field, "event"),
                    (Punctuation, ":"),
                    (Punctuation, "("),
                    (Value, "a"),
                    (Operator, "OR"),
                    (Operator, "-"),
                    (Value, "b"),
                    (Punctuation, ")"),
                    (Field, "x"),
                    (Punctuation, ">="),
                    (Value, "5"),
                ],
            ),
            ("arn:aws:s3:::b \"q", vec![(Word, "arn:aws:s3:::b"), (Error, "\"q")]),
        ] {
            let got: Vec<_> =
                tokens(text).iter().map(|token| (token.kind, &text[token.start..token.end])).collect();
            assert_eq!(got, wanted, "{text}");
        }
    }

    proptest! {
        #[test]
        fn covers_all_but_white_space_in_order(text in prop_oneof![any::<String>(), "[a:<>=!()\"* \\\\.-]{0,20}"]) {
            let mut at = 0;
            for token in tokens(&text) {
                prop_assert!(at <= token.start && token.start < token.end);
                prop_assert!(text[at..token.start].trim().is_empty());
                at = token.end;
            }
            prop_assert!(text[at..].trim().is_empty());
        }
    }
}
