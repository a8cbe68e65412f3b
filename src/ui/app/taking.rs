//! Files on their way in: taken, taken back, chosen of while they wait.

use super::{App, now_ms};
use crate::protocol::NotRead;
use crate::state::{Action, Notice, Overlay, Scope};
use crate::ui::shared::Same;
use crate::web::intake::Taken;

impl App {
    /// Offers what waits to be read.
    pub(super) fn show_scope(&mut self) {
        self.link.pause(true);
        self.scope = Same::new(Scope::of(&self.link.waiting()));
        self.act(Action::Overlay(Overlay::Choose));
    }

    /// Reads no further, and lists what was not begun.
    pub(super) fn stop(&mut self, why: NotRead) {
        self.link.stop(why);
        self.take_back(&|_| false, why);
    }

    /// Takes back files that no worker has begun, but for the wanted ones, and lists them.
    pub(super) fn take_back(&mut self, wanted: &dyn Fn(&str) -> bool, why: NotRead) {
        let unread = self.link.take_back(wanted);
        self.act(Action::NotRead { unread, why });
        self.link.end_if_quiet();
    }

    /// Takes in files; `closed` are those that could not be opened.
    pub(super) fn take(&mut self, files: Vec<Taken>, closed: &[String]) {
        if !closed.is_empty() {
            let first = closed.first().map(String::as_str).unwrap_or_default();
            let more =
                if closed.len() > 1 { format!(" and {} more", closed.len() - 1) } else { String::new() };
            let text =
                format!("{first}{more} could not be opened: the browser has no permission, or it is gone.");
            self.act(Action::Notice(Notice::problem("Not everything was opened", &text)));
        }
        if files.is_empty() {
            if closed.is_empty() {
                let text = "What was given holds no files. Drop log files, or the folder that holds them.";
                self.act(Action::Notice(Notice::problem("No files in it", text)));
            }
            return;
        }
        // The state must know before the first worker can answer.
        let bytes = files.iter().map(|taken| taken.file.size() as u64).sum();
        let count = u32::try_from(files.len()).unwrap_or(u32::MAX);
        self.act(Action::TakenIn { files: count, bytes, now_ms: now_ms() });
        self.link.open(files);
    }
}
