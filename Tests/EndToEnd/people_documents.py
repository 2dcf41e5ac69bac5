"""The documents by which people join companies, change roles and go, and what is asked of them."""

import json

NOBODY = "00000000-0000-4000-8000-00000000dead"
PEOPLE = "{ people { id role solutionRoles { solution role } } }"
MEMBERSHIPS = "{ memberships { companyId role isCurrent solutionRoles { solution role } } }"
INVITATIONS = """
{
  invitations {
    id email role solutionRoles { solution role } invitedBy invitedAt expiresAt status
  }
}
"""
CHANGE_ROLE = """
mutation ($input: ChangeRoleInput!) {
  changeRole(input: $input) { people { id role } userErrors { code message field } }
}
"""
REMOVE = """
mutation ($id: ID!) {
  removePerson(input: {personId: $id}) { people { id } userErrors { code message field } }
}
"""
LEAVE = """
mutation {
  leaveCompany(input: {}) {
    session { accessToken refreshToken } companies { id } userErrors { code message field }
  }
}
"""
INVITE = """
mutation ($input: InvitePersonInput!) {
  invitePerson(input: $input) {
    invitations { id email role status } userErrors { code message field }
  }
}
"""
RESEND = """
mutation ($id: ID!) {
  resendInvitation(input: {invitationId: $id}) {
    invitations { id status } userErrors { code message field }
  }
}
"""
REVOKE = """
mutation ($id: ID!) {
  revokeInvitation(input: {invitationId: $id}) {
    invitations { id status } userErrors { code message field }
  }
}
"""
ACCEPT = """
mutation ($input: AcceptInvitationInput!) {
  acceptInvitation(input: $input) { company { id name } userErrors { code message field } }
}
"""
EXPORT = """
mutation { exportMyData(input: {}) { document userErrors { code message field } } }
"""
DELETE = """
mutation ($email: String!) {
  deleteAccount(input: {email: $email}) {
    companies { id name } userErrors { code message field }
  }
}
"""


def change_role(hub, actor, person, role, **members):
    given = {"personId": getattr(person, "account", person), "role": role} | members
    return hub.ask(CHANGE_ROLE, {"input": given}, actor.token)


def remove(hub, actor, person):
    return hub.ask(REMOVE, {"id": getattr(person, "account", person)}, actor.token)


def invite(hub, actor, email, role="accountant", **members):
    return hub.ask(INVITE, {"input": {"email": email, "role": role} | members}, actor.token)


def accept(hub, token, **members):
    return hub.ask(ACCEPT, {"input": {"token": token} | members})


def delete(hub, person, email=None):
    return hub.ask(DELETE, {"email": person.email if email is None else email}, person.token)


def refusals(answer):
    """The codes and fields of the only mutation's user errors."""
    [payload] = answer.data.values()
    return [(error["code"], error["field"]) for error in payload["userErrors"]]


def codes(answer):
    """What refused the only mutation, as a user error or as an error of the response."""
    return answer.codes or [code for code, _ in refusals(answer)]


def roles(hub, tenant):
    """The members of a company and their roles, as the database has them."""
    rows = hub.sql(
        f"select coalesce(json_object_agg(account_id, role), '{{}}') from membership"
        f" where tenant_id = '{tenant}'"
    )
    return json.loads(rows)


def give_solutions(hub, tenant, **plans):
    """Solutions of a company and their plans."""
    for solution, plan in plans.items():
        hub.sql(
            f"""insert into company_solution (tenant_id, solution, country_version, plan, state)
            select '{tenant}', '{solution}', country_version, '{plan}', 'ACTIVE'
            from company where tenant_id = '{tenant}'"""
        )
