//! The top bar: brand, what is loaded, the query, time zone, colours, help.

use yew::prelude::*;

use crate::ui::shared::{Icon, IconButton, icon, icon_small, icon_tiny};

/// Of [`TopBar`].
#[derive(Clone, PartialEq, Properties)]
pub struct TopBarProps {
    /// What is loaded, `AWSLogs/` or `9 items`; `None` on Start, which has only brand, colours, help.
    #[prop_or_default]
    pub sources: Option<AttrValue>,
    /// After it, in grey: `+ 1 more`, `20,118 files`. May be empty.
    #[prop_or_default]
    pub sources_more: AttrValue,
    /// Parts of the query that facets show as chosen, for "Filters 2" where the rail is hidden.
    #[prop_or_default]
    pub filters: usize,
    /// The page is dark now.
    pub dark: bool,
    /// Light to dark or back.
    pub on_scheme: Callback<()>,
    /// Show the keys.
    pub on_help: Callback<()>,
    /// Choose more files.
    pub on_add_files: Callback<()>,
    /// Choose one more folder.
    pub on_add_folder: Callback<()>,
    /// Paste text.
    pub on_paste: Callback<()>,
    /// Forget everything.
    pub on_clear: Callback<()>,
    /// Show the rail where it is hidden.
    pub on_rail: Callback<()>,
    /// The query bar.
    #[prop_or_default]
    pub children: Html,
}

/// The top bar.
#[component]
pub fn TopBar(props: &TopBarProps) -> Html {
    let loaded = props.sources.is_some();
    html! {
        <header class="top">
            <a class="skip-link" href="#view" onclick={skip}>{ "Skip to the view" }</a>
            <span class="brand">{ icon(Icon::Brand) }<b>{ "Trailscope" }</b></span>
            if let Some(sources) = &props.sources {
                <SourcesMenu sources={sources.clone()} more={props.sources_more.clone()}
                    on_add_files={props.on_add_files.clone()} on_add_folder={props.on_add_folder.clone()}
                    on_paste={props.on_paste.clone()} />
                <IconButton icon={Icon::Close} name="Clear all: forget what is loaded" class="clear"
                    testid="clear" onclick={props.on_clear.clone()} />
            }
            if loaded {
                <div class="search" role="search">{ props.children.clone() }</div>
                <button type="button" class="button filters-button" onclick={props.on_rail.reform(|_: MouseEvent| ())}>
                    { icon(Icon::Filter) }<span class="word">{ "Filters" }</span>
                    if props.filters > 0 { <b>{ props.filters }</b> }
                </button>
                <span class="zone" title="All times are in UTC, as logged">{ icon(Icon::Clock) }{ "UTC" }</span>
            } else {
                <span class="push" />
            }
            <IconButton icon={if props.dark { Icon::Moon } else { Icon::Sun }}
                name={if props.dark { "Dark: change to light (l)" } else { "Light: change to dark (l)" }}
                onclick={props.on_scheme.clone()} />
            <IconButton icon={Icon::Question} name="Keys (?)" onclick={props.on_help.clone()} />
        </header>
    }
}

/// The fragment holds the state of the page, so a plain link to an anchor would destroy it.
fn skip(event: MouseEvent) {
    event.prevent_default();
    let view = gloo::utils::document().get_element_by_id("view");
    if let Some(view) =
        view.and_then(|view| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(view).ok())
    {
        let _ = view.focus();
    }
}

#[derive(Clone, PartialEq, Properties)]
struct SourcesMenuProps {
    sources: AttrValue,
    more: AttrValue,
    on_add_files: Callback<()>,
    on_add_folder: Callback<()>,
    on_paste: Callback<()>,
}

#[component]
fn SourcesMenu(props: &SourcesMenuProps) -> Html {
    let open = use_state_eq(|| false);
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let then = |action: &Callback<()>| {
        let (open, action) = (open.clone(), action.clone());
        Callback::from(move |_: MouseEvent| {
            open.set(false);
            action.emit(());
        })
    };
    let onkeydown = {
        let open = open.setter();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                open.set(false);
            }
        })
    };
    // The menu closes when the focus goes elsewhere; its own buttons are inside.
    let onfocusout = {
        let open = open.setter();
        Callback::from(move |event: FocusEvent| {
            let inside = event.related_target().is_some_and(|next| contains(&event, &next));
            if !inside {
                open.set(false);
            }
        })
    };
    html! {
        <div class="sources" {onkeydown} {onfocusout}>
            <button type="button" class="button tool quiet" aria-haspopup="true"
                aria-expanded={if *open { "true" } else { "false" }} onclick={toggle}>
                { icon(Icon::Folder) }
                <span class="clip"><span class="v ours">{ &props.sources }</span>{ " " }
                    <span class="quiet">{ &props.more }</span></span>
                { icon_tiny(Icon::Down) }
            </button>
            if *open {
                <div class="menu">
                    <button type="button" onclick={then(&props.on_add_files)}>
                        { icon_small(Icon::File) }{ "Add files" }</button>
                    <button type="button" onclick={then(&props.on_add_folder)}>
                        { icon_small(Icon::Folder) }{ "Add a folder" }</button>
                    <button type="button" onclick={then(&props.on_paste)}>
                        { icon_small(Icon::Paste) }{ "Paste text" }</button>
                </div>
            }
        </div>
    }
}

fn contains(event: &FocusEvent, next: &web_sys::EventTarget) -> bool {
    use wasm_bindgen::JsCast;
    let here = event.current_target().and_then(|here| here.dyn_into::<web_sys::Node>().ok());
    here.is_some_and(|here| here.contains(next.dyn_ref::<web_sys::Node>()))
}
