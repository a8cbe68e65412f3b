//! The query as SQL, for an engine made for more than a tab.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::sql::{Dialect, sql};
use crate::ui::shared::shown;
use crate::ui::shared::{Button, ButtonKind, Dialog, Icon, button, icon_small, sentence};

/// Of [`SqlPanel`].
#[derive(Clone, PartialEq, Properties)]
pub struct SqlPanelProps {
    /// The query as applied.
    pub query: AttrValue,
    /// The range of time that is a part of the question, `from..to` in milliseconds since 1970 UTC.
    #[prop_or_default]
    pub time: Option<(i64, i64)>,
    /// A text for the clipboard.
    pub on_copy: Callback<String>,
    /// A file to save: its name and its text.
    pub on_save: Callback<(String, String)>,
}

/// The SQL with a choice of the engine, to read, copy and save.
#[component]
pub fn SqlPanel(props: &SqlPanelProps) -> Html {
    let dialect = use_state_eq(|| Dialect::DuckDb);
    let written = use_memo((props.query.clone(), props.time, *dialect), |(query, time, dialect)| {
        sql(query, *time, *dialect).ok()
    });
    let onchange = {
        let dialect = dialect.setter();
        Callback::from(move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            dialect.set(Dialect::by_name(&select.value()).unwrap_or(Dialect::DuckDb));
        })
    };
    let Some(written) = written.as_ref() else {
        return html! { <p>{ "The query does not parse, so there is no SQL for it." }</p> };
    };
    let copied = |text: &str| {
        props.on_copy.reform({
            let text = text.to_owned();
            move |()| text.clone()
        })
    };
    let saved = props.on_save.reform({
        let file = (format!("trailscope-{}.sql", dialect.name()), written.text.clone());
        move |()| file.clone()
    });
    let copy = |text: &str| {
        button(Button {
            label: "Copy".into(),
            icon: Some(Icon::Copy),
            kind: ButtonKind::Tool,
            onclick: copied(text),
            ..Button::default()
        })
    };
    html! {
        <div class="sql">
            <div class="sql-tools">
                <label>{ "For " }
                    <select data-testid="sql-dialect" {onchange}>
                        for one in Dialect::ALL {
                            <option value={one.name()} selected={one == *dialect}>{ one.label() }</option>
                        }
                    </select>
                </label>
                <span class="push" />
                { copy(&written.text) }
                { button(Button {
                    label: "Save as a file".into(),
                    icon: Some(Icon::Download),
                    kind: ButtonKind::Tool,
                    testid: Some("export-sql"),
                    onclick: saved,
                    ..Button::default()
                }) }
            </div>
            if written.notes.is_empty() {
                <p class="sql-note">{ icon_small(Icon::Check) }{ sentence("It asks exactly what the page shows.") }</p>
            }
            for note in &written.notes {
                <p class="sql-note" data-testid="sql-note">{ icon_small(Icon::Warn) }{ sentence(note) }</p>
            }
            { code("sql-text", "The query as SQL", &written.text) }
            if let Some(table) = dialect.table() {
                <div class="sql-tools"><b>{ "The table it asks, once" }</b><span class="push" />{ copy(table) }</div>
                { code("sql-table", "The table as SQL", table) }
            }
        </div>
    }
}

/// The panel over the page.
pub fn sql_dialog(panel: SqlPanelProps, on_close: &Callback<()>) -> Html {
    html! {
        <Dialog title="The query as SQL" on_close={on_close.clone()}><SqlPanel ..panel /></Dialog>
    }
}

/// SQL line by line, its invisible characters as signs.
fn code(testid: &'static str, name: &'static str, text: &str) -> Html {
    let lines: Vec<_> = text.trim_end().lines().map(shown).collect();
    html! { <pre class="sql-code" data-testid={testid} tabindex="0" role="region" aria-label={name}>{ lines.join("\n") }</pre> }
}
