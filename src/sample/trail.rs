//! The events of the sample, in the making.

use super::PRODUCTION;
use super::actor::Actor;
use super::call::Call;
use super::json::{list, object, text, texts};
use super::random::Random;

/// Seconds since the first day, 9 March 2026, began in UTC.
pub(super) type Moment = u32;

/// A moment by day, hour, minute and second.
pub(super) const fn at(day: u32, hour: u32, minute: u32, second: u32) -> Moment {
    ((day * 24 + hour) * 60 + minute) * 60 + second
}

/// The trail of the production account is stopped in between.
pub(super) const STOPPED: Moment = at(1, 2, 58, 40);
/// Root starts it again.
pub(super) const STARTED: Moment = at(1, 7, 41, 15);

/// One record with what decides about its file.
pub(super) struct Event {
    pub(super) at: Moment,
    pub(super) account: &'static str,
    pub(super) region: &'static str,
    pub(super) json: String,
}

/// All events so far.
pub(super) struct Trail {
    pub(super) random: Random,
    pub(super) events: Vec<Event>,
}

impl Trail {
    pub(super) fn new() -> Self {
        Self { random: Random::new(0x7261_696c_7363_6f70), events: Vec::new() }
    }

    /// Logs a call, unless the account's trail is stopped.
    pub(super) fn log(&mut self, at: Moment, actor: &Actor, call: Call) {
        if actor.account == PRODUCTION && at > STOPPED && at < STARTED {
            return;
        }
        let json = self.record(at, actor, &call);
        self.events.push(Event { at, account: actor.account, region: call.region, json });
    }

    fn record(&mut self, at: Moment, actor: &Actor, call: &Call) -> String {
        let source = format!("{}.amazonaws.com", call.source);
        let sign_in = call.event_type == "AwsConsoleSignIn";
        let mut members = vec![
            ("eventVersion", text("1.11")),
            ("userIdentity", actor.identity.clone()),
            ("eventTime", text(&iso(at))),
            ("eventSource", text(&source)),
            ("eventName", text(call.name)),
            ("awsRegion", text(call.region)),
            ("sourceIPAddress", text(actor.source_ip)),
            ("userAgent", text(actor.user_agent)),
        ];
        if let Some((code, message)) = &call.error {
            let said = [("errorCode", *code), ("errorMessage", message.as_str())];
            members
                .extend(said.iter().filter(|(_, say)| !say.is_empty()).map(|(key, say)| (*key, text(say))));
        }
        members.push(("requestParameters", call.request.clone()));
        members.push(("responseElements", call.response.clone()));
        members.extend(call.additional.clone().map(|data| ("additionalEventData", data)));
        if !sign_in {
            members.push(("requestID", text(&self.random.uuid())));
        }
        members.push(("eventID", text(&self.random.uuid())));
        members.push(("readOnly", call.read_only.to_string()));
        if !call.resources.is_empty() {
            members.push(("resources", list(&call.resources)));
        }
        members.push(("eventType", text(call.event_type)));
        members.push(("managementEvent", (!call.data).to_string()));
        members.push(("recipientAccountId", text(actor.account)));
        members.push(("eventCategory", text(if call.data { "Data" } else { "Management" })));
        if !actor.service && call.event_type != "AwsServiceEvent" {
            let host = format!("{}.{}.amazonaws.com", call.source, call.region);
            members.push(("tlsDetails", tls(&host)));
        }
        if actor.console && !sign_in {
            members.push(("sessionCredentialFromConsole", text("true")));
        }
        object(&members)
    }
}

fn tls(host: &str) -> String {
    texts(&[
        ("tlsVersion", "TLSv1.3"),
        ("cipherSuite", "TLS_AES_128_GCM_SHA256"),
        ("clientProvidedHostHeader", host),
        ("keyExchange", "x25519"),
    ])
}

/// `2026-03-09T22:23:46Z`
pub(super) fn iso(at: Moment) -> String {
    let (day, hour, minute, second) = parts(at);
    format!("2026-03-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Day of the month, hour, minute, second.
pub(super) fn parts(at: Moment) -> (u32, u32, u32, u32) {
    (9 + at / 86_400, at / 3_600 % 24, at / 60 % 60, at % 60)
}
