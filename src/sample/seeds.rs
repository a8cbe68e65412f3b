//! The services that the page has cards of its own for: Amazon MQ, Q Apps, Monitron and Amplify.
//! Amazon SQS runs through the daily work and the incident.

use super::actor::{Actor, BROWSER, OFFICE, PLANT, console_user, q_apps_user, role, session_key, user};
use super::call::{Call, change, read};
use super::json::{list, object, text, texts};
use super::trail::{Trail, at};
use super::{PRODUCTION, WORKSHOP};

/// Where the broker runs.
pub(super) const WEST: &str = "us-west-2";
const CENTRAL: &str = "eu-central-1";
pub(super) const BROKER: &str = "b-1234a5b6-78cd-901e-2fgh-3i45j6k178l9";

pub(super) fn write(trail: &mut Trail) {
    broker(trail);
    for day in 0..3 {
        q_apps(trail, day);
        monitron(trail, day);
        amplify(trail, day);
    }
    broken_projects(trail);
}

pub(super) fn mq_console() -> Actor {
    user(PRODUCTION, "AmazonMqConsole", "AKIAMQCONSOLEEXAMPLE")
}

/// A broker is made open to the internet; the directory's password is not hidden.
fn broker(trail: &mut Trail) {
    let console = mq_console();
    let users = list(&[
        object(&[
            ("username", text("orders-in")),
            ("password", text("***")),
            ("consoleAccess", "true".to_owned()),
        ]),
        object(&[("username", text("orders-out")), ("password", text("***"))]),
    ]);
    let ldap = texts(&[
        ("serviceAccountUsername", "cn=mq-bind,dc=example,dc=com"),
        ("serviceAccountPassword", "Wint3r-2026!"),
        ("hosts", "ldap.example.com"),
    ]);
    let request = object(&[
        ("engineType", text("ActiveMQ")),
        ("engineVersion", text("5.18")),
        ("deploymentMode", text("SINGLE_INSTANCE")),
        ("hostInstanceType", text("mq.m5.large")),
        ("brokerName", text("orders-broker")),
        ("publiclyAccessible", "true".to_owned()),
        ("securityGroups", list(&[text("sg-0a1b2c3d4e5f67890")])),
        ("users", users),
        ("ldapServerMetadata", ldap),
        ("creatorRequestId", text("orders-broker-1")),
    ]);
    let arn = format!("arn:aws:mq:{WEST}:{PRODUCTION}:broker:orders-broker:{BROKER}");
    let reply = texts(&[("brokerId", BROKER), ("brokerArn", &arn)]);
    let create = change("amazonmq", "CreateBroker").region(WEST).request(request).reply(reply);
    trail.log(at(0, 9, 23, 46), &console, create);
    let update = change("amazonmq", "UpdateConfiguration").region(WEST).with(&[
        ("configurationId", "c-1234a5b6-78cd-901e-2fgh-3i45j6k178l9"),
        ("data", "***"),
        ("description", "Longer time to live"),
    ]);
    trail.log(at(0, 9, 52, 19), &console, update);
    let reboot =
        change("amazonmq", "RebootBroker").region(WEST).with(&[("brokerId", BROKER)]).reply("{}".to_owned());
    trail.log(at(0, 10, 4, 2), &console, reboot);
    for day in 0..3 {
        for hour in [8, 11, 14] {
            let moment = at(day, hour, 30, 0) + trail.random.below(1_200);
            let describe = read("amazonmq", "DescribeBroker").region(WEST).with(&[("brokerId", BROKER)]);
            trail.log(moment, &console, describe);
            trail.log(
                moment + 1,
                &console,
                read("amazonmq", "ListUsers").region(WEST).with(&[("brokerId", BROKER)]),
            );
        }
    }
}

fn q_apps(trail: &mut Trail, day: u32) {
    let application = "b0ff5f6a-8c6e-4b1d-9c2e-5d1f3a7e9b42";
    let headers = [
        ("application-id", text(application)),
        ("idc-application-arn", text("arn:aws:sso::444455556666:application/ssoins-72example/apl-9example")),
    ];
    let people = ["9067-4711-anna", "9067-4711-dara", "9067-4711-kofi"];
    for hour in [9, 10, 13, 15] {
        let Some(person) = trail.random.one(&people) else { continue };
        let actor = q_apps_user(person);
        let moment = at(day, hour, 0, 0) + trail.random.below(3_000);
        let item = trail.random.uuid();
        let with = |more: &[(&str, String)]| object(&[&headers[..], more].concat());
        trail.log(
            moment,
            &actor,
            read("qapps", "GetLibraryItem").request(with(&[("libraryItemId", text(&item))])),
        );
        let app = format!("arn:aws:qapps:us-east-1:{WORKSHOP}:app/{application}/{item}");
        let run = change("qapps", "StartQAppSession").request(with(&[("appId", text(&item))])).data().about(
            WORKSHOP,
            "AWS::QApps::QApp",
            &app,
        );
        trail.log(moment + 30, &actor, run);
        if hour == 13 {
            let input = text("Write a reply to supplier Northwind about the late order 10482");
            let predict = change("qapps", "PredictQApp").request(with(&[("input", input)])).data();
            let index = format!("arn:aws:qbusiness:us-east-1:{WORKSHOP}:application/{application}");
            trail.log(moment + 90, &actor, predict.about(WORKSHOP, "AWS::QBusiness::Application", &index));
        }
        if hour == 15 {
            trail.log(
                moment + 200,
                &actor,
                change("qapps", "CreateLibraryItem").request(with(&[("appId", text(&item))])),
            );
        }
    }
}

fn plant(name: &str, session: &str) -> Actor {
    let mut actor = role(WORKSHOP, name, session, &session_key(name));
    actor.source_ip = PLANT;
    actor.user_agent = BROWSER;
    actor
}

fn monitron(trail: &mut Trail, day: u32) {
    let admin = plant("PlantAdmin", "carlos");
    let app = plant("MonitronTechnician", "line-4-tablet");
    for hour in [6, 14] {
        let moment = at(day, hour, 10, 0) + trail.random.below(2_400);
        let project = read("monitron", "GetProject").region(CENTRAL).with(&[("Name", "Line-4")]);
        trail.log(moment, &admin, project);
        let position = format!("Pump {}", 1 + trail.random.below(9));
        let sensor = [("projectName", "Line-4"), ("sensorName", position.as_str())];
        let create = change("monitron", "AmazonMonitronApp:CreateSensor").region(CENTRAL).with(&sensor);
        trail.log(moment + 300, &app, create);
        let update = change("monitron", "AmazonMonitronApp:UpdateAsset")
            .region(CENTRAL)
            .with(&[("assetName", &position)]);
        trail.log(moment + 420, &app, update);
    }
}

/// Failures of Monitron: the reason stands in the reply, under `Message` or `message`.
fn broken_projects(trail: &mut Trail) {
    let delete = || change("monitron", "DeleteProject").region(CENTRAL).with(&[("Name", "Line-4")]);
    let mut denied = delete().fails("AccessDenied", "");
    let message = "User: arn:aws:iam::444455556666:user/dara is not authorized to perform: \
                   monitron:DeleteProject on resource: arn:aws:monitron:eu-central-1:444455556666:project/line-4";
    denied.response = texts(&[("Message", message)]);
    let mut dara = console_user(WORKSHOP, "dara", false);
    dara.source_ip = PLANT;
    trail.log(at(1, 15, 20, 12), &dara, denied);
    let mut conflict = delete().fails("ConflictException", "");
    conflict.response = texts(&[("message", "This project has dependent resources")]);
    trail.log(at(1, 15, 31, 40), &plant("PlantAdmin", "carlos"), conflict);
}

fn amplify(trail: &mut Trail, day: u32) {
    let mary = Actor {
        user_agent: "aws-internal/3 aws-sdk-java/1.12.782",
        source_ip: OFFICE,
        ..console_user(WORKSHOP, "Mary_Major", true)
    };
    for hour in [10, 16] {
        let moment = at(day, hour, 5, 0) + trail.random.below(2_000);
        trail.log(moment, &mary, read("amplify", "ListApps").with(&[("maxResults", "100")]));
        let app = [("appId", "d23mv2oexample"), ("backendEnvironmentName", "staging")];
        // This API is POST throughout, so even its lists count as writes and have their replies logged.
        let jobs = change("amplifybackend", "ListBackendJobs").with(&app).reply(backend_jobs());
        trail.log(moment + 12, &mary, jobs);
        let components = read("amplifyuibuilder", "ListComponents").with(&app);
        trail.log(moment + 25, &mary, components);
        trail.log(moment + 600, &mary, start_job(day));
    }
}

fn backend_jobs() -> String {
    let job = texts(&[
        ("appId", "d23mv2oexample"),
        ("jobId", "ed63e9b2-dd1b-4bf2-895b-3d5dcexample"),
        ("operation", "CreateBackendAuth"),
        ("status", "COMPLETED"),
        ("createTime", "1773043200000"),
    ]);
    object(&[("jobs", list(&[job]))])
}

fn start_job(day: u32) -> Call {
    let call = change("amplify", "StartJob").with(&[
        ("appId", "d23mv2oexample"),
        ("branchName", "main"),
        ("jobType", "RELEASE"),
    ]);
    if day == 1 {
        call.fails("LimitExceededException", "You have reached the maximum number of concurrent jobs")
    } else {
        call
    }
}
