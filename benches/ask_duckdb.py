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

# What is read of a record: as little as the columns above, the rows and the histogram need.
COLUMNS = {
    "userIdentity": 'STRUCT("type" VARCHAR, userName VARCHAR, invokedBy VARCHAR, '
    "sessionContext STRUCT(sessionIssuer STRUCT(userName VARCHAR)))",
    "eventTime": "TIMESTAMP",
    "eventSource": "VARCHAR",
    "eventName": "VARCHAR",
    "awsRegion": "VARCHAR",
    "sourceIPAddress": "VARCHAR",
    "userAgent": "VARCHAR",
    "errorCode": "VARCHAR",
    "eventID": "VARCHAR",
    "readOnly": "BOOLEAN",
    "recipientAccountId": "VARCHAR",
    "eventCategory": "VARCHAR",
}


def load(database, plan):
    """Reads all files into a table; seconds, and seconds of processor time."""
    if plan["lines"]:
        given = ", ".join(f"{name}: '{kind}'" for name, kind in COLUMNS.items())
        source = f"read_json(?, format = 'newline_delimited', columns = {{{given}}})"
    else:
        record = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
        given = f"{{Records: 'STRUCT({record})[]'}}"
        # DuckDB sets memory aside for the largest file there may be, again and again: tell it how small they are.
        files = f"read_json(?, format = 'unstructured', columns = {given}, maximum_object_size = {plan['largest']})"
        source = f"(SELECT unnest(record) FROM (SELECT unnest(Records) AS record FROM {files}))"
    columns = ", ".join(f'{path} AS "{name}"' for name, path in FIELDS.items())
    begun, used = time.perf_counter(), time.process_time()
    database.execute(f"CREATE TABLE events AS SELECT eventTime, eventID, {columns} FROM {source}", [plan["glob"]])
    return time.perf_counter() - begun, time.process_time() - used


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
    # Order costs it memory and time, and nothing here asks for it.
    database.execute("SET preserve_insertion_order = false")
    database.execute("SET memory_limit = '6GB'")
    seconds, processor = load(database, plan)
    events = database.execute("SELECT count(*) FROM events").fetchone()[0]
    queries = {query["name"]: {"ms": []} for query in plan["queries"]}
    for _ in range(plan["times"]):
        for query in plan["queries"]:
            begun = time.perf_counter()
            matched = answer(database, query["sql"])
            queries[query["name"]]["ms"].append(1000 * (time.perf_counter() - begun))
            queries[query["name"]]["matched"] = matched
    print(json.dumps({"seconds": seconds, "processor": processor, "events": events, "queries": queries}))


main()
