//! The command palette, under Ctrl K: every view, action, field and saved query by its name.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::field::FIELDS;
use crate::query::SAVED;
use crate::state::View;
use crate::ui::help::{KEYS, Reach};
use crate::ui::query_bar::{id_of, reveal};
use crate::ui::shared::{Dialog, Icon, icon_small, key_cap, span};

/// What a line of the palette does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// What this key does.
    Key(&'static str),
    /// Shows a view.
    View(View),
    /// Asks this.
    Query(&'static str),
    /// Puts a field into the query, to be gone on with.
    Field(&'static str),
    /// Shows the query as SQL.
    Sql,
    /// Forgets what is loaded.
    Clear,
}

struct Line {
    command: Command,
    label: &'static str,
    note: &'static str,
}

impl Line {
    /// Whether each of these words, in lower case, is somewhere in it.
    fn fits(&self, words: &[&str]) -> bool {
        let text = [self.label, " ", self.note].concat().to_lowercase();
        words.iter().all(|word| text.contains(word))
    }
}

fn lines() -> Vec<Line> {
    let mut lines: Vec<Line> = View::ALL
        .iter()
        .map(|&view| Line { command: Command::View(view), label: view.label(), note: "view" })
        .collect();
    for group in KEYS {
        let single = group.lines.iter().filter(|line| line.reach == Reach::Page);
        lines.extend(single.map(|line| Line {
            command: Command::Key(line.keys[0]),
            label: line.does,
            note: group.title,
        }));
    }
    lines.push(Line { command: Command::Sql, label: "the query as SQL", note: "Everywhere" });
    lines.push(Line {
        command: Command::Clear,
        label: "clear all: forget what is loaded",
        note: "Everywhere",
    });
    lines.extend(SAVED.iter().map(|saved| Line {
        command: Command::Query(saved.query),
        label: saved.name,
        note: "saved query",
    }));
    lines.extend(FIELDS.iter().map(|field| Line {
        command: Command::Field(field.name),
        label: field.name,
        note: "field",
    }));
    lines
}

/// Of [`Palette`].
#[derive(Clone, PartialEq, Properties)]
pub struct PaletteProps {
    /// Runs a command; the palette is closed by then.
    pub on_run: Callback<Command>,
    /// When it is left.
    pub on_close: Callback<()>,
}

/// The palette, for as long as it is rendered.
#[component]
pub fn Palette(props: &PaletteProps) -> Html {
    let typed = use_state(String::new);
    let active = use_state(|| 0_usize);
    let lower = typed.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    // What begins as typed comes first.
    let (mut found, others): (Vec<Line>, Vec<Line>) = lines()
        .into_iter()
        .filter(|line| line.fits(&words))
        .partition(|line| line.label.to_lowercase().starts_with(&lower));
    found.extend(others);
    let run = {
        let props = props.clone();
        Callback::from(move |command: Command| {
            props.on_close.emit(());
            props.on_run.emit(command);
        })
    };
    let oninput = {
        let (typed, active) = (typed.clone(), active.clone());
        Callback::from(move |event: InputEvent| {
            typed.set(event.target_unchecked_into::<HtmlInputElement>().value());
            active.set(0);
        })
    };
    let onkeydown = {
        let (active, count, run) = (active.clone(), found.len(), run.clone());
        let chosen = found.get(*active).map(|line| line.command);
        Callback::from(move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowDown" => (*active + 1) % count.max(1),
                "ArrowUp" => (*active + count.max(1) - 1) % count.max(1),
                "Enter" => {
                    event.prevent_default();
                    if let Some(command) = chosen {
                        run.emit(command);
                    }
                    return;
                }
                _ => return,
            };
            event.prevent_default();
            reveal(to);
            active.set(to);
        })
    };
    let line = |(place, line): (usize, &Line)| {
        let command = line.command;
        html! {
            <li id={id_of(place)} role="option" aria-selected={if place == *active { "true" } else { "false" }}
                data-testid="palette-item" onclick={run.reform(move |_: MouseEvent| command)}>
                { icon_small(shape(command)) }{ span(if matches!(command, Command::Field(_)) { "v clip" } else { "clip" }, line.label) }{ span("quiet clip", line.note) }
                if let Command::Key(key) = command { { key_cap(key) } }
            </li>
        }
    };
    html! {
        <Dialog title="Commands" on_close={&props.on_close}>
            <div class="palette" data-testid="palette">
                <input type="text" autofocus=true spellcheck="false" autocomplete="off" placeholder="A view, an action, a field, a saved query"
                    role="combobox" aria-expanded="true" aria-controls="palette-list" aria-activedescendant={id_of(*active)}
                    aria-label="What to do" data-testid="palette-input" {oninput} {onkeydown} />
                <ul class="offers" id="palette-list" role="listbox" aria-label="Commands">
                    { for found.iter().enumerate().map(line) }
                </ul>
                if found.is_empty() { <p class="soft">{ "Nothing has that name." }</p> }
            </div>
        </Dialog>
    }
}

fn shape(command: Command) -> Icon {
    match command {
        Command::Key(_) | Command::Sql | Command::Clear => Icon::Right,
        Command::View(_) => Icon::Columns,
        Command::Query(_) => Icon::Flag,
        Command::Field(_) => Icon::Equal,
    }
}
