"""What people are told of by mail, and what not: by `/dev/mail`, in their language, greeted by their
name whatever stands in it."""

import re

import pytest

from hub import PASSWORD
from session_documents import sign_in
from test_security import NEW, change, refusals

FIREFOX = {"User-Agent": "Firefox on Debian"}
CHROME = {"User-Agent": "Chrome on Debian"}


def name(hub, person, display="", first="Pru"):
    hub.sql(
        f"update account set display_name = $x${display}$x$, first_name = $x${first}$x$"
        f" where id = '{person.account}'"
    )


def told(hub, person):
    return [mail.kind for mail in hub.mails(person.email)]


def test_a_changed_password_is_told_once(hub):
    person = hub.person()
    assert refusals(change(hub, person)) == []
    [mail] = hub.mails(person.email)
    assert mail.kind == "password_changed"
    assert mail.subject == "Tu contraseña de Mi Alegra cambió"
    assert "Si fuiste tú, no tienes que hacer nada." in mail.text
    assert "Si fuiste tú, no tienes que hacer nada." in mail.html


@pytest.mark.parametrize(
    "current, new",
    [("wrong password", NEW), (PASSWORD, PASSWORD), (PASSWORD, "corta"), (PASSWORD, "Password1")],
)
def test_nothing_is_told_of_a_change_that_was_refused(hub, current, new):
    person = hub.person()
    assert refusals(change(hub, person, current, new))
    assert told(hub, person) == []


def test_nothing_is_told_of_a_change_that_was_rolled_back(hub):
    person = hub.person()
    hub.sql(
        f"""begin;
        select outcome from change_password('{person.session}', '{person.account}',
          (select password_hash from account where id = '{person.account}'), 'another hash');
        select count(*) from mail where account_id = '{person.account}';
        rollback"""
    )
    assert told(hub, person) == []
    assert sign_in(hub, person.email).data["signIn"]["session"]


def test_a_sign_in_from_a_new_device_is_told_and_one_from_a_known_device_is_not(hub):
    person = hub.person()
    assert sign_in(hub, person.email, headers=FIREFOX).data["signIn"]["session"]
    [mail] = hub.mails(person.email)
    assert (mail.kind, mail.subject) == ("new_device", "Nuevo inicio de sesión en Mi Alegra")
    assert "Dispositivo: Firefox on Debian\n" in mail.text
    assert re.search(r"^Fecha: \d+ de \w+ de 20\d\d, \d\d:\d\d UTC$", mail.text, re.MULTILINE)
    sign_in(hub, person.email, headers=FIREFOX)
    assert told(hub, person) == ["new_device"]
    sign_in(hub, person.email, headers=CHROME)
    assert told(hub, person) == ["new_device", "new_device"]
    hub.sql(f"update session set revoked_at = now() where account_id = '{person.account}'")
    sign_in(hub, person.email, headers=CHROME)
    assert told(hub, person) == ["new_device", "new_device"]


def test_the_first_sign_in_ever_is_no_news(hub):
    person = hub.person()
    hub.sql(f"delete from session where account_id = '{person.account}'")
    assert sign_in(hub, person.email, headers=FIREFOX).data["signIn"]["session"]
    assert told(hub, person) == []
    sign_in(hub, person.email, headers=CHROME)
    assert told(hub, person) == ["new_device"]


def test_nothing_is_told_of_a_sign_in_that_failed(hub):
    person = hub.person()
    sign_in(hub, person.email, "wrong password", headers=FIREFOX)
    sign_in(hub, person.email, headers=FIREFOX, companyId="00000000-0000-4000-8000-00000000dead")
    assert told(hub, person) == []


def test_nothing_is_told_of_a_save_of_the_profile(hub):
    person = hub.person()
    document = """mutation { updateProfile(input: {revision: 1, language: "pt"}) {
      userErrors { code } } }"""
    assert hub.ask(document, token=person.token).data["updateProfile"]["userErrors"] == []
    assert told(hub, person) == []


@pytest.mark.parametrize(
    "language, country, mail_language, greeting, words",
    [
        ("es", "CO", "es", "Hola, Pru:", "Si fuiste tú, no tienes que hacer nada."),
        ("es", "AR", "es-AR", "Hola, Pru:", "Si fuiste vos, no tenés que hacer nada."),
        ("en", "CO", "en", "Hello, Pru:", "If it was you, there is nothing to do."),
        ("en", "AR", "en", "Hello, Pru:", "If it was you, there is nothing to do."),
        ("pt", "CO", "pt", "Olá, Pru:", "Se foi você, não precisa fazer nada."),
    ],
)
def test_mails_speak_the_persons_language(hub, language, country, mail_language, greeting, words):
    person = hub.person(language=language, country=country)
    change(hub, person)
    [mail] = hub.mails(person.email)
    assert mail.language == mail_language
    assert mail.text.startswith(greeting + "\n\n") and words in mail.text
    assert f"<p>{greeting}</p>" in mail.html and words in mail.html


@pytest.mark.parametrize(
    "display, first, greeting, in_html",
    [
        ("Anita", "Ana", "Anita", "Anita"),
        ("", "Ana", "Ana", "Ana"),
        ("<script>alert(1)</script>", "Ana", "<script>alert(1)</script>",
         "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("{{{device}}} {{x", "Ana", "{{{device}}} {{x", "{{{device}}} {{x"),
        ("Ana\r\nBcc: eve@evil.example\r\n\r\nHola", "Ana", "Ana Bcc: eve@evil.example Hola",
         "Ana Bcc: eve@evil.example Hola"),
        ("Tom & \"Jerry\" O'Neil", "Ana", "Tom & \"Jerry\" O'Neil",
         "Tom &amp; &quot;Jerry&quot; O&#39;Neil"),
        ("Ñandú 👩‍👩‍👧‍👦", "Ana", "Ñandú 👩‍👩‍👧‍👦", "Ñandú 👩‍👩‍👧‍👦"),
    ],
)
def test_mails_greet_by_the_display_name_whatever_stands_in_it(
    hub, display, first, greeting, in_html
):
    person = hub.person()
    name(hub, person, display, first)
    change(hub, person)
    [mail] = hub.mails(person.email)
    assert mail.text.startswith(f"Hola, {greeting}:\n\n")
    assert f"<p>Hola, {in_html}:</p>" in mail.html
    assert "<script" not in mail.html


def test_a_person_without_any_name_is_greeted_all_the_same(hub):
    person = hub.person()
    name(hub, person, "", "")
    change(hub, person)
    [mail] = hub.mails(person.email)
    assert mail.text.startswith("Hola:\n\n")


def test_a_device_is_text_and_stays_on_its_line(hub):
    person = hub.person()
    sign_in(hub, person.email, headers={"User-Agent": "<img src=x onerror=alert(1)>\tx" + "y" * 999})
    [mail] = hub.mails(person.email)
    assert "<img" not in mail.html and "&lt;img src=x onerror=alert(1)&gt; xyy" in mail.html
    line = next(line for line in mail.text.splitlines() if line.startswith("Dispositivo: "))
    assert len(line) <= len("Dispositivo: ") + 200
