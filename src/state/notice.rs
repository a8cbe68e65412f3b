//! Messages: passing ones and ones that stay until they are read.

/// What kind of message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Good news; it goes by itself.
    Done,
    /// Bad news; it stays until closed.
    Problem,
}

/// A message to the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its number, given when it is shown.
    pub id: u32,
    /// What kind.
    pub kind: NoticeKind,
    /// In a few words.
    pub title: String,
    /// What would work, or what exactly was done.
    pub text: String,
    /// What a button in it offers.
    pub offer: Option<Offer>,
}

/// What a message can offer to do at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Begin again with what was dropped, and choose first what of it to read.
    ChooseAgain,
    /// Load the newer version of this page.
    TakeNewer,
}

impl Offer {
    /// The words on its button.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::ChooseAgain => "Choose what to read",
            Self::TakeNewer => "Load it now",
        }
    }
}

impl Notice {
    /// Good news.
    #[must_use]
    pub fn done(title: &str, text: &str) -> Self {
        Self { id: 0, kind: NoticeKind::Done, title: title.to_owned(), text: text.to_owned(), offer: None }
    }

    /// Bad news.
    #[must_use]
    pub fn problem(title: &str, text: &str) -> Self {
        Self { id: 0, kind: NoticeKind::Problem, title: title.to_owned(), text: text.to_owned(), offer: None }
    }
}
