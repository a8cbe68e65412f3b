//! The top bar: brand, what is loaded, the query, time zone, colours, help.

use yew::prelude::*;

use crate::display::Masking;
use crate::ui::shared::{Icon, bold, click, icon, icon_button, icon_button_as, icon_small, icon_tiny, span};
use crate::ui::shared::{OFFSETS, Zone};
use crate::web::page;

/// What the top bar shows and what its buttons do.
pub struct TopBar<'a> {
    /// What is loaded, `AWSLogs/` or `9 items`, and after it, in grey, `+ 1 more` or `20,118 files`.
    /// `None` on Start, which has only brand, colours, help.
    pub sources: Option<(AttrValue, AttrValue)>,
    /// Parts of the query that facets show as chosen, for "Filters 2" where the rail is hidden.
    pub filters: usize,
    /// The page is dark now.
    pub dark: bool,
    /// What is masked on screen.
    pub masking: Masking,
    /// The next level of masking.
    pub on_mask: &'a Callback<()>,
    /// The zone that times are read in.
    pub zone: Zone,
    /// Another zone.
    pub on_zone: &'a Callback<Zone>,
    /// Light to dark or back.
    pub on_scheme: &'a Callback<()>,
    /// Show a link to what is on the screen.
    pub on_link: &'a Callback<()>,
    /// Show how it is kept that nothing leaves the tab.
    pub on_proof: &'a Callback<()>,
    /// Show the keys.
    pub on_help: &'a Callback<()>,
    /// Choose more files.
    pub on_add_files: &'a Callback<()>,
    /// Choose one more folder.
    pub on_add_folder: &'a Callback<()>,
    /// Paste text.
    pub on_paste: &'a Callback<()>,
    /// Forget everything.
    pub on_clear: &'a Callback<()>,
    /// Show the rail where it is hidden.
    pub on_rail: &'a Callback<()>,
    /// The query bar.
    pub search: Html,
}

/// The top bar.
pub fn top_bar(bar: TopBar) -> Html {
    let scheme = if bar.dark {
        icon_button(Icon::Moon, "Dark: change to light (l)", bar.on_scheme)
    } else {
        icon_button(Icon::Sun, "Light: change to dark (l)", bar.on_scheme)
    };
    html! {
        <header class="top">
            <a class="skip-link" href="#view" onclick={skip}>{ "Skip to the view" }</a>
            <span class="brand">{ icon(Icon::Brand) }{ bold("Trailscope") }</span>
            if let Some((sources, more)) = bar.sources {
                <SourcesMenu {sources} {more} on_add_files={bar.on_add_files} on_add_folder={bar.on_add_folder}
                    on_paste={bar.on_paste} />
                { icon_button_as(Icon::Close, "Clear all: forget what is loaded", "icon-button clear", Some("clear"),
                    bar.on_clear) }
                <div class="search" role="search">{ bar.search }</div>
                <button type="button" class="button filters-button" onclick={click(bar.on_rail)}>
                    { icon(Icon::Filter) }{ span("word", "Filters") }
                    if bar.filters > 0 { { bold(bar.filters.to_string()) } }
                </button>
                { icon_button_as(Icon::Link, "Link to this view", "icon-button link-open", Some("link-open"), bar.on_link) }
                <button type="button" class={if bar.masking == Masking::Off { "button tool quiet mask" } else { "button tool mask on" }}
                    data-testid="mask" data-level={bar.masking.name()} aria-label={bar.masking.label()} aria-pressed={if bar.masking == Masking::Off { "false" } else { "true" }}
                    title="Mask values on screen (m): what leaked, then identifiers too" onclick={click(bar.on_mask)}>
                    { icon(Icon::Masked) }{ span("word", bar.masking.label()) }
                </button>
                { zone_choice(bar.zone, bar.on_zone) }
            } else {
                <span class="push" />
            }
            { icon_button_as(Icon::Lock, "Nothing leaves this tab: prove it", "icon-button", Some("prove"), bar.on_proof) }
            { scheme }
            { icon_button(Icon::Question, "Keys (?)", bar.on_help) }
        </header>
    }
}

/// Records and queries keep to UTC whatever is chosen.
fn zone_choice(zone: Zone, on_zone: &Callback<Zone>) -> Html {
    let onchange = on_zone.reform(|event: Event| {
        let chosen = event.target_dyn_into::<web_sys::HtmlSelectElement>();
        chosen.map_or(Zone::Utc, |chosen| Zone::by_key(&chosen.value()))
    });
    let now = page::now_unix_ms();
    let option = |each: Zone| {
        let name = each.name(now);
        let name = if each == Zone::Local { ["Local, ", &name].concat() } else { name };
        html! { <option value={each.key()} selected={each == zone}>{ name }</option> }
    };
    html! {
        <label class="zone" title="The time zone that times are shown in (t)">
            { icon(Icon::Clock) }
            <select data-testid="zone" aria-label="Time zone" {onchange}>
                { option(Zone::Utc) }{ option(Zone::Local) }
                { for OFFSETS.iter().map(|&minutes| option(Zone::Offset(minutes))) }
            </select>
        </label>
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
                <span class="clip">{ span("v ours", &props.sources) }{ " " }{ span("quiet", &props.more) }</span>
                { icon_tiny(Icon::Down) }
            </button>
            if *open {
                <div class="menu">
                    { item(Icon::File, "Add files", then(&props.on_add_files)) }
                    { item(Icon::Folder, "Add a folder", then(&props.on_add_folder)) }
                    { item(Icon::Paste, "Paste text", then(&props.on_paste)) }
                </div>
            }
        </div>
    }
}

fn item(shape: Icon, name: &'static str, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" {onclick}>{ icon_small(shape) }{ name }</button> }
}

fn contains(event: &FocusEvent, next: &web_sys::EventTarget) -> bool {
    use wasm_bindgen::JsCast;
    let here = event.current_target().and_then(|here| here.dyn_into::<web_sys::Node>().ok());
    here.is_some_and(|here| here.contains(next.dyn_ref::<web_sys::Node>()))
}
