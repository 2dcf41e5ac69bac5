"""changeRole, removePerson and leaveCompany: who may, what ends at once, and the administrator that
a company always keeps."""

import concurrent.futures

import pytest

from hub import PASSWORD, until
from people_documents import (
    LEAVE, MEMBERSHIPS, NOBODY, PEOPLE, change_role, codes, give_solutions, refusals, remove, roles,
)
from session_documents import WHO, company_of, refresh, sign_in


def in_company(hub, *others, role="administrator"):
    """An administrator, and more people of the same company by their roles."""
    first = hub.person(role)
    return [first, *(hub.person(other, tenant=first.tenant) for other in others)]


def belongs(hub, person, tenant, role="seller"):
    """Lets a person belong to one more company."""
    hub.sql(
        f"insert into membership (tenant_id, account_id, role)"
        f" values ('{tenant}', '{person.account}', '{role}')"
    )


def at_once(*actions):
    with concurrent.futures.ThreadPoolExecutor(len(actions)) as pool:
        return [future.result() for future in [pool.submit(action) for action in actions]]


@pytest.mark.parametrize("role", ["administrator", "accountant", "assistant", "seller"])
def test_a_role_is_given_and_counts_with_the_next_request(hub, role):
    ana, caro = in_company(hub, "assistant" if role == "seller" else "seller")
    assert hub.ask(PEOPLE, token=caro.token).codes == ["FORBIDDEN"]
    answer = change_role(hub, ana, caro, role)
    assert refusals(answer) == []
    people = answer.data["changeRole"]["people"]
    assert {"id": caro.account, "role": role} in people
    expected = [] if role == "administrator" else ["FORBIDDEN"]
    assert hub.ask(PEOPLE, token=caro.token).codes == expected


def test_roles_by_solution_are_kept_replaced_and_told(hub):
    ana, caro = in_company(hub, "seller")
    give_solutions(hub, ana.tenant, accounting="pro", invoicing="pro", pos="pyme")
    given = [
        {"solution": "invoicing", "role": "assistant"}, {"solution": "pos", "role": "accountant"},
    ]

    def by_solution():
        [membership] = hub.ask(MEMBERSHIPS, token=caro.token).data["memberships"]
        return membership["solutionRoles"]

    assert refusals(change_role(hub, ana, caro, "seller", solutionRoles=given)) == []
    assert by_solution() == given and roles(hub, ana.tenant)[caro.account] == "seller"
    told = {person["id"]: person for person in hub.ask(PEOPLE, token=ana.token).data["people"]}
    assert told[caro.account]["solutionRoles"] == given
    assert told[ana.account]["solutionRoles"] == []
    # Absent leaves them, a list replaces all of them, an empty one takes them away.
    assert refusals(change_role(hub, ana, caro, "assistant")) == []
    assert by_solution() == given
    assert refusals(change_role(hub, ana, caro, "seller", solutionRoles=given[:1])) == []
    assert by_solution() == given[:1]
    assert refusals(change_role(hub, ana, caro, "seller", solutionRoles=[])) == []
    assert by_solution() == []


@pytest.mark.parametrize(
    "plans, role, given, refusal",
    [
        ({"accounting": "emprendedor"}, "seller", None, ("ROLE_NOT_IN_PLAN", ["role"])),
        ({"accounting": "pyme"}, "assistant", None, ("ROLE_NOT_IN_PLAN", ["role"])),
        ({"accounting": "pyme"}, "administrator", None, None),
        ({"accounting": "emprendedor", "pos": "pro"}, "seller", None, None),
        ({"accounting": "plus"}, "seller", None, None),
        ({}, "seller", None, None),
        ({"accounting": "pro", "pos": "pyme"}, "seller", ("pos", "assistant"),
         ("ROLE_NOT_IN_PLAN", ["solutionRoles"])),
        ({"accounting": "pro"}, "seller", ("pos", "assistant"),
         ("SOLUTION_NOT_FOUND", ["solutionRoles"])),
        ({"accounting": "pro"}, "seller", ("none", "assistant"),
         ("SOLUTION_NOT_FOUND", ["solutionRoles"])),
        ({"accounting": "pro"}, "seller", ("accounting", "chief"),
         ("NOT_OFFERED", ["solutionRoles", "0", "role"])),
        ({"accounting": "pro"}, "chief", None, ("NOT_OFFERED", ["role"])),
        ({"accounting": "pro"}, "", None, ("REQUIRED", ["role"])),
    ],
)
def test_a_role_is_one_of_those_that_the_plans_allow(hub, plans, role, given, refusal):
    ana, caro = in_company(hub, "accountant")
    give_solutions(hub, ana.tenant, **plans)
    members = {"solutionRoles": [dict(zip(("solution", "role"), given))]} if given else {}
    answer = change_role(hub, ana, caro, role, **members)
    assert refusals(answer) == ([refusal] if refusal else [])
    assert roles(hub, ana.tenant)[caro.account] == ("accountant" if refusal else role)


def test_a_solution_is_named_once(hub):
    ana, caro = in_company(hub, "accountant")
    give_solutions(hub, ana.tenant, pos="pro")
    twice = [{"solution": "pos", "role": "seller"}, {"solution": "pos", "role": "assistant"}]
    answer = change_role(hub, ana, caro, "seller", solutionRoles=twice)
    assert refusals(answer) == [("SOLUTION_NOT_FOUND", ["solutionRoles", "1", "solution"])]


def test_more_roles_by_solution_than_there_are_solutions_are_refused_once(hub):
    ana, caro = in_company(hub, "seller")
    many = [{"solution": f"s{number}", "role": "nobody"} for number in range(2000)]
    answer = change_role(hub, ana, caro, "seller", solutionRoles=many)
    assert refusals(answer) == [("SOLUTION_NOT_FOUND", ["solutionRoles"])]


def test_a_role_that_somebody_has_is_theirs_though_no_plan_has_it(hub):
    ana, caro = in_company(hub, "seller")
    # Before there was a plan, every role could be given.
    give_solutions(hub, ana.tenant, accounting="pyme", pos="pyme")
    pos = [{"solution": "pos", "role": "accountant"}]
    assert refusals(change_role(hub, ana, caro, "seller", solutionRoles=pos)) == []
    assert refusals(change_role(hub, ana, caro, "assistant")) == [("ROLE_NOT_IN_PLAN", ["role"])]
    refused = [{"solution": "pos", "role": "seller"}]
    assert refusals(change_role(hub, ana, caro, "seller", solutionRoles=refused)) == [
        ("ROLE_NOT_IN_PLAN", ["solutionRoles"])
    ]


@pytest.mark.parametrize("person", [NOBODY, "", "none", "FOREIGN"])
def test_a_foreign_person_is_one_that_never_was(hub, person):
    ana, other = hub.person(), hub.person("seller")
    person = other.account if person == "FOREIGN" else person
    before = roles(hub, other.tenant)
    nobody = change_role(hub, ana, NOBODY, "seller")
    assert refusals(nobody) == [("PERSON_NOT_FOUND", ["personId"])]
    assert change_role(hub, ana, person, "seller").body == nobody.body
    assert remove(hub, ana, person).body == remove(hub, ana, NOBODY).body
    assert refusals(remove(hub, ana, person)) == [("PERSON_NOT_FOUND", ["personId"])]
    assert roles(hub, other.tenant) == before


@pytest.mark.parametrize("role", ["accountant", "assistant", "seller"])
def test_who_is_no_administrator_changes_nothing(hub, role):
    ana, caro = in_company(hub, role)
    before = roles(hub, ana.tenant)
    assert change_role(hub, caro, caro, "administrator").codes == ["FORBIDDEN"]
    assert remove(hub, caro, ana).codes == ["FORBIDDEN"]
    assert roles(hub, ana.tenant) == before


# The last administrator ---------------------------------------------------------------------------


def test_the_last_administrator_stays(hub):
    ana, caro = in_company(hub, "seller")
    assert refusals(change_role(hub, ana, ana, "seller")) == [("LAST_ADMINISTRATOR", ["role"])]
    assert refusals(remove(hub, ana, ana)) == [("OWN_MEMBERSHIP", ["personId"])]
    left = hub.ask(LEAVE, token=ana.token)
    assert refusals(left) == [("LAST_ADMINISTRATOR", [])]
    assert left.data["leaveCompany"]["session"] is None
    assert company_of(hub, ana.token) == ana.tenant
    # With another one, everything of it can be done.
    assert refusals(change_role(hub, ana, caro, "administrator")) == []
    assert refusals(change_role(hub, ana, ana, "seller")) == []
    assert roles(hub, ana.tenant) == {ana.account: "seller", caro.account: "administrator"}


@pytest.mark.parametrize(
    "change",
    [
        "update membership set role = 'seller' where account_id = '{account}'",
        "update membership set role = 'seller' where tenant_id = '{tenant}'",
        "delete from membership where account_id = '{account}'",
        "delete from account where id = '{account}'",
        "begin; delete from membership where tenant_id = '{tenant}'; commit",
    ],
)
def test_an_operator_does_not_take_it_away_either(hub, change):
    ana, caro = in_company(hub, "seller")
    before = roles(hub, ana.tenant)
    with pytest.raises(AssertionError, match="left without an administrator"):
        hub.sql(change.format(account=ana.account, tenant=ana.tenant))
    assert roles(hub, ana.tenant) == before
    # In one transaction somebody else may be made one first, or afterwards.
    hub.sql(
        f"""begin; {change.format(account=ana.account, tenant='none') if 'tenant' not in change
          else 'select 1'};
        update membership set role = 'administrator' where account_id = '{caro.account}'; commit"""
    )
    assert roles(hub, ana.tenant)[caro.account] == "administrator"


def test_a_company_that_goes_takes_its_administrators_with_it(hub):
    ana, _ = in_company(hub, "seller")
    hub.sql(f"delete from company where tenant_id = '{ana.tenant}'")
    assert roles(hub, ana.tenant) == {}


@pytest.mark.parametrize("attempt", range(5))
def test_of_two_administrators_who_demote_each_other_at_once_one_wins(hub, attempt):
    ana, caro = in_company(hub, "administrator")
    answers = at_once(
        lambda: change_role(hub, ana, caro, "seller"), lambda: change_role(hub, caro, ana, "seller")
    )
    # Who comes second is the last one, or comes so late that they are none any more.
    outcomes = sorted(codes(answer) for answer in answers)
    assert outcomes in ([[], ["LAST_ADMINISTRATOR"]], [[], ["FORBIDDEN"]]), outcomes
    assert sorted(roles(hub, ana.tenant).values()) == ["administrator", "seller"]


@pytest.mark.parametrize("attempt", range(5))
def test_of_two_administrators_who_leave_at_once_one_stays(hub, attempt):
    ana, caro = in_company(hub, "administrator")
    answers = at_once(
        lambda: hub.ask(LEAVE, token=ana.token), lambda: hub.ask(LEAVE, token=caro.token)
    )
    assert sorted(codes(answer) for answer in answers) == [[], ["LAST_ADMINISTRATOR"]]
    assert list(roles(hub, ana.tenant).values()) == ["administrator"]


def test_who_waited_while_their_role_was_taken_away_is_refused(hub):
    """The guard let them in before: the function asks again, behind what it waited for."""
    ana, caro, luis = in_company(hub, "administrator", "administrator")
    held = f"""begin;
        update membership set role = 'seller' where account_id = '{caro.account}';
        select from membership where account_id = '{luis.account}' for update;
        select pg_advisory_lock(36, hashtext('{caro.account}'));
        do $$ begin
          for attempt in 1..1000 loop
            perform pg_stat_clear_snapshot();
            exit when exists (
              select from pg_stat_activity a
              where pg_backend_pid() = any (pg_blocking_pids(a.pid)));
            perform pg_sleep(0.01);
          end loop;
        end $$;
        commit"""
    with concurrent.futures.ThreadPoolExecutor() as pool:
        holding = pool.submit(hub.sql, held)
        until(
            lambda: hub.sql(
                "select count(*) from pg_locks where locktype = 'advisory' and classid = 36"
                " and database = (select oid from pg_database where datname = current_database())"
            ) == "1",
            "the role is taken away and not yet committed",
        )
        answer = change_role(hub, caro, luis, "seller")
        holding.result()
    assert answer.codes == ["FORBIDDEN"]
    assert roles(hub, ana.tenant)[luis.account] == "administrator"


def test_two_transactions_of_an_operator_do_not_take_both_away(hub):
    """Each sees the other's administrator: whoever comes second finds none."""
    ana, caro = in_company(hub, "administrator")

    def demote(person, isolation):
        try:
            hub.sql(
                f"""begin isolation level {isolation};
                update membership set role = 'seller' where account_id = '{person.account}';
                select pg_sleep(0.05); commit"""
            )
            return True
        except AssertionError:
            return False

    for isolation in ("read committed", "repeatable read", "serializable"):
        hub.sql(
            f"update membership set role = 'administrator' where tenant_id = '{ana.tenant}'"
        )
        at_once(lambda: demote(ana, isolation), lambda: demote(caro, isolation))
        assert "administrator" in roles(hub, ana.tenant).values(), isolation


# What ends ----------------------------------------------------------------------------------------


def test_who_is_removed_is_out_at_once_and_told_by_nothing_but_the_end(hub):
    ana, caro = in_company(hub, "seller")
    token = hub.refresh_token(caro)
    answer = remove(hub, ana, caro)
    assert refusals(answer) == []
    assert [person["id"] for person in answer.data["removePerson"]["people"]] == [ana.account]
    assert hub.ask(WHO, token=caro.token).status == 401
    # There is no other company: the session goes on without one.
    opened = refresh(hub, token).data["refreshSession"]["session"]
    assert hub.ask(WHO, token=opened["accessToken"]).codes == ["COMPANY_REQUIRED"]
    assert refusals(remove(hub, ana, caro)) == [("PERSON_NOT_FOUND", ["personId"])]


def test_who_is_removed_goes_on_in_another_company_with_the_next_refresh(hub):
    ana, caro = in_company(hub, "seller")
    elsewhere = hub.person().tenant
    belongs(hub, caro, elsewhere)
    token = hub.refresh_token(caro)
    assert refusals(remove(hub, ana, caro)) == []
    assert hub.ask(WHO, token=caro.token).status == 401
    opened = refresh(hub, token).data["refreshSession"]["session"]
    assert company_of(hub, opened["accessToken"]) == elsewhere
    signed_in = sign_in(hub, caro.email, PASSWORD).data["signIn"]["session"]
    assert company_of(hub, signed_in["accessToken"]) == elsewhere


def test_a_session_in_another_company_is_left_as_it_is(hub):
    ana, caro = in_company(hub, "seller")
    elsewhere = hub.person().tenant
    belongs(hub, caro, elsewhere)
    hub.sql(f"update session set last_tenant_id = '{elsewhere}' where id = '{caro.session}'")
    there = hub.access_token(caro.account, elsewhere, caro.session)
    assert refusals(remove(hub, ana, caro)) == []
    assert company_of(hub, there) == elsewhere


def test_who_leaves_goes_on_in_another_company(hub):
    ana, caro = in_company(hub, "seller")
    elsewhere = hub.person().tenant
    belongs(hub, caro, elsewhere)
    answer = hub.ask(LEAVE, token=caro.token)
    assert refusals(answer) == []
    opened = answer.data["leaveCompany"]["session"]
    assert company_of(hub, opened["accessToken"]) == elsewhere
    assert opened["refreshToken"] is None
    assert hub.ask(WHO, token=caro.token).status == 401
    assert roles(hub, ana.tenant) == {ana.account: "administrator"}


def test_who_leaves_their_only_company_goes_on_in_none(hub):
    ana, caro = in_company(hub, "seller")
    answer = hub.ask(LEAVE, token=caro.token)
    assert refusals(answer) == []
    opened = answer.data["leaveCompany"]["session"]
    assert hub.ask(WHO, token=caro.token).status == 401
    assert hub.ask(LEAVE, token=caro.token).status == 401
    assert hub.ask(LEAVE, token=opened["accessToken"]).codes == ["COMPANY_REQUIRED"]
    assert roles(hub, ana.tenant) == {ana.account: "administrator"}


def test_roles_by_solution_go_with_the_membership(hub):
    ana, caro = in_company(hub, "seller")
    give_solutions(hub, ana.tenant, pos="pro")
    given = [{"solution": "pos", "role": "assistant"}]
    assert refusals(change_role(hub, ana, caro, "seller", solutionRoles=given)) == []
    assert refusals(remove(hub, ana, caro)) == []
    assert hub.sql(f"select count(*) from solution_role where account_id = '{caro.account}'") == "0"


def test_refusals_speak_the_persons_language(hub):
    told = {
        language: change_role(hub, (ana := hub.person(language=language)), ana, "seller").data[
            "changeRole"]["userErrors"][0]["message"]
        for language in ("es", "en", "pt")
    }
    assert told["es"].startswith("La empresa se quedaría")
    assert told["en"].startswith("The company would")
    assert told["pt"].startswith("A empresa ficaria")


def test_a_long_list_is_read_page_by_page(hub):
    ana = hub.person()
    # Two of them have the same name, and names sort by their bytes.
    hub.sql(f"""
        insert into account (id, email, country, display_name)
        select gen_random_uuid(), 'page-' || gen_random_uuid() || '@test.example', 'CO',
          case n % 7 when 0 then 'Ñandú' else 'Persona ' || n / 2 end
        from generate_series(1, 449) as n;
        insert into membership (tenant_id, account_id, role)
        select '{ana.tenant}', id, 'seller' from account where email like 'page-%'
          and id not in (select account_id from membership)""")
    asked = "query ($after: String) { people(after: $after) { id displayName cursor } }"

    def page(after, person=ana):
        return hub.ask(asked, {"after": after}, person.token).data["people"]

    def walk():
        people, after, sizes = [], None, []
        while found := page(after):
            people += found
            sizes.append(len(found))
            after = found[-1]["cursor"]
        return people, sizes

    people, sizes = walk()
    assert sizes == [200, 200, 50]
    expected = hub.sql(
        f"select account_id from membership where tenant_id = '{ana.tenant}'"
        " order by display_name, account_id"
    ).splitlines()
    assert [person["id"] for person in people] == expected
    # Somebody goes between two pages: the place where they were is kept.
    last = people[199]
    hub.sql(f"delete from membership where account_id = '{last['id']}'")
    assert [person["id"] for person in page(last["cursor"])] == expected[200:400]
    # Another company's administrator reads their own people behind it, whatever they make up.
    luis = hub.person()
    assert {person["id"] for person in page(None, luis)} == {luis.account}
    for made_up in [last["cursor"], "", "x", "0" * 36 + "A", "\U0001F600" * 40, "%'; --"]:
        assert {person["id"] for person in page(made_up, luis)} <= {luis.account}, made_up
    # Changes answer the first page.
    answer = change_role(hub, ana, ana, "administrator")
    assert len(answer.data["changeRole"]["people"]) == 200
    refused = hub.ask(asked, {"after": "a\0b"}, ana.token)
    assert refused.status == 400 and "people" not in (refused.json.get("data") or {})


def test_ones_companies_are_read_page_by_page(hub):
    ana = hub.person()
    hub.sql(f"""
        with made as (
          insert into company (
            tenant_id, country_version, legal_name, currency_code, timezone, decimal_precision,
            kind_of_person)
          select gen_random_uuid(), code, 'Empresa ' || n % 50, currency_code, timezone, 2,
            'LEGAL_ENTITY'
          from country_version cross join generate_series(1, 205) as n where code = 'CO'
          returning tenant_id)
        select 1;
        insert into membership (tenant_id, account_id, role)
        select tenant_id, '{ana.account}', 'seller' from company
        where legal_name like 'Empresa %' and not exists (
          select from membership m where m.tenant_id = company.tenant_id)""")
    asked = "query ($after: String) { memberships(after: $after) { companyId cursor } }"
    first = hub.ask(asked, {"after": None}, ana.token).data["memberships"]
    rest = hub.ask(asked, {"after": first[-1]["cursor"]}, ana.token).data["memberships"]
    expected = hub.sql(
        f"select tenant_id from membership where account_id = '{ana.account}'"
        " order by company_name, tenant_id"
    ).splitlines()
    assert (len(first), len(rest)) == (200, 6)
    assert [found["companyId"] for found in first + rest] == expected
    # Nobody else's cursor shows anything of them.
    luis = hub.person()
    for after in [None, first[0]["cursor"]]:
        told = hub.ask(asked, {"after": after}, luis.token).data["memberships"]
        assert {found["companyId"] for found in told} <= {luis.tenant}
