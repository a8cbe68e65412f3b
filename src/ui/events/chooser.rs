//! The chooser of columns: what the table shows, in what order and how wide, by mouse and keyboard.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::columns::label;
use crate::display::share;
use crate::protocol::Answer;
use crate::state::{Columns, ColumnsAction, Shows, choosable};
use crate::ui::shared::{
    Button, ButtonKind, Icon, PathInput, Same, button, icon_button_as, shown, span, titled,
};

/// Which control of which column was used last.
type Used = Rc<RefCell<Option<(String, &'static str)>>>;

/// Of [`Chooser`].
#[derive(Clone, PartialEq, Properties)]
pub struct ChooserProps {
    /// The columns.
    pub columns: Same<Columns>,
    /// Whether it is open.
    pub open: bool,
    /// How many events have each field.
    pub answer: Same<Answer>,
    /// Something is to be done.
    pub on_columns: Callback<ColumnsAction>,
    /// It opens or closes.
    pub on_open: Callback<bool>,
}

/// A button and what it opens.
#[component]
pub fn Chooser(props: &ChooserProps) -> Html {
    let node = use_node_ref();
    // A line that moves in the document loses the focus.
    let used: Used = use_mut_ref(|| None);
    {
        let (node, used) = (node.clone(), used.clone());
        use_effect_with(props.columns.clone(), move |_| {
            let Some((name, control)) = used.borrow_mut().take() else { return };
            let Some(lines) =
                node.cast::<Element>().and_then(|node| node.query_selector("ul").ok().flatten())
            else {
                return;
            };
            let mut line = lines.first_element_child();
            while let Some(here) = line {
                if here.get_attribute("data-name").as_deref() == Some(&*name) {
                    focus(here.query_selector(control).ok().flatten());
                    return;
                }
                line = here.next_element_sibling();
            }
        });
    }
    {
        let (node, on_open) = (node.clone(), props.on_open.clone());
        use_effect_with(props.open, move |open| {
            let outside = move |event: &Event| {
                let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
                let here = node.cast::<web_sys::Node>();
                if here.is_some_and(|here| !here.contains(target.as_ref())) {
                    on_open.emit(false);
                }
            };
            let listener = open.then(|| EventListener::new(&gloo::utils::document(), "pointerdown", outside));
            move || drop(listener)
        });
    }
    let toggle = {
        let open = props.open;
        props.on_open.reform(move |()| !open)
    };
    let onkeydown = {
        let (on_open, node, open) = (props.on_open.clone(), node.clone(), props.open);
        Callback::from(move |event: KeyboardEvent| {
            // The table and the page have keys of their own.
            event.stop_propagation();
            if event.key() == "Escape" && open {
                on_open.emit(false);
                focus(node.cast::<Element>().and_then(|node| node.first_element_child()));
            }
        })
    };
    let shown = props.columns.list().iter().map(|column| column.shows);
    let rest = choosable(&props.columns).into_iter().filter(|shows| !props.columns.has(*shows));
    let lines: Vec<(usize, Shows)> = shown.chain(rest).enumerate().collect();
    html! {
        <div class="chooser" ref={node} {onkeydown}>
            { button(Button {
                label: "Columns".into(),
                icon: Some(Icon::Columns),
                kind: ButtonKind::Quiet,
                testid: Some("columns-open"),
                title: Some("What the table shows"),
                onclick: toggle,
                ..Button::default()
            }) }
            if props.open {
                <div class="menu" role="group" aria-label="Columns" data-testid="column-chooser">
                    <PathInput label="Add a field or any path" testid="column-add"
                        on_add={props.on_columns.reform(ColumnsAction::Add)} />
                    <ul>
                        for (place, shows) in lines {
                            { line(place, shows, props, &used) }
                        }
                    </ul>
                    { button(Button {
                        label: "Usual columns".into(),
                        kind: ButtonKind::Quiet,
                        testid: Some("columns-usual"),
                        onclick: props.on_columns.reform(|()| ColumnsAction::Usual),
                        ..Button::default()
                    }) }
                </div>
            }
        </div>
    }
}

fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // One that can't take the focus leaves it where it is.
        let _ = element.focus();
    }
}

/// A column that is shown, or could be.
fn line(place: usize, shows: Shows, props: &ChooserProps, used: &Used) -> Html {
    let columns = &props.columns;
    let name = columns.name_of(shows).to_owned();
    let column = columns.list().get(place).filter(|column| column.shows == shows);
    let uses = |control: &'static str| {
        let (used, name) = (used.clone(), name.clone());
        move || *used.borrow_mut() = Some((name.clone(), control))
    };
    let onchange = {
        let (name, on, uses) = (name.clone(), column.is_some(), uses("input"));
        props.on_columns.reform(move |_: Event| {
            uses();
            if on { ColumnsAction::Remove(shows) } else { ColumnsAction::Add(name.clone()) }
        })
    };
    let to = |to: Option<usize>, control: &'static str| {
        let uses = uses(control);
        props.on_columns.reform(move |()| {
            uses();
            ColumnsAction::Move(shows, to.unwrap_or(usize::MAX))
        })
    };
    let onwidth = props.on_columns.reform(move |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        ColumnsAction::Resize(shows, input.value().parse().unwrap_or(0))
    });
    let said = label(columns, shows);
    let width = column.map_or(0, |column| column.width);
    html! {
        <li key={name.clone()} data-testid="column-option" data-name={name.clone()}
            data-shown={if column.is_some() { "true" } else { "false" }} data-events={present(shows, props).map(|(count, _)| count.to_string())}>
            <label title={shown(&name).into_owned()}>
                <input type="checkbox" checked={column.is_some()} {onchange} />
                { span("clip isolate", shown(&said).into_owned()) }
            </label>
            { coverage(shows, props) }
            if column.is_some() {
                <input class="width" type="number" min="40" max="1200" step="10" placeholder="auto" data-testid="column-width"
                    aria-label={format!("Width of {said}, pixels")} value={if width > 0 { width.to_string() } else { String::new() }}
                    onchange={onwidth} />
                { icon_button_as(Icon::Up, "Further left", "icon-button", Some("column-left"), &to(place.checked_sub(1), "[data-testid=column-left]")) }
                { icon_button_as(Icon::Down, "Further right", "icon-button", Some("column-right"), &to(Some(place + 1), "[data-testid=column-right]")) }
            }
        </li>
    }
}

/// How many events have a value, of how many.
fn present(shows: Shows, props: &ChooserProps) -> Option<(u64, u64)> {
    let Shows::Value(field) = shows else { return None };
    let (_, count) = props.answer.coverage.iter().find(|(of, _)| *of == field)?;
    Some((*count, props.answer.matched))
}

fn coverage(shows: Shows, props: &ChooserProps) -> Html {
    let Some((count, all)) = present(shows, props) else { return Html::default() };
    let title = format!("In {} of events", share(count, all));
    titled("soft coverage", share(count, all), title)
}
