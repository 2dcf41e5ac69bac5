"""What schema/webhooks.md shows is true: its code is run against the vectors, in each language but
Swift, which Tests/DocumentationTests compiles; its events are those there are."""

import base64
import json
import pathlib
import re
import shutil
import subprocess

import pytest
from standardwebhooks.webhooks import hmac_data

SCHEMA = pathlib.Path(__file__).parents[2] / "schema"
PAGE = (SCHEMA / "webhooks.md").read_text()
VECTORS = json.loads((SCHEMA / "webhook-vectors.json").read_text())
# Each reads the vectors as JSON from standard input and prints a list of booleans.
RUNS = {
    "javascript": (["node", "nodejs"], ["-e"], """
        const vectors = JSON.parse(require("fs").readFileSync(0));
        console.log(JSON.stringify(vectors.map((v) => isSigned(
          v.secret, v.id, String(v.timestamp), Buffer.from(v.body), v.signature))));"""),
    "php": (["php"], ["-r"], """
        $told = [];
        foreach (json_decode(file_get_contents('php://stdin'), true) as $v) {
            $told[] = is_signed(
                $v['secret'], $v['id'], (string) $v['timestamp'], $v['body'], $v['signature']);
        }
        echo json_encode($told);"""),
}
GOOD = [vector["isGood"] for vector in VECTORS]


def code(language):
    (block,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return block


def test_python():
    names = {}
    exec(code("python"), names)  # pylint: disable=exec-used
    assert GOOD == [
        names["is_signed"](
            v["secret"], v["id"], str(v["timestamp"]), v["body"].encode(), v["signature"])
        for v in VECTORS]


@pytest.mark.parametrize("language", RUNS)
def test_other_languages(language):
    programs, option, ending = RUNS[language]
    program = next(filter(None, map(shutil.which, programs)), None)
    assert program, f"no {programs[0]}: tools/setup.sh --with-tests installs it"
    done = subprocess.run(
        [program, *option, code(language) + ending], input=json.dumps(VECTORS),
        capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == GOOD


def test_the_vectors_are_those_of_the_specifications_own_library():
    for vector in VECTORS:
        key = base64.b64decode(vector["secret"].removeprefix("whsec_"))
        signed = f"{vector['id']}.{vector['timestamp']}.{vector['body']}".encode()
        expected = "v1," + base64.b64encode(hmac_data(key, signed)).decode()
        assert (expected in vector["signature"].split(" ")) == vector["isGood"], vector["name"]


def test_each_event_is_shown_as_it_comes(hub):
    listed = (SCHEMA / "Events.graphql").read_text().split('scalar EventType')[0].rsplit('"""', 2)[1]
    types = re.findall(r"`([a-z_]+\.[a-z_]+)`", listed)
    shown = re.findall(r"#### `([a-z_.]+)`\n\n[^\n]+\n\n```json\n(.*?)```", PAGE, re.DOTALL)
    assert sorted(name for name, _ in shown) == sorted(types) and len(types) > 30
    for name, example in shown:
        message = json.loads(example)
        assert message["type"] == name and list(message) == ["type", "timestamp", "data"]
        assert set(message["data"]) == {
            "companyId", "cursor", "subject", "origin", "actor", "changes"}
        assert re.fullmatch(r"ev1-[0-9a-f]{24}", message["data"]["cursor"])
        for change in message["data"]["changes"]:
            assert list(change) == ["field", "before", "after"]
    # The columns that are recorded, by the names that they have here.
    recorded = hub.sql(
        "select string_agg(prosrc, ' ') from pg_proc where proname like 'record\\_%'")
    for _, example in shown:
        for change in json.loads(example)["data"]["changes"]:
            assert re.search(rf"\b{re.escape(change['field'])}\b", recorded) or "." in change["field"] \
                or change["field"] == "website", change
