//! Two records side by side, their differences marked.

use yew::prelude::*;

use crate::display::{grouped, iso};
use crate::layout::{Pair, compared_text, pair};
use crate::protocol::{RecordView, TreeLine};
use crate::ui::shared::{Dialog, Icon, Same, icon_small, shown, shown_away, span, titled};

/// Lines on the page at most.
const MOST: usize = 1_000;

/// Of [`CompareDialog`].
#[derive(Clone, PartialEq, Properties)]
pub struct CompareDialogProps {
    /// The pinned one, once it is here.
    pub left: Option<Same<RecordView>>,
    /// The chosen one.
    pub right: Option<Same<RecordView>>,
    /// When it closes.
    pub on_close: Callback<()>,
}

/// The two records over the page.
#[component]
pub fn CompareDialog(props: &CompareDialogProps) -> Html {
    let all = use_state_eq(|| false);
    let pairs = use_memo((props.left.clone(), props.right.clone()), |(left, right)| match (left, right) {
        (Some(left), Some(right)) => pair(&left.tree, &right.tree),
        _ => Vec::new(),
    });
    let differ = pairs.iter().filter(|pair| !pair.same).count();
    let same = pairs.len() - differ;
    let toggle = {
        let all = all.clone();
        Callback::from(move |_: Event| all.set(!*all))
    };
    let (Some(left), Some(right)) = (&props.left, &props.right) else { return Html::default() };
    html! {
        <Dialog title="Two events side by side" on_close={props.on_close.clone()}>
            <div class="compare" data-testid="compare" data-differences={differ.to_string()}>
                <label class="tick"><input type="checkbox" data-testid="compare-all" checked={*all} onchange={toggle} />
                    { format!("Also the {} values that are the same", grouped(same as u64)) }</label>
                <div class="compare-grid" role="table" aria-label="Values of both events" tabindex="0">
                    <div role="row" class="compare-head">
                        { cell("columnheader", html! { { format!("{} differ", grouped(differ as u64)) } }) }
                        { cell("columnheader", head(left)) }{ cell("columnheader", head(right)) }
                    </div>
                    for pair in pairs.iter().filter(|pair| *all || !pair.same).take(MOST) {
                        { line(pair, left, right) }
                    }
                </div>
                if pairs.len() > MOST { { span("quiet", format!("The first {} values are shown.", grouped(MOST as u64))) } }
            </div>
        </Dialog>
    }
}

fn cell(role: &'static str, inside: Html) -> Html {
    html! { <span {role}>{ inside }</span> }
}

fn head(record: &RecordView) -> Html {
    let time = record.time_ms.map_or_else(|| record.time_text.clone(), iso);
    html! { <>{ shown(&record.name).into_owned() }<br />{ span("v soft", shown(&time).into_owned()) }</> }
}

fn line(pair: &Pair, left: &RecordView, right: &RecordView) -> Html {
    let (one, other) =
        (pair.left.and_then(|at| left.tree.get(at)), pair.right.and_then(|at| right.tree.get(at)));
    let path = one.or(other).map(|line| line.path.clone()).unwrap_or_default();
    let value = |line: Option<&TreeLine>| match line {
        Some(line) => titled("v", shown_away(&line.path, compared_text(line)).into_owned(), ""),
        None => span("quiet", "not there"),
    };
    let name = shown(&path).into_owned();
    html! {
        <div role="row" class={if pair.same { "same" } else { "differs" }} data-testid="compare-line" data-path={path}
            data-same={if pair.same { "true" } else { "false" }}>
            <span role="rowheader" title={name.clone()}>
                if !pair.same { <span class="mark" role="img" aria-label="differs">{ icon_small(Icon::NotEqual) }</span> }
                { span("v clip isolate", name.clone()) }
            </span>
            { cell("cell", value(one)) }{ cell("cell", value(other)) }
        </div>
    }
}
