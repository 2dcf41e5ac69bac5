"""Introspection as clients ask for it: the schema that they build is the schema that is printed."""

import pytest
from graphql import (
    build_client_schema, build_schema, get_introspection_query, introspection_from_schema,
    print_schema, specified_directives,
)

from hub import run

# What GraphiQL, Apollo's tools and graphql-codegen send are all made by this one function of the
# reference implementation, with these options.
EVERYTHING = {
    "specified_by_url": True, "directive_is_repeatable": True, "schema_description": True,
    "input_value_deprecation": True, "one_of": True,
}
OPTIONS = {
    "the default": {},
    "GraphiQL": EVERYTHING | {"one_of": False},
    "code generators": EVERYTHING,
    "without descriptions": EVERYTHING | {"descriptions": False},
}
BUILT_IN_SCALARS = {"Int", "Float", "String", "Boolean", "ID"}


def printed_schema():
    done = run("schema", "print")
    assert done.returncode == 0, done.stderr
    return done.stdout.rstrip("\n")


def introspected(hub, **options):
    return hub.ask(get_introspection_query(**options)).data


@pytest.mark.parametrize("client", OPTIONS)
def test_every_client_can_build_its_schema(hub, client):
    schema = build_client_schema(introspected(hub, **OPTIONS[client]))
    assert schema.query_type.name == "Query"
    assert schema.get_type("Company") is not None


def test_the_introspected_schema_is_the_printed_one(hub):
    assert print_schema(build_client_schema(introspected(hub, **EVERYTHING))) == printed_schema()


def test_the_answer_is_the_reference_implementations(hub):
    """But for the order of types and for the descriptions of what the specification defines."""
    own = introspected(hub, **EVERYTHING)
    reference = introspection_from_schema(build_schema(printed_schema()), **EVERYTHING)
    assert comparable(own) == comparable(reference)


def comparable(introspection):
    schema = dict(introspection["__schema"])
    types = {type_["name"]: type_ for type_ in schema.pop("types")}
    directives = {directive["name"]: directive for directive in schema.pop("directives")}
    # The specification's own types are in the test below, field by field.
    types = {name: type_ for name, type_ in types.items() if not name.startswith("__")}
    for name in BUILT_IN_SCALARS & types.keys():
        types[name] = types[name] | {"description": None}
    for directive in specified_directives:
        directives.pop(directive.name, None)
    return schema, types, directives


def test_the_specifications_own_types_are_complete(hub):
    """Names, types, arguments and defaults of section 4.2, as its text has them."""
    schema = introspected(hub, **EVERYTHING)["__schema"]
    lines = []
    for type_ in schema["types"]:
        if not type_["name"].startswith("__"):
            continue
        for field in type_["fields"] or []:
            arguments = ", ".join(
                f"{a['name']}: {text_of(a['type'])} = {a['defaultValue']}" for a in field["args"]
            )
            lines.append(
                f"{type_['name']}.{field['name']}({arguments}): {text_of(field['type'])}"
            )
        if type_["enumValues"]:
            names = " ".join(value["name"] for value in type_["enumValues"])
            lines.append(f"{type_['name']}: {names}")
    assert "\n".join(lines) == INTROSPECTION_TYPES.strip()
    assert [
        (directive["name"], " ".join(directive["locations"]), directive["isRepeatable"])
        for directive in schema["directives"]
    ][-5:] == [
        ("include", "FIELD FRAGMENT_SPREAD INLINE_FRAGMENT", False),
        ("skip", "FIELD FRAGMENT_SPREAD INLINE_FRAGMENT", False),
        (
            "deprecated",
            "FIELD_DEFINITION ARGUMENT_DEFINITION INPUT_FIELD_DEFINITION ENUM_VALUE", False,
        ),
        ("specifiedBy", "SCALAR", False),
        ("oneOf", "INPUT_OBJECT", False),
    ]


def test_a_refused_argument_is_an_error_of_its_field(hub):
    """A nullable variable may stand for includeDeprecated, and may then be null (section 6.4.1)."""
    document = """query ($all: Boolean) {
      __type(name: "Company") { name fields(includeDeprecated: $all) { name } }
      arguments: __type(name: "Company") { name fields { args(includeDeprecated: $all) { name } } }
    }"""
    answer = hub.ask(document, {"all": None}).json
    assert answer["data"] == {
        "__type": {"name": "Company", "fields": None},
        "arguments": {"name": "Company", "fields": None},
    }
    assert [error["path"] for error in answer["errors"]] == [
        ["__type", "fields"], ["arguments", "fields", 0, "args"],
    ]
    assert "errors" not in hub.ask(document, {"all": True}).json
    assert "errors" not in hub.ask(document).json


def text_of(type_):
    if type_["kind"] == "NON_NULL":
        return text_of(type_["ofType"]) + "!"
    if type_["kind"] == "LIST":
        return f"[{text_of(type_['ofType'])}]"
    return type_["name"]


INTROSPECTION_TYPES = """
__Schema.description(): String
__Schema.types(): [__Type!]!
__Schema.queryType(): __Type!
__Schema.mutationType(): __Type
__Schema.subscriptionType(): __Type
__Schema.directives(): [__Directive!]!
__Type.kind(): __TypeKind!
__Type.name(): String
__Type.description(): String
__Type.specifiedByURL(): String
__Type.fields(includeDeprecated: Boolean! = false): [__Field!]
__Type.interfaces(): [__Type!]
__Type.possibleTypes(): [__Type!]
__Type.enumValues(includeDeprecated: Boolean! = false): [__EnumValue!]
__Type.inputFields(includeDeprecated: Boolean! = false): [__InputValue!]
__Type.ofType(): __Type
__Type.isOneOf(): Boolean
__TypeKind: SCALAR OBJECT INTERFACE UNION ENUM INPUT_OBJECT LIST NON_NULL
__Field.name(): String!
__Field.description(): String
__Field.args(includeDeprecated: Boolean! = false): [__InputValue!]!
__Field.type(): __Type!
__Field.isDeprecated(): Boolean!
__Field.deprecationReason(): String
__InputValue.name(): String!
__InputValue.description(): String
__InputValue.type(): __Type!
__InputValue.defaultValue(): String
__InputValue.isDeprecated(): Boolean!
__InputValue.deprecationReason(): String
__EnumValue.name(): String!
__EnumValue.description(): String
__EnumValue.isDeprecated(): Boolean!
__EnumValue.deprecationReason(): String
__Directive.name(): String!
__Directive.description(): String
__Directive.isRepeatable(): Boolean!
__Directive.locations(): [__DirectiveLocation!]!
__Directive.args(includeDeprecated: Boolean! = false): [__InputValue!]!
__DirectiveLocation: QUERY MUTATION SUBSCRIPTION FIELD FRAGMENT_DEFINITION FRAGMENT_SPREAD \
INLINE_FRAGMENT VARIABLE_DEFINITION SCHEMA SCALAR OBJECT FIELD_DEFINITION ARGUMENT_DEFINITION \
INTERFACE UNION ENUM ENUM_VALUE INPUT_OBJECT INPUT_FIELD_DEFINITION
"""
