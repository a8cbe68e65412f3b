"""DuckDB on the same files: loads them into a table of its own, then answers the same questions.

    python ask_duckdb.py <plan.json>

Prints JSON: seconds of the load, events, and for each query the milliseconds of every run and the matches.
"""

import json
import sys
import time

import duckdb

FIELDS = {
    "eventSource": "eventSource",
    "eventName": "eventName",
    "principal": "coalesce(userIdentity.userName, userIdentity.sessionContext.sessionIssuer.userName, "
    "userIdentity.invokedBy, userIdentity.type)",
    "identityType": "userIdentity.type",
    "recipientAccountId": "recipientAccountId",
    "awsRegion": "awsRegion",
    "sourceIPAddress": "sourceIPAddress",
    "userAgent": "userAgent",
    "errorCode": "errorCode",
    "readOnly": "readOnly",
    "eventCategory": "eventCategory",
}

RECORD = """STRUCT(
  userIdentity STRUCT("type" VARCHAR, userName VARCHAR, invokedBy VARCHAR,
    sessionContext STRUCT(sessionIssuer STRUCT(userName VARCHAR))),
  eventTime TIMESTAMP, eventSource VARCHAR, eventName VARCHAR, awsRegion VARCHAR, sourceIPAddress VARCHAR,
  userAgent VARCHAR, errorCode VARCHAR, eventID VARCHAR, readOnly BOOLEAN, recipientAccountId VARCHAR,
  eventCategory VARCHAR)"""


def load(database, plan):
    """The columns that the page's facets and rows need, and no others: the least DuckDB can do."""
    columns = ", ".join(f'{path} AS "{name}"' for name, path in FIELDS.items())
    if plan["lines"]:
        kind, inside = "newline_delimited", RECORD.removeprefix("STRUCT(").removesuffix(")")
        names = ["userIdentity", "eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress", "userAgent",
                 "errorCode", "eventID", "readOnly", "recipientAccountId", "eventCategory"]
        types = database.sql(f"SELECT NULL::{RECORD} AS r").types[0]
        described = {name: str(kind) for name, kind in types.children if name in names}
        given = ", ".join(f"\"{name}\": '{kind}'" for name, kind in described.items())
        source = f"read_json(?, format = '{kind}', columns = {{{given}}}, maximum_object_size = 1000000000)"
        _ = inside
    else:
        given = "{Records: '%s[]'}" % RECORD.replace("\n", " ")
        source = (
            "(SELECT unnest(r, recursive := false) FROM (SELECT unnest(Records) AS r FROM "
            f"read_json(?, format = 'unstructured', columns = {given}, maximum_object_size = 1000000000)))"
        )
    begun = time.perf_counter()
    database.execute(f"CREATE TABLE events AS SELECT eventTime, eventID, {columns} FROM {source}", [plan["glob"]])
    return time.perf_counter() - begun


def answer(database, where):
    """What the page shows: matches, newest rows, every facet, the histogram."""
    matched = database.execute(f"SELECT count(*) FROM events WHERE {where}").fetchone()[0]
    database.execute(f"SELECT * FROM events WHERE {where} ORDER BY eventTime DESC LIMIT 100").fetchall()
    for name in FIELDS:
        database.execute(
            f'SELECT "{name}", count(*) AS n FROM events WHERE {where} GROUP BY 1 ORDER BY n DESC LIMIT 50'
        ).fetchall()
    database.execute(
        "SELECT time_bucket(INTERVAL 6 HOUR, eventTime) AS bucket, count(*), count(errorCode) "
        f"FROM events WHERE {where} GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return matched


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        plan = json.load(file)
    database = duckdb.connect(":memory:")
    database.execute("SET threads = 2")
    seconds = load(database, plan)
    events = database.execute("SELECT count(*) FROM events").fetchone()[0]
    queries = {query["name"]: {"ms": []} for query in plan["queries"]}
    for _ in range(plan["times"]):
        for query in plan["queries"]:
            begun = time.perf_counter()
            matched = answer(database, query["sql"])
            queries[query["name"]]["ms"].append(1000 * (time.perf_counter() - begun))
            queries[query["name"]]["matched"] = matched
    print(json.dumps({"seconds": seconds, "events": events, "queries": queries}))


main()
