//! The three questions that AWS's `userIdentity` reference asks of every record.

use yew::prelude::*;

use crate::protocol::{IdentityAnswer, Verdict};
use crate::ui::shared::shown;
use crate::ui::shared::{Icon, bold, icon, span, value};

/// The answers, each with what in the record says so.
pub fn answers(answers: &[IdentityAnswer]) -> Html {
    html! {
        <section class="inspector-answers" aria-label="Who made this call">
            <h3>{ "Who made this call" }</h3>
            for answer in answers { { row(answer) } }
        </section>
    }
}

fn row(answer: &IdentityAnswer) -> Html {
    let (shape, word) = match answer.verdict {
        Verdict::Yes => (Icon::Check, "Yes"),
        Verdict::No => (Icon::Minus, "No"),
        Verdict::Unknown => (Icon::Question, "Can't tell"),
    };
    html! {
        <div class={classes!("answer", answer.verdict.name())} data-testid="identity-answer"
            data-question={answer.question.name()} data-answer={answer.verdict.name()}>
            { icon(shape) }
            <b class="verdict">{ word }</b>
            <div class="why">
                <p>{ bold(answer.question.label()) }{ " " }{ span("isolate", shown(&answer.detail).into_owned()) }</p>
                <p class="evidence">
                    for fact in &answer.evidence { { value(fact) } }
                </p>
            </div>
        </div>
    }
}
