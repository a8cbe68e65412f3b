//! What is chosen of the page itself: its view, its scheme, what lies over it.

/// The views, in the order of their tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// A card for each service.
    #[default]
    Services,
    /// The table of events.
    Events,
    /// The principals.
    Identities,
    /// What AWS hid.
    Redactions,
    /// The ledger.
    Files,
    /// A safe copy for somebody else.
    HandOver,
}

impl View {
    /// All of them, in the order of their tabs.
    pub const ALL: [Self; 6] =
        [Self::Services, Self::Events, Self::Identities, Self::Redactions, Self::Files, Self::HandOver];

    /// Its word in handles and in the fragment.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Services => "services",
            Self::Events => "events",
            Self::Identities => "identities",
            Self::Redactions => "redactions",
            Self::Files => "files",
            Self::HandOver => "handover",
        }
    }

    /// Its word on the page.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Services => "Services",
            Self::Events => "Events",
            Self::Identities => "Identities",
            Self::Redactions => "Redactions",
            Self::Files => "Files",
            Self::HandOver => "Hand-over",
        }
    }

    /// The view with this word.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.name() == name)
    }
}

/// Light or dark; `None` in the state follows the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Dark text on light.
    Light,
    /// Light text on dark.
    Dark,
}

/// What lies over the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overlay {
    /// Nothing.
    #[default]
    None,
    /// The list of keys.
    Help,
    /// The dialog to paste into.
    Paste,
    /// What is to be read of the files that wait.
    Choose,
    /// The dialog to paste public keys and signatures into.
    Keys,
    /// The query as SQL.
    Sql,
    /// Every command by its name.
    Palette,
    /// A link to what is on the screen.
    Link,
    /// Two events side by side.
    Compare,
    /// How it is kept that nothing leaves the tab.
    Proof,
}
