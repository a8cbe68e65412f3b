//! Where the parts of the page go.

use yew::prelude::*;

/// Whether the rail is in sight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RailState {
    /// As the width allows: open from 1280 px, 40 px wide from 1024 px, else behind "Filters".
    #[default]
    Auto,
    /// Open; over the view where there is no room beside it.
    Open,
    /// Closed by the reader.
    Closed,
}

impl RailState {
    fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }
}

/// The parts of the page. On Start there is only `top`, `view` and `status`.
pub struct Layout {
    /// [`super::TopBar`].
    pub top: Html,
    /// [`crate::ui::facets::Rail`].
    pub rail: Option<Html>,
    /// How the rail stands.
    pub rail_state: RailState,
    /// [`crate::ui::histogram::HistogramPanel`].
    pub histogram: Option<Html>,
    /// [`super::Tabs`].
    pub tabs: Option<Html>,
    /// The view itself; it fills the rest and scrolls alone.
    pub view: Html,
    /// `id` of the tab that names the view, for its `tabpanel`.
    pub view_tab: Option<&'static str>,
    /// The inspector, if a record is open.
    pub inspector: Option<Html>,
    /// [`super::StatusLine`].
    pub status: Html,
    /// What lies over it all or cannot be seen: file inputs, drop cover, toasts, dialogs.
    pub floating: Html,
}

/// The whole page. Its root is the drop zone: files may be let go anywhere.
pub fn layout(parts: Layout) -> Html {
    let inspecting = parts.inspector.is_some();
    let role = parts.view_tab.map(|_| "tabpanel");
    let named_by = parts.view_tab.map(|id| format!("view-{id}"));
    html! {
        <div class={classes!("app", inspecting.then_some("inspecting"))} data-testid="drop-zone"
            data-rail={parts.rail_state.name()}>
            { parts.top }
            if let Some(rail) = parts.rail { { rail } }
            <div class="middle">
                if let Some(histogram) = parts.histogram { { histogram } }
                if let Some(tabs) = parts.tabs { { tabs } }
                <main class="view" id="view" {role} aria-labelledby={named_by} tabindex="-1">{ parts.view }</main>
            </div>
            if let Some(inspector) = parts.inspector { { inspector } }
            { parts.status }
            { parts.floating }
        </div>
    }
}
