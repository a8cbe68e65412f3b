//! The shapes in which two events may come.

use serde_json::{Value, json};

use super::build::{base64, gzip};
use super::{event, log, text};

/// The shapes in which two events may come, and what the ledger calls them; the note of the first.
pub fn shapes() -> Vec<(&'static str, Vec<u8>, &'static str, &'static str)> {
    let (one, two) = (event(1), event(2));
    let (a, b) = (text(1), text(2));
    let bridge = |detail: &Value| {
        json!({"version": "0", "id": "x", "detail-type": "AWS API Call via CloudTrail", "source": "aws.sts",
        "account": "1", "time": "2026-01-01T00:00:00Z", "region": "x", "resources": [], "detail": detail})
    };
    let logs = json!({"messageType": "DATA_MESSAGE", "owner": "1", "logGroup": "g", "logStream": "s", "subscriptionFilters": ["f"],
        "logEvents": [{"id": "1", "timestamp": 1, "message": a}, {"id": "2", "timestamp": 2, "message": b}]});
    let packed = json!({"awslogs": {"data": base64(&gzip(logs.to_string().as_bytes()))}});
    let sqs = |body: &str| json!({"messageId": "m", "receiptHandle": "r", "body": body, "eventSource": "aws:sqs", "awsRegion": "x"});
    let sns = |message: &str| json!({"Type": "Notification", "MessageId": "m", "TopicArn": "t", "Message": message});
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let lake_row = |text: &str| json!([{"eventID": "x"}, {"eventJson": text}]);
    let cell = |field: &str, value: &str| json!({"field": field, "value": value});
    let insights_row = |text: &str| {
        json!([cell("@timestamp", "2026-01-01 00:00:01.000"), cell("@message", text), cell("@ptr", "x")])
    };
    let utf16 = |text: &str, little: bool| -> Vec<u8> {
        let units = "\u{feff}".encode_utf16().chain(text.encode_utf16().collect::<Vec<_>>());
        units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    };
    let history = "User name,AWS access key,Event time,Event source,Event name,AWS region,Source IP address,User agent,Error code,Resources,Request ID,Event ID,Read-only,Event type,Recipient Account Id,Event category\n\
        alice,AKIA1,2026-01-01T00:00:01Z,sts.amazonaws.com,E1,eu-central-1,198.51.100.1,\"aws-cli, \"\"x\"\"\",AccessDenied,\"[{\"\"resourceType\"\":\"\"AWS::S3::Bucket\"\",\"\"resourceName\"\":\"\"b\"\"}]\",r,e1,true,AwsApiCall,111122223333,Management\r\n\
        root,,2026-01-01T00:00:02Z,sts.amazonaws.com,E2,eu-central-1,198.51.100.1,\"two\nlines\",,,r,e2,false,AwsApiCall,111122223333,Management\n";
    let as_string = |place: &str| -> &'static str {
        Box::leak(format!("It stood as a string in `{place}`.").into_boxed_str())
    };
    let selected = "From the columns of a query result: it holds what was selected.";
    let cells = |texts: &[&str]| json!({"Data": texts.iter().map(|text| json!({"VarCharValue": text})).collect::<Vec<_>>()});
    let mut shapes = vec![
        ("log file", log(1, 3).into_bytes(), "log file", ""),
        ("siblings", json!({"a": {"b": [1]}, "Records": [one, two], "c": null}).to_string().into_bytes(), "log file", ""),
        ("list", json!([one, two]).to_string().into_bytes(), "event list", ""),
        ("lines", format!("{a}\n{b}\n").into_bytes(), "event lines", ""),
        ("CRLF", format!("{a}\r\n{b}\r\n").into_bytes(), "event lines", ""),
        ("concatenated", format!("{a}{b}").into_bytes(), "event lines", ""),
        ("pretty ones", format!("{one:#}\n{two:#}").into_bytes(), "event lines", ""),
        ("mark", format!("\u{feff}{}", log(1, 3)).into_bytes(), "log file", ""),
        ("UTF-16 LE", utf16(&log(1, 3), true), "log file", ""),
        ("UTF-16 BE", utf16(&log(1, 3), false), "log file", ""),
        ("UTF-16 without mark", utf16(&format!("{one:#}{two:#}"), true)[2..].to_vec(), "event lines", ""),
        ("export", format!("2026-01-01T00:00:00.000Z {a}\n2026-01-01T00:00:01.000Z {b}\n").into_bytes(), "CloudWatch Logs export", ""),
        ("lookup", json!({"Events": [{"EventId": "1", "Username": "u", "CloudTrailEvent": a}, {"EventId": "2", "CloudTrailEvent": b}], "NextToken": "t"}).to_string().into_bytes(), "lookup-events output", as_string("Events[0].CloudTrailEvent")),
        ("lookup lines", format!("{}\n{}", json!({"EventId": "1", "CloudTrailEvent": a}), json!({"CloudTrailEvent": b})).into_bytes(), "lookup-events output", as_string("CloudTrailEvent")),
        ("EventBridge lines", format!("{}\n{}", bridge(&one), bridge(&two)).into_bytes(), "EventBridge event", "It stood in `detail` of an EventBridge event."),
        ("EventBridge list", json!([bridge(&one), bridge(&two)]).to_string().into_bytes(), "EventBridge event", "It stood in `[0].detail` of an EventBridge event."),
        ("subscription", logs.to_string().into_bytes(), "CloudWatch Logs data", as_string("logEvents[0].message")),
        ("subscription in base64", base64(&gzip(logs.to_string().as_bytes())).into_bytes(), "CloudWatch Logs data", as_string("logEvents[0].message")),
        ("Lambda wrapper", packed.to_string().into_bytes(), "CloudWatch Logs data", as_string("awslogs.data.logEvents[0].message")),
        ("filter-log-events", json!({"events": [{"timestamp": 1, "message": a}, {"message": b}], "searchedLogStreams": []}).to_string().into_bytes(), "CloudWatch Logs data", as_string("events[0].message")),
        ("SQS for Lambda", json!({"Records": [sqs(&a), sqs(&b)]}).to_string().into_bytes(), "SNS or SQS message", as_string("Records[0].body")),
        ("SNS for Lambda", json!({"Records": [{"EventSource": "aws:sns", "Sns": {"Message": a}}, {"EventSource": "aws:sns", "Sns": {"Message": b}}]}).to_string().into_bytes(), "SNS or SQS message", as_string("Records[0].Sns.Message")),
        ("receive-message", json!({"Messages": [{"MessageId": "1", "Body": sns(&bridge(&one).to_string()).to_string()}, {"Body": b}]}).to_string().into_bytes(), "SNS or SQS message", "It stood in `Messages[0].Body.Message.detail` of an EventBridge event."),
        ("SNS of a log file", sns(&log(1, 3)).to_string().into_bytes(), "SNS or SQS message", "It stood in `Message.Records[0]`."),
        ("Kinesis", json!({"Records": [{"eventSource": "aws:kinesis", "eventVersion": "1.0", "kinesis": {"data": base64(&gzip(logs.to_string().as_bytes()))}}]}).to_string().into_bytes(), "stream record", as_string("Records[0].kinesis.data.logEvents[0].message")),
        ("Splunk", json!([{"_raw": a}, {"_raw": b}]).to_string().into_bytes(), "search result", as_string("[0]._raw")),
        ("Lake rows", json!({"QueryStatus": "FINISHED", "QueryResultRows": [lake_row(&a), lake_row(&b)]}).to_string().into_bytes(), "CloudTrail Lake result", as_string("QueryResultRows[0].eventJson")),
        ("Lake CSV", format!("eventid,eventjson\nx,{}\ny,{}\n", quoted(&a), quoted(&b)).into_bytes(), "CloudTrail CSV", as_string("eventJson of row 2")),
        ("Athena CSV", b"\"eventversion\",\"useridentity\",\"eventtime\",\"eventsource\",\"eventname\",\"awsregion\"\n\"1.08\",\"{type=IAMUser, arn=x}\",\"2026-01-01T00:00:01Z\",\"sts.amazonaws.com\",\"E1\",\"x\"\n\"1.08\",\"\",\"2026-01-01T00:00:02Z\",\"sts.amazonaws.com\",\"E2\",\"x\"\n".to_vec(), "CloudTrail CSV", "From the columns of a CSV: it holds what was selected."),
        ("Event history", history.as_bytes().to_vec(), "Event history CSV", "From an Event history CSV: it holds no request and no response."),
        ("Event history of a spreadsheet", history.replace(',', ";").replace("aws-cli;", "aws-cli,").replace("\"\";\"\"resourceName", "\"\",\"\"resourceName").into_bytes(), "Event history CSV", "From an Event history CSV: it holds no request and no response."),
        ("strings", json!([a, b]).to_string().into_bytes(), "lookup-events output", "It stood in `[0]`."),
        ("lines of strings", format!("{}\n{}\n", json!(a), json!(b)).into_bytes(), "lookup-events output", "It stood as a string."),
        ("two lines of base64", [gzip(a.as_bytes()), gzip(b.as_bytes())].map(|bytes| base64(&bytes)).join("\n").into_bytes(), "event lines", ""),
        ("Athena JSON lines", format!("{}\n{}\n", json!({"eventversion": "1.08", "useridentity": {"type": "IAMUser", "username": "u"}, "eventname": "E1", "eventtime": "2026-01-01T00:00:01Z"}), json!({"eventname": "E2", "eventtime": "2026-01-01 00:00:02.000 UTC", "useridentity": "{type=IAMUser, username=u}"})).into_bytes(), "query result", selected),
        ("log file in lower case", json!({"Records": [{"EventName": "E1", "EventTime": 1767225601}, {"eventname": "E2", "eventtime": "2026-01-01T00:00:02Z"}]}).to_string().into_bytes(), "query result", selected),
        ("get-query-results of Athena", json!({"UpdateCount": 0, "ResultSet": {"Rows": [cells(&["eventname", "eventtime", "useridentity"]), cells(&["E1", "2026-01-01T00:00:01Z", "{type=IAMUser}"]), cells(&["E2", "2026-01-01T00:00:02Z", ""])], "ResultSetMetadata": {}}}).to_string().into_bytes(), "query result", "From the columns of a query result, `ResultSet.Rows[1]`: it holds what was selected."),
        ("Insights", json!({"queryLanguage": "CWLI", "results": [insights_row(&a), insights_row(&b)], "statistics": {"recordsMatched": 2.0}, "status": "Complete"}).to_string().into_bytes(), "query result", "It stood in `results[0].@message`."),
        ("Insights, its rows alone", format!("{:#}", json!([insights_row(&a), insights_row(&b)])).into_bytes(), "query result", "It stood in `[0].@message`."),
        ("Insights of the console", json!([{"@timestamp": "x", "@message": a}, {"@timestamp": "x", "@message": b}]).to_string().into_bytes(), "CloudWatch Logs data", "It stood in `[0].@message`."),
        ("Insights CSV", format!("@timestamp,@message\nx,{}\ny,{}\n", quoted(&a), quoted(&b)).into_bytes(), "CloudWatch Logs data", as_string("@message of row 2")),
        ("columns of Insights", json!({"results": [[cell("eventName", "E1"), cell("eventTime", "2026-01-01T00:00:01Z")], [cell("eventName", "E2"), cell("eventTime", "2026-01-01T00:00:02Z")]], "status": "Complete"}).to_string().into_bytes(), "query result", "From the columns of a query result, `results[0]`: it holds what was selected."),
        ("Splunk CSV", format!("\"_raw\"\n{}\n{}\n", quoted(&a), quoted(&b)).into_bytes(), "search result", as_string("_raw of row 2")),
        ("Splunk results", json!({"preview": false, "results": [{"_raw": a}, {"_raw": b}]}).to_string().into_bytes(), "search result", as_string("results[0]._raw")),
        ("Elasticsearch", json!({"took": 1, "hits": {"total": 2, "hits": [{"_index": "x", "_source": one}, {"_source": two}]}}).to_string().into_bytes(), "search result", "It stood in `hits.hits[0]._source`."),
        ("Splunk lines", format!("{}\n{}", json!({"preview": false, "result": {"_raw": a}}), json!({"result": {"_raw": b}})).into_bytes(), "search result", as_string("result._raw")),
        ("docker", format!("{}\n{}", json!({"log": format!("{a}\n"), "stream": "stdout"}), json!({"log": b})).into_bytes(), "SNS or SQS message", as_string("log")),
        ("Records as a string", json!({"Records": json!([one, two]).to_string()}).to_string().into_bytes(), "SNS or SQS message", "It stood in `Records[0]`."),
        ("Records as an object", format!("{}\n{}", json!({"Records": one}), json!({"x": 1, "Records": two})).into_bytes(), "SNS or SQS message", "It stood in `Records`."),
        ("Records as one log file", json!({"Records": {"Records": [one, two]}}).to_string().into_bytes(), "SNS or SQS message", "It stood in `Records.Records[0]`."),
        ("event in an object", format!("{}\n{}", json!({"time": 1, "event": one, "host": "x"}), json!({"event": two})).into_bytes(), "SNS or SQS message", "It stood in `event`."),
        ("event as a string", json!([{"event": a}, {"event": b}]).to_string().into_bytes(), "SNS or SQS message", "It stood in `[0].event`."),
        ("event of a log file", json!({"event": {"Records": [one, two]}}).to_string().into_bytes(), "SNS or SQS message", "It stood in `event.Records[0]`."),
        ("lists in a list", json!([[one], [two]]).to_string().into_bytes(), "event list", ""),
        ("quoted base64", format!("\"{}\"\n", base64(&gzip(log(1, 3).as_bytes()))).into_bytes(), "log file", ""),
        ("base64 of JSON", base64(log(1, 3).as_bytes()).into_bytes(), "log file", ""),
        ("columns of Lake", json!({"QueryResultRows": [[{"eventName": "E1"}, {"eventTime": "2026-01-01 00:00:01.000"}], [{"eventName": "E2"}, {"eventTime": "2026-01-01 00:00:02.000"}]]}).to_string().into_bytes(), "CloudTrail Lake result", "From the columns of a query result, `QueryResultRows[0]`: it holds what was selected."),
    ];
    let history_marked = ["\u{feff}".as_bytes(), history.as_bytes()].concat();
    shapes.push((
        "Event history with a mark",
        history_marked,
        "Event history CSV",
        "From an Event history CSV: it holds no request and no response.",
    ));
    shapes
}
