"""`mi-alegra check` as continuous integration runs it: schema/check.md, sentence by sentence."""

import json
import re
import shlex

import pytest

from hub import ROOT, run

PAGE = (ROOT / "schema" / "check.md").read_text()
SCHEMA = """type Query { a(x: Int): Query b: Int }
type Subscription { one: Int two: Int }
"""
NOPE = 'Cannot query field "nope" on type "Query".'


@pytest.fixture
def check(tmp_path):
    """Runs the checker in a folder of these files, with `schema.graphql` beside them."""

    def run_there(*arguments, **files):
        return run_with({f"{name}.graphql": text for name, text in files.items()}, *arguments)

    def run_with(files, *arguments):
        for name, text in ({"schema.graphql": SCHEMA} | files).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return run("check", *arguments, cwd=tmp_path)

    run_there.with_files = run_with
    run_there.folder = tmp_path
    return run_there


def judged(check, **files):
    """What is printed of operation files in this order, by the schema above."""
    names = [f"{name}.graphql" for name in files]
    done = check("--schema", "schema.graphql", *names, **files)
    assert done.returncode == (1 if done.stdout else 0), done.stderr
    return done.stdout.splitlines()


def answered(done):
    """The one JSON object on standard output."""
    assert done.returncode in (0, 1) and done.stderr == ""
    answer = json.loads(done.stdout)
    assert list(answer) == ["ok", "errors", "warnings", "changes"]
    assert answer["ok"] == (done.returncode == 0)
    return answer


# The page ----------------------------------------------------------------------------------------

CART = """query Cart {
  company {
    nme
    name
    phone
    # Until all of them have a phone:
    fax
  }
}
"""
COMPANY = '''type Query { company: Company }
"""
A business, with what it can be reached by.
"""
type Company {
  "As it is registered."
  name: String!
  phone: String
  "Nobody has one any more."
  fax: String
'''
CURRENT = COMPANY.replace("fax: String", 'fax: String @deprecated(reason: "Use phone.")') + "}\n"
FILES_OF_THE_PAGE = {
    "src/cart.graphql": CART,
    "schema.graphql": CURRENT,
    "client.graphql": "extend type Query { cart: Int }",
    "new.graphql": CURRENT,
    "old.graphql": COMPANY.replace('"Nobody has one any more."\n  ', "")
    + "\n\n  telex: String\n}\n",
}


def test_the_pages_commands_can_be_typed(check):
    commands = re.findall(r"^    mi-alegra check (.*?)(?: +#.*)?$", PAGE, re.M)
    assert len(commands) == 4
    for command in commands:
        done = check.with_files(FILES_OF_THE_PAGE, *shlex.split(command))
        assert done.returncode == 1, command


def test_what_the_page_prints_is_printed(check):
    arguments = ["--schema", "new.graphql", "--breaking", "old.graphql", "src"]
    done = check.with_files(FILES_OF_THE_PAGE, "--deprecated", *arguments)
    printed = re.findall(r"^    (\S+:\d+:\d+: .*\n)", PAGE, re.M)
    assert len(printed) == 3 and done.stdout == "".join(printed)
    assert done.stderr == "1 error, 1 warning, 1 breaking change\n"
    (written,) = re.findall(r"```json\n(.*?)```", PAGE, re.S)
    done = check("--json", *arguments)
    assert answered(done) == json.loads(written)
    assert done.returncode == 1


@pytest.mark.parametrize(
    "arguments, status",
    [
        (["--schema", "schema.graphql"], 0),
        (["--schema", "schema.graphql", "good.graphql"], 0),
        (["--schema", "schema.graphql", "--deprecated", "good.graphql"], 0),
        (["--schema", "more.graphql", "--breaking", "schema.graphql", "good.graphql"], 0),
        (["--schema", "schema.graphql", "bad.graphql"], 1),
        (["--schema", "schema.graphql", "good.graphql", "bad.graphql"], 1),
        (["--schema", "schema.graphql", "--breaking", "more.graphql"], 1),
        (["--schema", "bad.graphql"], 1),
    ],
)
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_the_status_is_1_for_errors_and_breaking_changes_alone(check, form, arguments, status):
    done = check(
        *form, *arguments, good="{ a { b } }", bad="{ nope }",
        more=SCHEMA.replace("(x: Int)", "(x: Int y: Int)").replace("b: Int", "b: Int @deprecated"))
    assert done.returncode == status
    if form:
        assert answered(done)["ok"] == (status == 0)


@pytest.mark.parametrize(
    "arguments, said",
    [
        ([], "Give files to check"),
        (["--json"], "Give files to check"),
        (["--bogus", "a.graphql"], "--bogus"),
        (["--schema"], "--schema"),
        (["nowhere.graphql"], "nowhere.graphql cannot be read"),
        (["a.graphql", "--schema", "nowhere.graphql"], "nowhere.graphql cannot be read"),
        (["--breaking", "nowhere.graphql"], "nowhere.graphql cannot be read"),
        # The kernel opens this one and refuses to read it, whoever asks.
        (["/proc/self/mem"], "/proc/self/mem cannot be read"),
        (["/dev/zero"], "/dev/zero has more than 67108864 bytes"),
        (["links"], "links/away.graphql cannot be read"),
        (["empty"], "empty holds no .graphql or .gql file"),
        (["--schema", "empty"], "empty holds no .graphql or .gql file"),
        (["--schema", "only/schema.graphql", "only"], "only holds no .graphql or .gql file"),
        (["--ndjson", "a.graphql"], "--ndjson"),
        (["--ndjson", "--json"], "--ndjson"),
        (["--ndjson", "--deprecated"], "--ndjson"),
    ],
    ids=str,
)
def test_arguments_that_cannot_be_used_are_named(check, arguments, said):
    (check.folder / "links").mkdir()
    (check.folder / "links" / "away.graphql").symlink_to("nowhere")
    files = {"a.graphql": "{ b }", "empty/README": "", "only/schema.graphql": SCHEMA}
    done = check.with_files(files, *arguments)
    assert done.returncode == 64
    assert said in done.stderr and done.stdout == ""


# Files -------------------------------------------------------------------------------------------


def files_read(done):
    """In which files the field that none has was found, in order."""
    return [line.split(":")[0] for line in done.stdout.splitlines()]


def test_a_folder_stands_for_the_files_below_it(check):
    bad = "query {} {{ nope }}".format
    names = [
        "src/b.graphql", "src/a.gql", "src/deep/er/c.graphql", "src/folder.graphql/d.gql",
        "src/.hidden.graphql", "src/.git/e.graphql", "src/node_modules/f.graphql",
        "src/deep/node_modules/g.graphql", "src/h.json", "src/igraphql", "src/graphql/j.txt",
    ]
    files = {name: bad(f"Q{index}") for index, name in enumerate(names)}
    files |= {"src/schema.graphql": SCHEMA, "src/more.gql": "extend type Query { c: Int }"}
    found = ["src/a.gql", "src/b.graphql", "src/deep/er/c.graphql", "src/folder.graphql/d.gql"]
    schemas = ["--schema", "src/schema.graphql", "--schema", "./src/../src/more.gql"]
    done = check.with_files(files, *schemas, "src")
    assert files_read(done) == found
    assert files_read(check(*schemas, "src/")) == found
    # What is named by itself is read, whatever it is called.
    done = check(*schemas, "src/.git", "src/node_modules", "src/h.json")
    assert files_read(done) == ["src/.git/e.graphql", "src/node_modules/f.graphql", "src/h.json"]
    # The older schema's files are as little operations as the schema's.
    schemas = ["--schema", "schema.graphql", "--breaking", "src/schema.graphql"]
    done = check(*schemas, "--breaking", "src/more.gql", "src")
    assert files_read(done) == [*found, "src/more.gql"]
    assert done.stdout.endswith("breaking: Query.c was removed.\n")


def test_a_file_is_read_once_however_often_it_is_met(check):
    (check.folder / "link.graphql").symlink_to("src/a.graphql")
    (check.folder / "src").mkdir()
    (check.folder / "src" / "back").symlink_to("..")
    named = ["src", "src/a.graphql", "./src//a.graphql", "src", "link.graphql"]
    done = check.with_files(
        {"src/a.graphql": "query A { nope }"}, "--schema", "schema.graphql", *named)
    assert files_read(done) == ["src/a.graphql"]


def test_without_a_schema_it_is_the_hubs_own(check):
    assert check("good.graphql", good="{ company { legalName } }").stdout == ""
    done = check("bad.graphql", bad="{ company { legalNme } }")
    assert (done.returncode, done.stderr) == (1, "1 error\n")
    assert done.stdout == (
        'bad.graphql:1:13: Cannot query field "legalNme" on type "Company". '
        'Did you mean "legalName" or "regime"?\n')
    (check.folder / "hub.graphql").write_text(run("schema", "print").stdout)
    assert check("--breaking", "hub.graphql").stderr == "nothing found\n"
    assert check("--schema", "hub.graphql", "good.graphql").returncode == 0


def test_several_files_make_one_schema_each_with_its_own_places(check):
    schemas = ["--schema", "schema.graphql", "--schema", "client.graphql"]
    client = "extend type Query { local: Int }\ndirective @client on FIELD\n"
    done = check(*schemas, "a.graphql", client=client, a="{ local @client a { local } }")
    assert (done.returncode, done.stdout) == (0, "")
    done = check(*schemas, client="\n  type Query { n: No }\nextend type None { a: Int a: Int }\n")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        'schema.graphql:1:6: There can be only one type named "Query". (also client.graphql:2:8)',
        'client.graphql:2:19: Unknown type "No".',
        'client.graphql:3:13: Cannot extend type "None" because it is not defined.',
        'client.graphql:3:20: Field "None.a" can only be defined once. (also client.graphql:3:27)',
    ]


# How operations are judged -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "files, lines",
    [
        # A fragment serves every file, before and behind the one that defines it.
        ({"a": "query A { ...F }", "b": "fragment F on Query { ...G }",
          "c": "fragment G on Query { b }"}, []),
        ({"a": "query A { ...F }", "b": "fragment F on Query { a(x: $x) { b } }"},
         ['b.graphql:1:28: Variable "$x" is not defined by operation "A". (also a.graphql:1:1)']),
        # Names are unique over all files.
        ({"a": "query A { b }", "b": "query A { b }"},
         ['a.graphql:1:7: There can be only one operation named "A". (also b.graphql:1:7)']),
        ({"a": "{ ...F } fragment F on Query { b }", "b": "fragment F on Query { b }"},
         ['a.graphql:1:19: There can be only one fragment named "F". (also b.graphql:1:10)']),
        ({"a": "fragment F on Query { b }"}, ['a.graphql:1:1: Fragment "F" is never used.']),
        # Only an operation of the same file needs a name beside it.
        ({"a": "{ b }", "b": "{ b }", "c": "query C { b } query D { b }"}, []),
        ({"a": "{ b }", "b": "query B { b }\n{ b }"},
         ["b.graphql:2:1: This anonymous operation must be the only defined operation."]),
        # Beside a malformed file the others are judged, but not for what it may define or use.
        ({"a": "query A($x: Int) { ...F nope }", "b": "fragment F on Query {",
          "c": "fragment G on Query { nope }"},
         [f"a.graphql:1:25: {NOPE}",
          "b.graphql:1:22: Syntax Error: Expected Name, found <EOF>.",
          f"c.graphql:1:23: {NOPE}"]),
        ({"a": "type T { a: Int }"}, ['a.graphql:1:1: The "T" definition is not executable.']),
        ({"a": "subscription S { ...F }", "b": "fragment F on Subscription { one two }"},
         ['b.graphql:1:34: Subscription "S" must select only one top level field.']),
    ],
    ids=str,
)
def test_all_files_of_a_call_are_judged_together(check, files, lines):
    assert judged(check, **files) == lines


def test_all_errors_are_told(check):
    lines = judged(check, a=f"query A {{ {'nope ' * 300} }}", b=f"query B {{ {'nope ' * 300} }}")
    assert len(lines) == 600


def test_of_operations_only_the_syntax_is_checked_where_the_schema_is_invalid(check):
    done = check(
        "--json", "--schema", "bad.graphql", "a.graphql", "b.graphql", bad="type Query { a: X }",
        a="{ nope }", b="{")
    errors = answered(done)["errors"]
    assert [(error["code"], error["locations"][0]["file"]) for error in errors] == [
        ("KnownTypeNames", "bad.graphql"), ("Syntax", "b.graphql")]


DEPRECATED = """type Query {
  old: Int @deprecated(reason: "Use a.")
  a(x: Int @deprecated, in: Input, of: [Kind]): Int
}
input Input { gone: Int @deprecated(reason: "Say so.") kind: Kind }
enum Kind { NEW OLD @deprecated(reason: "") }
"""
USES = """query Uses($kind: [Kind] = [OLD]) {
  old
  a(x: 1, in: { gone: 2, kind: OLD }, of: $kind)
}
"""


def test_deprecated_elements_are_warned_of_where_it_is_asked_for(check):
    arguments = ["--schema", "old.graphql", "uses.graphql"]
    done = check("--deprecated", *arguments, old=DEPRECATED, uses=USES)
    assert (done.returncode, done.stderr) == (0, "5 warnings\n")
    assert done.stdout.splitlines() == [
        "uses.graphql:1:29: warning: The enum value Kind.OLD is deprecated. ",
        "uses.graphql:2:3: warning: The field Query.old is deprecated. Use a.",
        "uses.graphql:3:5: warning: The argument Query.a(x:) is deprecated. No longer supported",
        "uses.graphql:3:17: warning: The input field Input.gone is deprecated. Say so.",
        "uses.graphql:3:32: warning: The enum value Kind.OLD is deprecated. ",
    ]
    warnings = answered(check("--deprecated", "--json", *arguments))["warnings"]
    assert [warning["code"] for warning in warnings] == ["NoDeprecated"] * 5
    assert check(*arguments).stderr == "nothing found\n"


# What is printed ---------------------------------------------------------------------------------


def test_errors_come_before_warnings_and_changes(check):
    done = check(
        "--deprecated", "--schema", "new.graphql", "--breaking", "schema.graphql",
        "b.graphql", "a.graphql",
        new="type Query { a(x: Int y: Int): Query @deprecated }", a="query A { nope }",
        b="query B { a { nope } }")
    told = re.findall(r"^(\S+?):\S+ (\S+)", done.stdout, re.M)
    assert [f"{file} {what}" for file, what in told] == [
        "b.graphql Cannot", "a.graphql Cannot", "b.graphql warning:", "schema.graphql breaking:",
        "schema.graphql breaking:", "schema.graphql breaking:", "new.graphql dangerous:"]
    assert done.stderr == (
        "2 errors, 1 warning, 3 breaking changes, 1 dangerous change\n")


@pytest.mark.parametrize(
    "text, place",
    [
        ("query A {\r\n  b\r\n  nope\r\n}", "3:3"),
        ("query A {\r  nope\n}", "2:3"),
        # Characters, whether they take one byte, four, or two units of UTF-16.
        ('query A { a(x: 1) @skip(if: false) { b } "é"', "1:42"),
        ('# é\nquery A { b # 🙂\n nope }', "3:2"),
        ("\ufeff{ nope }", "1:3"),
        ("\ufeff# one\n{ nope }", "2:3"),
        ("{ b # 🙂é\n}\n", None),
    ],
    ids=repr,
)
def test_places_are_those_of_an_editor(check, text, place):
    lines = judged(check, a=text)
    assert [line.split(": ")[0] for line in lines] == ([f"a.graphql:{place}"] if place else [])


def test_columns_count_characters(check):
    done = check("--schema", "text.graphql", "a.graphql", text="type Query { t(x: String): Int }",
                 a='{ t(x: "é🙂") nope }')
    assert done.stdout.startswith("a.graphql:1:14: ")


def test_an_error_with_several_places_stands_at_the_first(check):
    spread = dict(zip("abcdefgh", "bcdefgha"))
    files = {name: f"fragment {name} on Query {{ ...{next} }}" for name, next in spread.items()}
    (line,) = judged(check, **files, query="{ ...a }")
    message = f"""Cannot spread fragment "a" within itself via "{'", "'.join("bcdefgh")}"."""
    assert line == (
        f"a.graphql:1:23: {message} (also b.graphql:1:23, c.graphql:1:23, d.graphql:1:23, "
        "e.graphql:1:23, f.graphql:1:23, ..)")
    done = check("--json", "--schema", "schema.graphql", ".")
    (error,) = answered(done)["errors"]
    assert error == {
        "code": "NoFragmentCycles",
        "message": message,
        "locations": [{"file": f"./{name}.graphql", "line": 1, "column": 23} for name in files],
    }


def test_json_is_one_object_on_one_line(check):
    done = check("--json", "--schema", "schema.graphql")
    assert done.stdout == '{"ok":true,"errors":[],"warnings":[],"changes":[]}\n'
    assert done.stderr == ""


@pytest.mark.parametrize(
    "schema, operation, code",
    [
        (SCHEMA, "{ nope }", "FieldsOnCorrectType"),
        (SCHEMA, "{", "Syntax"),
        ("type Query {", "{ b }", "Syntax"),
        ("type Query { b: Int } union U", "{ b }", "SchemaValidation"),
        ("type Query { b: Nope }", "{ b }", "KnownTypeNames"),
    ],
)
def test_an_errors_code_is_the_rules_name(check, schema, operation, code):
    done = check("--json", "--schema", "s.graphql", "a.graphql", s=schema, a=operation)
    (error,) = answered(done)["errors"]
    assert error["code"] == code and error["locations"]


def test_a_line_stays_a_line(check):
    folder = "new\nline\x1b[1m"
    done = check.with_files(
        {f"{folder}/a.graphql": "{ nope }"}, "--schema", "schema.graphql", folder)
    assert done.stdout == f"new\\nline\\u{{1b}}[1m/a.graphql:1:3: {NOPE}\n"
    (error,) = answered(check("--json", "--schema", "schema.graphql", folder))["errors"]
    assert error["locations"][0]["file"] == f"{folder}/a.graphql"


# Hostile files -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, said",
    [
        (b"", "1:1: Syntax Error: Unexpected <EOF>."),
        (b"\xef\xbb\xbf", "1:1: Syntax Error: Unexpected <EOF>."),
        (b"query \xff { b }", "1:7: Syntax Error: Invalid UTF-8"),
        ("query A { b }".encode("utf-16"), "1:1: Syntax Error: Invalid UTF-8"),
        (b"query A { b \x00 }", "1:13: Syntax Error: Unexpected character: U+0000."),
        (b"query " + b"{ a " * 100_000, "Syntax Error: Document exceeds the limit depthMax"),
        (b"{ a(x: " + b"[" * 100_000, "Syntax Error: Document exceeds the limit depthMax"),
        (b"{ a(x: " + b"{x:" * 100_000, "Syntax Error: Document exceeds the limit depthMax"),
        (b"query A($x: " + b"[" * 100_000, "Syntax Error: Document exceeds the limit depthMax"),
        (b"{ " + b"b " * 1_000_001 + b"}", "Syntax Error: Document exceeds the limit tokensMax"),
    ],
    ids=["empty", "mark alone", "latin", "utf-16", "nul", "selections", "lists", "objects", "types",
         "tokens"],
)
def test_a_file_that_is_no_graphql_is_an_error_of_that_file(check, text, said):
    bad, good = judged(check, a=text, b="query B { nope }")
    assert bad.startswith("a.graphql:1:") and said in bad
    assert good == f"b.graphql:1:11: {NOPE}"


def test_a_large_file_is_judged_to_its_end(check):
    fields = " ".join(f"f{index}: a(x: {index}) {{ b }}" for index in range(30_000))
    (line,) = judged(check, a=f"{{ {fields}\nnope }}")
    assert line == f"a.graphql:2:1: {NOPE}"


# Changes of a schema -----------------------------------------------------------------------------

QUERY = "type Query { q: Int } "
# For each code: the older schema, the newer one, the coordinate, and where the change is told.
CHANGES = {
    "ROOT_OPERATION_TYPE_REMOVED": ("type Mutation { x: Int }",
                                    "schema { query: Query } type Mutation { x: Int }",
                                    "Mutation", "old"),
    "ROOT_OPERATION_TYPE_CHANGED": ("type R { x: Int }", "schema { query: R } type R { x: Int }",
                                    "Query", "new"),
    "TYPE_REMOVED": ("scalar S", "", "S", "old"),
    "TYPE_CHANGED_KIND": ("type A { x: Int }", "interface A { x: Int }", "A", "new"),
    "FIELD_REMOVED": ("input I { x: Int y: Int }", "input I { y: Int }", "I.x", "old"),
    "FIELD_CHANGED_KIND": ("type A { x: Int! }", "type A { x: Int }", "A.x", "new"),
    "ARG_REMOVED": ("type A { x(a: Int): Int }", "type A { x: Int }", "A.x(a:)", "old"),
    "ARG_CHANGED_KIND": ("directive @d(a: Int) on FIELD", "directive @d(a: Int! = 1) on FIELD",
                         "@d(a:)", "new"),
    "ARG_MADE_REQUIRED": ("type A { x(a: Int! = 1): Int }", "type A { x(a: Int!): Int }",
                          "A.x(a:)", "new"),
    "REQUIRED_ARG_ADDED": ("type A { x: Int }", "type A { x(a: Int!): Int }", "A.x(a:)", "new"),
    "INPUT_FIELD_MADE_REQUIRED": ("input I { x: Int! = 1 }", "input I { x: Int! }", "I.x", "new"),
    "REQUIRED_INPUT_FIELD_ADDED": ("input I { y: Int }", "input I { y: Int x: Int! }",
                                   "I.x", "new"),
    "ONE_OF_ADDED": ("input I { x: Int }", "input I @oneOf { x: Int }", "I", "new"),
    "IMPLEMENTED_INTERFACE_REMOVED": ("interface N { x: Int } type A implements N { x: Int }",
                                      "interface N { x: Int } type A { x: Int }", "A", "old"),
    "TYPE_REMOVED_FROM_UNION": ("type A { x: Int } union U = A | Query",
                                "type A { x: Int } union U = Query", "U", "old"),
    "VALUE_REMOVED_FROM_ENUM": ("enum E { A B }", "enum E { B }", "E.A", "old"),
    "DIRECTIVE_REMOVED": ("directive @d on FIELD", "", "@d", "old"),
    "DIRECTIVE_LOCATION_REMOVED": ("directive @d on FIELD | QUERY", "directive @d on FIELD",
                                   "@d", "new"),
    "DIRECTIVE_REPEATABLE_REMOVED": ("directive @d repeatable on FIELD", "directive @d on FIELD",
                                     "@d", "new"),
    "DIRECTIVE_ARG_REMOVED": ("directive @d(a: Int) on FIELD", "directive @d on FIELD",
                              "@d(a:)", "old"),
    "REQUIRED_DIRECTIVE_ARG_ADDED": ("directive @d on FIELD", "directive @d(a: Int!) on FIELD",
                                     "@d(a:)", "new"),
    "ARG_DEFAULT_VALUE_CHANGE": ("directive @d(a: Int = 1) on FIELD",
                                 "directive @d(a: Int = 2) on FIELD", "@d(a:)", "new"),
    "OPTIONAL_ARG_ADDED": ("type A { x: Int }", "type A { x(a: Int): Int }", "A.x(a:)", "new"),
    "INPUT_FIELD_DEFAULT_VALUE_CHANGE": ("input I { x: Int }", "input I { x: Int = 1 }",
                                         "I.x", "new"),
    "OPTIONAL_INPUT_FIELD_ADDED": ("input I { y: Int }", "input I { y: Int x: Int! = 1 }",
                                   "I.x", "new"),
    "ONE_OF_REMOVED": ("input I @oneOf { x: Int }", "input I { x: Int }", "I", "new"),
    "IMPLEMENTED_INTERFACE_ADDED": ("interface N { x: Int } type A { x: Int }",
                                    "interface N { x: Int } type A implements N { x: Int }",
                                    "A", "new"),
    "TYPE_ADDED_TO_INTERFACE": ("interface N { x: Int }",
                                "interface N { x: Int } type A implements N { x: Int }",
                                "N", "new"),
    "TYPE_ADDED_TO_UNION": ("type A { x: Int } union U = Query",
                            "type A { x: Int } union U = Query | A", "U", "new"),
    "VALUE_ADDED_TO_ENUM": ("enum E { A }", "enum E { A B }", "E.B", "new"),
    "SPECIFIED_BY_URL_CHANGE": ("scalar S", 'scalar S @specifiedBy(url: "u")', "S", "new"),
    "OPTIONAL_DIRECTIVE_ARG_ADDED": ("directive @d on FIELD", "directive @d(a: Int) on FIELD",
                                     "@d(a:)", "new"),
}
SEVERITIES = dict(re.findall(r"^\| `([A-Z_]+)` \| (\w+) \|", PAGE, re.M))


def changes(check, old, new):
    arguments = ["--schema", "new.graphql", "--breaking", "old.graphql"]
    done = check("--json", *arguments, old=QUERY + old, new=QUERY + new)
    answer = answered(done)
    assert answer["errors"] == answer["warnings"] == []
    return answer["changes"]


@pytest.mark.parametrize("code", SEVERITIES)
def test_each_change_of_the_page_is_told(check, code):
    old, new, coordinate, file = CHANGES[code]
    (change,) = changes(check, old, new)
    assert list(change) == ["code", "severity", "coordinate", "message", "locations"]
    assert (change["code"], change["coordinate"]) == (code, coordinate)
    assert change["severity"] == SEVERITIES[code]
    (place,) = change["locations"]
    assert place["file"] == f"{file}.graphql"
    # What a line calls it, and that only what breaks fails.
    done = check("--schema", "new.graphql", "--breaking", "old.graphql")
    assert done.stdout == (
        f"{file}.graphql:{place['line']}:{place['column']}: {SEVERITIES[code]}: "
        f"{change['message']}\n")
    assert done.returncode == (1 if SEVERITIES[code] == "breaking" else 0)


@pytest.mark.parametrize(
    "old, new",
    [
        ("type A { x: Int y(a: Int!): Int! }", "type A { x: Int! y(a: Int): Int! }"),
        ("input I { x: Int! }", "input I { x: Int }"),
        ("type A { x(a: Int!): Int }", "type A { x(a: Int! = 1): Int }"),
        ("", "type A { x: Int } enum E { A } directive @d on FIELD type Mutation { a: Int }"),
        ("type A { x: Int }", '"New." type A { "New." x: Int @deprecated y(a: Int!): Int }'),
        ("type A { x(a: Float = 1, b: [ID] = 2): Int }",
         'type A { x(b: [ID] = ["2"], a: Float = 1.0): Int }'),
        ("type A { x: Int } extend type A { y: Int }", "type A { y: Int x: Int }"),
    ],
)
def test_what_is_new_or_only_reads_differently_is_no_change(check, old, new):
    assert changes(check, old, new) == []


def test_an_older_schema_may_have_several_files_too(check):
    done = check(
        "--schema", "schema.graphql", "--breaking", "one.graphql", "--breaking", "two.graphql",
        one=SCHEMA, two="extend type Query {\n  gone: Int }")
    assert done.stdout == "two.graphql:2:3: breaking: Query.gone was removed.\n"


@pytest.mark.parametrize("broken", ["old", "new"])
def test_an_invalid_schema_is_compared_with_nothing(check, broken):
    files = {"old": QUERY, "new": "type Query { r: Int }"} | {broken: "type Query { x: None }"}
    done = check("--json", "--schema", "new.graphql", "--breaking", "old.graphql", **files)
    answer = answered(done)
    assert [error["locations"][0]["file"] for error in answer["errors"]] == [f"{broken}.graphql"]
    assert answer["changes"] == []
