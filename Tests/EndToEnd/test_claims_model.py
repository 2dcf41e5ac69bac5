"""Whose word stands, against a model of a few lines: random claims, confirmations and adoptions, in
random orders and with repeats, on PostgreSQL itself.

What stands is a function of the claims there are and of the last confirmation, and of nothing else:
no order of the reports, no repeat and no lateness shows.
"""

import dataclasses
import json
import random
import uuid

import pytest

SOLUTIONS = ["accounting", "invoicing", "payroll", "pos"]
NITS = [{"type": "NIT", "number": number, "checkDigit": digit} for number, digit in
        [("900123456", "8"), ("901234567", "7")]]
VALUES = {
    "legalName": ["Uno S.A.", "Dos S.A.", "Tres Ñ S.A."],
    "tradeName": ["Uno", "Dos", "Única"],
    "phone": ["+576015550101", "+576015550102", "+576015550103"],
    "address.city": ["Cali", "Bogotá"],
    "decimalPrecision": [0, 2, 6],
    "regime": ["COMMON_REGIME", "SIMPLIFIED_REGIME"],
    "identification": NITS + [{"type": "FOREIGN_NIT", "number": "12345", "checkDigit": None}],
}
COLUMNS = {
    "legalName": ["legal_name"], "tradeName": ["trade_name"], "phone": ["phone"],
    "address.city": ["address_city"], "decimalPrecision": ["decimal_precision"],
    "regime": ["regime"],
    "identification": [
        "identification_type", "identification_number", "identification_check_digit"
    ],
}
BEGINNING = {"legalName": "Prueba", "decimalPrecision": 2}
# What the country version does not require may be emptied again.
OPTIONAL = {"tradeName", "phone"}


@dataclasses.dataclass(frozen=True)
class Report:
    source: str
    minute: int
    claims: tuple

    def sql(self, tenant):
        claims = json.dumps(dict(self.claims)).replace("'", "''")
        return (
            f"select outcome from take_report('{self.source}', '{tenant}', '{claims}',"
            f" '2026-01-01'::timestamptz + interval '{self.minute} minutes', 300);"
        )


@dataclasses.dataclass(frozen=True)
class Confirmation:
    """Of a value; an adoption is one of the claim that a solution stands by then."""

    field: str
    value: object
    by: str

    def sql(self, tenant):
        columns = COLUMNS[self.field]
        if len(columns) > 1:
            parts = [None, None, None] if self.value is None else list(self.value.values())
        else:
            parts = [self.value]
        sets = ", ".join(f"{column} = {literal(part)}" for column, part in zip(columns, parts))
        actor = f"select set_config('app.actor', '{self.by}', true);"
        return f"{actor} update company set {sets} where tenant_id = '{tenant}';"


@dataclasses.dataclass(frozen=True)
class Adoption:
    field: str
    source: str


def literal(value):
    if value is None:
        return "null"
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


class Model:
    """What stands, told anew from all that is known each time."""

    def __init__(self):
        self.claims = {field: set() for field in VALUES}
        # The name is given when the company is made.
        self.confirmed = {"legalName": "Prueba"}
        self.row = {field: BEGINNING.get(field) for field in VALUES}
        self.revision = 1

    def best(self, claims):
        """(minute, source, value as PostgreSQL writes it, value) of the claim that outranks."""
        return max(claims, key=lambda claim: (
            claim[0], -SOLUTIONS.index(claim[1]), claim[2].encode()
        ), default=None)

    def stands(self, field):
        if field in self.confirmed:
            return self.confirmed[field]
        best = self.best(self.claims[field])
        return json.loads(best[2]) if best else BEGINNING.get(field)

    def report(self, report):
        for field, value in report.claims:
            text = json.dumps(value, ensure_ascii=False)
            self.claims[field].add((report.minute, report.source, text))
        self.settle()

    def confirm(self, confirmation):
        self.confirmed[confirmation.field] = confirmation.value
        self.settle()

    def adopted(self, adoption):
        """The confirmation that an adoption comes to; None where there is nothing to adopt."""
        best = self.best(
            claim for claim in self.claims[adoption.field] if claim[1] == adoption.source
        )
        return best and Confirmation(adoption.field, json.loads(best[2]), "token:adopts")

    def settle(self):
        row = {field: self.stands(field) for field in VALUES}
        if row != self.row:
            self.row, self.revision = row, self.revision + 1


def same_text(value):
    """As PostgreSQL orders the members of a JSON object: by length, then by bytes."""
    if isinstance(value, dict):
        return {name: value[name] for name in sorted(value, key=lambda name: (len(name), name))}
    return value


def some_report(chance):
    fields = chance.sample(sorted(VALUES), chance.randint(1, 3))
    return Report(
        chance.choice(SOLUTIONS), chance.randint(0, 4),
        tuple((field, same_text(chance.choice(VALUES[field]))) for field in fields),
    )


def some_confirmation(chance):
    field = chance.choice(sorted(VALUES))
    values = VALUES[field] + ([None] if field in OPTIONAL else [])
    by = chance.choice(["token:1", ""])
    return Confirmation(field, chance.choice(values), by)


def company(tenant):
    return f"""
        insert into company (
          tenant_id, country_version, legal_name, currency_code, timezone, decimal_precision)
        values ('{tenant}', 'CO', 'Prueba', 'COP', 'America/Bogota', 2);
        insert into company_solution (tenant_id, solution, country_version, plan, state)
        select '{tenant}', code, 'CO', 'pro', 'READ_ONLY'
        from unnest(array{SOLUTIONS}) as code;
    """


def look(tenant):
    """One line of what stands, and the revision."""
    fields = ", ".join(
        f"'{field}', company_value(to_jsonb(c), '{field}')" for field in VALUES
    )
    return (
        f"select '>' || jsonb_build_object({fields}, 'revision', c.revision)::text"
        f" from company c where c.tenant_id = '{tenant}';"
    )


def run(hub, script):
    """The lines that `look` wrote."""
    answer = hub.sql("begin;" + script + "rollback;")
    assert "not_found" not in answer and "ahead" not in answer
    return [json.loads(line[1:]) for line in answer.splitlines() if line.startswith(">")]


@pytest.mark.parametrize("seed", range(10))
def test_what_stands_is_what_the_model_says_after_each_step(hub, seed):
    chance = random.Random(seed)
    script, expected = [], []
    for _ in range(30):
        tenant, model = uuid.UUID(int=chance.getrandbits(128), version=4), Model()
        script.append(company(tenant))
        said = []
        for _ in range(chance.randint(1, 14)):
            step = chance.random()
            if step < 0.15 and said:
                report = chance.choice(said)  # Once more.
            elif step < 0.7:
                report = some_report(chance)
            else:
                report = None
            if report:
                said.append(report)
                model.report(report)
                script.append(report.sql(tenant))
            else:
                change = some_confirmation(chance)
                if step > 0.85:
                    field = chance.choice(sorted(VALUES))
                    change = model.adopted(Adoption(field, chance.choice(SOLUTIONS)))
                if change is None:
                    continue
                model.confirm(change)
                script.append(change.sql(tenant))
            script.append(look(tenant))
            expected.append(model.row | {"revision": model.revision})
    assert run(hub, "\n".join(script)) == expected


@pytest.mark.parametrize("seed", range(10))
def test_no_order_of_the_reports_and_no_repeat_shows(hub, seed):
    chance = random.Random(1000 + seed)
    script, expected = [], []
    for _ in range(20):
        reports = [some_report(chance) for _ in range(chance.randint(2, 7))]
        confirmations = [some_confirmation(chance) for _ in range(chance.randint(0, 3))]
        model = Model()
        for step in reports:
            model.report(step)
        for step in confirmations:
            model.confirm(step)
        for _ in range(5):
            tenant = uuid.UUID(int=chance.getrandbits(128), version=4)
            script.append(company(tenant))
            told = reports + chance.choices(reports, k=chance.randint(0, 3))
            chance.shuffle(told)
            # The confirmations stay in their own order, anywhere between the reports.
            for step in confirmations:
                step_place = chance.randint(0, len(told))
                told.insert(step_place, step)
            places = [i for i, step in enumerate(told) if isinstance(step, Confirmation)]
            for place, step in zip(places, confirmations):
                told[place] = step
            script += [step.sql(tenant) for step in told] + [look(tenant)]
            expected.append(model.row)
    stood = run(hub, "\n".join(script))
    for row in stood:
        del row["revision"]
    assert stood == expected


# What each version takes; some of it no other does.
TAKEN = {
    "CO": {"address.postalCode": ["110231"], "identification": NITS},
    "MX": {"address.postalCode": ["06600"], "address.neighborhood": ["Sur", "Juárez"]},
    "CR": {"address.neighborhood": ["Escalante", "Amón"]},
    "PE": {"identification": [{"type": "RUC", "number": "20100070970", "checkDigit": None}]},
    "PA": {"identification": [
        {"type": "RUC", "number": "155596713-2-2015", "checkDigit": "59"}]},
}
ANYWHERE = {"tradeName": ["Uno", "Dos"], "phone": ["+576015550101"], "decimalPrecision": [0, 2]}
# Fields that solutions fill and that stand otherwise than the claim that is shown as their source.
UNSETTLED = """
    select '>' || jsonb_agg(jsonb_build_array(f.path, f.value))::text
    from company_fields('{tenant}', 'es') f
    join company c on c.tenant_id = '{tenant}'
    cross join lateral latest_claims(c.tenant_id, claim_field(f.path)) k
    where f.source_kind = 'SOLUTION' and k.place = 1
      and f.value is distinct from claimed_part(f.path, k.value);
"""


@pytest.mark.parametrize("seed", range(3))
def test_a_company_that_moves_has_what_solutions_know_that_its_version_takes(hub, seed):
    chance = random.Random(2000 + seed)
    script = []
    for _ in range(10):
        tenant, version = uuid.UUID(int=chance.getrandbits(128), version=4), "CO"
        script.append(company(tenant))
        for _ in range(20):
            if chance.random() < 0.25:
                version = chance.choice(sorted(TAKEN))
                script.append(f"select change_country('{tenant}', '{version}', true) ->> 'to';")
            else:
                values = ANYWHERE | TAKEN[version]
                fields = chance.sample(sorted(values), 2)
                claims = tuple((field, chance.choice(values[field])) for field in fields)
                told = Report(chance.choice(["accounting", "invoicing", "pos"]),
                              chance.randint(0, 9), claims)
                script.append(told.sql(tenant))
            script.append(UNSETTLED.format(tenant=tenant))
    assert run(hub, "\n".join(script)) == []


def test_two_solutions_report_at_once_and_a_person_edits(hub):
    """Connections of their own, committed: whoever comes first, the same stands."""
    import concurrent.futures

    chance = random.Random(7)
    for _ in range(6):
        tenant, model = uuid.uuid4(), Model()
        hub.sql(company(tenant))
        reports = [some_report(chance) for _ in range(8)]
        edit = some_confirmation(chance)
        steps = [step.sql(tenant) for step in reports * 2 + [edit]]
        chance.shuffle(steps)
        with concurrent.futures.ThreadPoolExecutor(8) as writers:
            list(writers.map(lambda step: hub.sql("begin;" + step + "commit"), steps))
        for report in reports:
            model.report(report)
        model.confirm(edit)
        (line,) = [json.loads(line[1:]) for line in hub.sql(look(tenant)).splitlines()]
        del line["revision"]
        assert line == model.row
