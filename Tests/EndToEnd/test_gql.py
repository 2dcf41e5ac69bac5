"""Python's gql as its users use it: the schema, queries, mutations and subscriptions, unchanged,
against a running hub."""

import asyncio

import pytest
from gql import Client, gql
from gql.transport.exceptions import TransportQueryError, TransportServerError
from gql.transport.requests import RequestsHTTPTransport
from gql.transport.websockets import WebsocketsTransport
from graphql import print_schema

from hub import PASSWORD
from streams import StreamHub


@pytest.fixture(scope="module")
def stream(hub):
    running = StreamHub(hub)
    yield running
    running.stop()


def over_http(url, token=None, **options):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    transport = RequestsHTTPTransport(url=url, headers=headers, **options)
    return Client(transport=transport, fetch_schema_from_transport=True)


def test_the_schema_is_fetched_and_documents_are_validated_against_it(hub):
    client = over_http(f"http://127.0.0.1:{hub.port}/graphql")
    with client:
        printed = print_schema(client.schema)
    assert "type Company " in printed
    assert printed.count("\ntype ") > 20


def test_a_query_with_variables_and_a_fragment(hub):
    person = hub.person()
    document = gql(
        """
        query Hub($active: SolutionStatus) {
          company { ...names }
          solutions(status: $active) { code name }
        }
        fragment names on Company { legalName countryVersion }
        """
    )
    with over_http(f"http://127.0.0.1:{hub.port}/graphql", person.token) as session:
        document.variable_values = {"active": "AVAILABLE"}
        answer = session.execute(document)
    assert answer["company"] == {"legalName": "Prueba", "countryVersion": "CO"}
    assert answer["solutions"]


def test_a_mutation_with_an_input_object(hub):
    document = gql(
        """
        mutation SignIn($input: SignInInput!) {
          signIn(input: $input) { session { accessToken } userErrors { code } }
        }
        """
    )
    document.variable_values = {
        "input": {"email": "ana@ejemplar.example", "password": PASSWORD}
    }
    with over_http(f"http://127.0.0.1:{hub.port}/graphql") as session:
        answer = session.execute(document)
    assert answer["signIn"]["session"]["accessToken"]
    assert answer["signIn"]["userErrors"] == []


def test_errors_arrive_as_errors(hub):
    client = Client(
        transport=RequestsHTTPTransport(url=f"http://127.0.0.1:{hub.port}/graphql")
    )
    with client as session:
        with pytest.raises(TransportQueryError) as caught:
            session.execute(gql("{ nothing }"))
        assert caught.value.errors[0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
        with pytest.raises((TransportQueryError, TransportServerError)):
            session.execute(gql("{ company { legalName } }"))


def test_subscriptions_over_a_websocket(stream, hub):
    person = hub.person()

    async def talk():
        transport = WebsocketsTransport(
            url=stream.socket_url,
            init_payload={"Authorization": f"Bearer {person.token}"},
            subprotocols=["graphql-transport-ws"],
        )
        async with Client(transport=transport, fetch_schema_from_transport=True) as session:
            counted = [
                result["count"]
                async for result in session.subscribe(gql("subscription { count(to: 3) }"))
            ]
            company = await session.execute(gql("{ company { legalName } }"))
            with pytest.raises(TransportQueryError):
                async for _ in session.subscribe(gql("subscription { failing(after: 0) }")):
                    pass
            return counted, company

    counted, company = asyncio.run(talk())
    assert counted == [1, 2, 3]
    assert company == {"company": {"legalName": "Prueba"}}


def test_two_subscriptions_share_a_websocket_and_one_is_left_early(stream, hub):
    person = hub.person()

    async def talk():
        transport = WebsocketsTransport(
            url=stream.socket_url, init_payload={"Authorization": f"Bearer {person.token}"}
        )
        async with Client(transport=transport) as session:
            async def first(document):
                events = session.subscribe(document)
                async for result in events:
                    await events.aclose()
                    return result

            async def said():
                return await first(gql("subscription { said { text } }"))

            async def speaking():
                document = gql('mutation { say(input: {text: "hola"}) { listeners } }')
                while (await session.execute(document))["say"]["listeners"] == 0:
                    await asyncio.sleep(0)

            one, two, _ = await asyncio.gather(
                said(), first(gql("subscription { count(to: 1000) }")), speaking()
            )
            return one, two

    one, two = asyncio.run(talk())
    assert one == {"said": {"text": "hola"}}
    assert two == {"count": 1}
