import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogid import model, secrets
from cogid.secrets import Redactor, shorten, spans

SECRET_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
SESSION = "FwoGZXIvYXdzEJr//////////wEaDSESSIONTOKENVALUE0123456789"
OPEN_ID = "eyJraWQiOiJ1cy1lYXN0LTEtNyJ9.eyJzdWIiOiJ1cy1lYXN0LTE6In0.c2lnbmF0dXJl"
LOGIN = "EAACEdEose0cBA-opaque-login-token-0123456789"
SSO = "aoaAAAAAGSsoBearerTokenValue0123456789"


def leaks(text, secret):
    """Tell whether any eight letters of the middle of a secret stand in a text."""
    middle = secret[4:-4] if len(secret) > 12 else secret
    size = min(8, len(middle))
    return any(middle[start : start + size] in text for start in range(len(middle) - size + 1))


@pytest.fixture
def redactor():
    """Make a redactor that knows the service."""
    return Redactor(model.load())


SHORTENED = [
    (SECRET_KEY, "wJal…EKEY"),
    ("x" * 24, "xxxx…xxxx"),
    ("x" * 23, "…"),
    ("x", "…"),
]


@pytest.mark.parametrize(("secret", "shown"), SHORTENED)
def test_of_a_secret_the_first_and_last_few_characters_stay(secret, shown):
    """Enough stays to tell two apart, and nothing of a short one."""
    assert shorten(f"a {secret} b", [(2, 2 + len(secret))]) == f"a {shown} b"


LINES = [
    # secret     line around it
    (SECRET_KEY, '"SecretKey": "{}"'),
    (SECRET_KEY, "'SecretKey': '{}'"),
    (SECRET_KEY, '{{\\"SecretKey\\":\\"{}\\"}}'),
    (SECRET_KEY.replace("/", "\\/"), '"SecretKey":"{}"'),
    (SECRET_KEY.replace("/", "\\\\/"), 'b\'{{"SecretKey":"{}"}}\''),
    (SECRET_KEY.replace("/", "\\/"), '"secretAccessKey":"{}"'),
    (SESSION, '"Credentials":{{"SessionToken":"{}","Expiration":1}}'),
    (SESSION, "'SessionToken': '{}'"),
    (SESSION, "X-Amz-Security-Token: {}"),
    (SESSION, "'X-Amz-Security-Token': b'{}'"),
    (SESSION, "x-amz-security-token:{}"),
    (SESSION, "<SessionToken>{}</SessionToken>"),
    (SECRET_KEY, "<SecretAccessKey>{}</SecretAccessKey>"),
    (OPEN_ID, '"Token": "{}"'),
    (OPEN_ID, "anywhere {} at all"),
    (LOGIN, "{{'Logins': {{'graph.facebook.com': '{}'}}}}"),
    (LOGIN, '{{"Logins": {{"graph.facebook.com": "{}", "b": "c"}}}}'),
    (LOGIN, '"accessToken": "{}"'),
    (LOGIN, "WebIdentityToken={}&Version=1"),
    ("f" * 64, "Signature={}"),
    ("f" * 64, "Signature:\n{}"),
    ("AKIA1/20260101/us-east-1", "Authorization: AWS4-HMAC-SHA256 Credential={}, x"),
    ("AKIA1/20260101/us-east-1", "'Authorization': b'AWS4-HMAC-SHA256 Credential={}'"),
    ("Bearer-abcdefghijklmnop", "authorization: {}"),
    (SSO, "'x-amz-sso_bearer_token': '{}'"),
    (SSO, "x-amz-sso_bearer_token:{}"),
    (SSO, "X-aws-ec2-metadata-token: b'{}'"),
    ("123456", "'SerialNumber': 'arn', 'TokenCode': '{}'"),
    ("123456", "TokenCode={}&Version=2011-06-15"),
]


@pytest.mark.parametrize(("secret", "line"), LINES)
def test_secrets_are_known_by_where_they_stand(redactor, secret, line):
    """Sensitive members, credentials and headers are shortened wherever a log shows them."""
    assert not leaks(redactor.clean(line.format(secret)), secret)


def test_a_map_of_secrets_hides_every_value(redactor):
    """Of a login map no token stays, whatever its place."""
    cleaned = redactor.clean(f"'Logins': {{'a': '{LOGIN}', 'b': '{SECRET_KEY}'}} c")

    assert cleaned == "'Logins': {'a': 'EAAC…6789', 'b': 'wJal…EKEY'} c"


def test_a_secret_that_was_sent_is_known_by_its_value(redactor):
    """A value of a sensitive parameter is hidden wherever it turns up."""
    shape = model.load().operations["get-id"].input
    redactor.hide_in(shape, {"IdentityPoolId": "us-east-1:p", "Logins": {"a": LOGIN}})

    assert redactor.clean(f"prose with {LOGIN} in us-east-1:p") == (
        "prose with EAAC…6789 in us-east-1:p"
    )


def test_too_short_a_value_is_not_looked_for_everywhere(redactor):
    """A secret of a few letters would blank half of the log."""
    redactor.hide("a")
    redactor.hide("")
    redactor.hide(None)

    assert redactor.clean("a banana") == "a banana"


@pytest.mark.parametrize("line", ["GetId with IdentityPoolId us-east-1:p", "'Token': None", ""])
def test_what_is_no_secret_stays(redactor, line):
    """A log without its secrets still says what was done."""
    assert redactor.clean(line) == line


ODD_SECRETS = ["tok\"en'with\\all", "tok\ten\nover lines", "tokén☃"]


@pytest.mark.parametrize("secret", ODD_SECRETS)
@pytest.mark.parametrize("quote", [str, repr, json.dumps])
def test_a_secret_is_known_in_the_ways_it_is_quoted(redactor, secret, quote):
    """Messages quote what they were given as it is, as Python or as JSON."""
    redactor.hide(secret)

    assert redactor.clean(f"a {quote(secret)} b") == f"a {quote('x').replace('x', '…')} b"


def test_every_text_at_a_sensitive_place_is_a_secret():
    """A value of the wrong type is as secret as one of the right type; keys are names."""
    shape = model.load().operations["get-id"].input
    given = {"AccountId": "1", "Logins": {"a": ["b", {"c": "d"}], "e": 5}, "Unknown": "f"}

    assert sorted(secrets.in_value(shape, given)) == ["b", "d"]
    assert list(secrets.in_value(shape, {"Logins": "g"})) == ["g"]
    assert list(secrets.in_value(shape, ["h"])) == []


LOGINS = model.load().operations["get-id"].input.members["Logins"]
TOKEN = "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxNyJ9.c2lnbmF0dXJl"

VALUES = [
    # a value of --logins                           stars for what is secret in it
    ("a.com=EAAsecret", "a.com=*********"),
    ("a.com=EAAsecret,b.com=topsecret", "a.com=*********,b.com=*********"),
    ("a.com='EAAsecret', b.com = topsecret", "a.com='*********', b.com = *********"),
    ("a.com=secret==", "a.com=********"),
    ("https://a.com/b=secret", "https://a.com/b=******"),
    ("arn:aws:iam::1:saml-provider/okta=x:y=z", "arn:aws:iam::1:saml-provider/okta=*****"),
    ('{"a.com": "EAAsecret"}', '{"a.com": "*********"}'),
    ('{"https://a.com": "EAA:sec=ret", }', '{"https://a.com": "***********", }'),
    ('{"a.com": "EAAsecret', '{"a.com": "*********'),
    ("{'a.com': EAAsecret}", "{'a.com': *********}"),
    ('["a.com", "EAAsecret"]', '["*****", "*********"]'),
    ("a.com=[EAAsecret", "a.com=[*********"),
    (f"a.com={TOKEN}", "a.com=" + "*" * len(TOKEN)),
    ("a.com@=file://token.txt", "a.com@=file://token.txt"),
    ("file://logins.json", "file://logins.json"),
    ("a.com=abc", "a.com=***"),
    ("a.com=", "a.com="),
    ("a.com", "a.com"),
    ("EAAsecretThatIsLongerThanAName", "*" * 30),
    ("EAAsecretThatIsLongerThanAName=a.com", "*" * 30 + "=*****"),
    ("", ""),
]


def starred(text, found):
    """Write stars for spans."""
    for start, end in found:
        text = text[:start] + "*" * (end - start) + text[end:]
    return text


@pytest.mark.parametrize(("text", "stars"), VALUES)
def test_of_a_login_all_but_the_provider_is_secret(text, stars):
    """What the model calls sensitive is found in JSON, in shorthand, and where it is broken."""
    assert starred(text, spans(text, LOGINS)) == stars


def test_the_beginning_of_a_secret_may_be_seen():
    """Enough to know which one was pasted."""
    text = "a.com=EAAsecret,b.com=abc"

    assert starred(text, secrets.without_beginnings(spans(text, LOGINS))) == (
        "a.com=EAAs*****,b.com=abc"
    )


TOKENS = [
    TOKEN,
    TOKEN.rpartition(".")[0],
    TOKEN.partition(".")[0],
    "eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn",
    "EAACEdEose0cBAx7Qm2Rk9Zt4Lw8Vp3Hn6",
    "ya29.a0AfH6SMBx7Qm2Rk9Zt4Lw8Vp3Hn6",
    "Atza|IwEBIGx7Qm2Rk9Zt4Lw8Vp3Hn6-x7Qm2R",
]


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("around", ["{}", "a{}", "Bearer {}.", "x={}, y", "'{}' is none", "{}..."])
def test_a_token_is_secret_wherever_it_stands(token, around):
    """A token in the wrong flag is a secret all the same."""
    text = around.format(token)

    assert starred(text, spans(text)) == around.format("*" * len(token))


NO_TOKENS = [
    "eyJOZXh0VG9rZW4iOiAidDEifQ==",  # to go on with a list
    "eyJib3RvX3RydW5jYXRlX2Ftb3VudCI6IDF9",
    "eyJ",
    "EAAB",
    "us-east-1:6ff1c2a1-1111-4222-8333-444455556666",
    "arn:aws:iam::123456789012:role/Staff",
]


@pytest.mark.parametrize("text", NO_TOKENS)
def test_what_is_no_token_is_no_secret(text):
    """Ids, names, and the tokens that page through a list are shown."""
    assert spans(text) == []


def test_known_secrets_and_tokens_may_overlap():
    """Of spans that overlap one is made, so that no end of one is left."""
    text = f"{TOKEN}.abcdef"

    assert spans(text, known=["c2lnbmF0dXJl.abc", TOKEN]) == [(0, len(text))]
    assert spans("abcabc", known=["abc", ""]) == [(0, 3), (3, 6)]


NAMES = ["accounts.google.com", "https://a.example/b", "arn:aws:iam::1:saml-provider/okta", "dev"]


@pytest.mark.parametrize("name", NAMES)
def test_a_providers_name_is_shown(name):
    """What can be no secret is repeated in advice."""
    assert secrets.show_name(name) == name


SECRETS = [
    "EAACEdEose0cBAx7Qm2Rk9Zt4Lw8Vp3Hn6",
    TOKEN,
    "ya29.EAACEdEose0cBAx7Qm2Rk9Zt4Lw8Vp3Hn6",
    f"https://{TOKEN}",
    "eyJh.example",
    "x:EAACEdEose0cBAx7Qm2Rk9Zt4Lw8Vp3Hn6",
    "12345|AbCdEfGhIjKlMnOpQrStUvWx",
    "a\nb.example",
    "\x1b[31m.example",
    "",
]


@pytest.mark.parametrize("name", SECRETS)
def test_what_may_be_a_secret_is_not_shown(name):
    """A token that stands where a name belongs is never repeated."""
    assert secrets.show_name(name) is None


PIECES = [
    "eyJ",
    "eyJaaaaaaaa.",
    "eyJaaaaaaaa..",
    "EAA",
    "ya29.",
    "Atza|",
    "<AccessToken>",
    "AccessToken",
    "AccessToken: ",
    'AccessToken:"',
    "AccessToken=\\",
    "authorization",
    "authorization:'",
    'authorization:b"\n',
    "x-amz-security-token:",
    "Signature=",
    "signature:0",
    '"Logins":{',
    "'Logins' : {'a':",
    '"SecretKey":"',
    '"SecretKey":\\',
    '\\"SecretKey\\":\\"',
    "a=",
    "=,",
    "a.b@c/",
    '{"a',
    "a",
    "\\",
    " ",
    "\n",
    "é",
]


@pytest.mark.parametrize("piece", PIECES)
def test_no_text_takes_long(redactor, piece):
    """Every pattern is linear: what is quadratic takes half a minute for as much."""
    much = piece * (300_000 // len(piece))
    for text in (much, f"{piece}{' ' * 300_000}", "{" + much):
        started = time.process_time()
        redactor.clean(text)
        spans(text, LOGINS)

        assert time.process_time() - started < 1


@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
def test_spans_are_in_order_and_inside_the_text(text):
    """Whoever draws or shortens relies on that."""
    found = spans(text, LOGINS, known=["aa", "a "])
    ends = [place for span in found for place in span]

    assert ends == sorted(ends)
    assert not ends or (ends[0] >= 0 and ends[-1] <= len(text))
    assert all(start < end for start, end in found)


MESSAGES = [
    # message                                              as it is shown
    (f"a {TOKEN} b", "a eyJh…dXJl b"),
    (
        f"for input:\na={TOKEN}]\n{' ' * (len(TOKEN) + 2)}^",
        "for input:\na=eyJh…dXJl]\n           ^",
    ),
    (f"for input:\na={TOKEN}\n ^\nb", "for input:\na=eyJh…dXJl\n ^\nb"),
    ("a=known-secret, b", "a=…, b"),
    ("for input:\na=known-secret]\n              ^", "for input:\na=…]\n   ^"),
    ("a=b]\n   ^", "a=b]\n   ^"),
    ("", ""),
]


@pytest.mark.parametrize(("message", "shown"), MESSAGES)
def test_a_message_is_shown_without_its_secrets(message, shown):
    """A caret stays under the letter that it stood under."""
    assert secrets.clean(message, known=["known-secret"]) == shown


@pytest.mark.parametrize("piece", ["\n", "\n ", "\na\n ", "\n^", "eyJ\n", " ", "^"])
def test_no_message_takes_long(piece):
    """The search for carets is linear, too."""
    started = time.process_time()
    secrets.clean(piece * (300_000 // len(piece)), known=["known-secret"])

    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("word", "random"),
    [
        ("Zq8xT3vB7nM1kL5pR9wY2cF6hJ4dS0gA", True),
        ("Zq8xT3vB7nM1kL5pR9wY2cF", False),  # too short
        ("us-east-1:6ff1c2a1-1111-4222-8333-444455556666", False),
        ("arn:aws:iam::123456789012:role/Staff", False),
        ("--identity-pool-Id-2-Of-The-Shop", False),
        ("/home/Me/Pools-Of-2026-As-They-Were.json", False),
    ],
)
def test_a_word_that_looks_random_may_be_a_token(word, random):
    """Ids, ARNs, flags and paths do not."""
    assert secrets.looks_random(word) is random


OPAQUE = "Zq8xT3vB7nM1kL5pR9wY2cF6hJ4dS0gA+/=="
MISTAKES = [
    # words behind get-id, with {} for a token                     standard input
    (["--logins", '{{"accounts.google.com": "{}", }}'], ""),
    (["--logins", "file://-"], '{{"accounts.google.com": "{}"'),
    (["--logins", "file://-"], '{{"accounts.google.com": "{}"\n"b": "c"}}'),
    (["--logins", "{{'a': '{}'}}"], ""),
    (["--logins", '{{"a": {}}}'], ""),
    (["--logins", '["{}"]'], ""),
    (["--logins", '{{"a": ["{}"]}}'], ""),
    (["--logins", '{{"a": {{"b": "{}"}}}}'], ""),
    (["--logins", "{}"], ""),
    (["--logins", "a.com:{}"], ""),
    (["--logins", "a.com {}"], ""),
    (["--logins", "a.com={}]"], ""),
    (["--logins", 'a.com="{}'], ""),
    (["--logins", "a.com={},a.com=x"], ""),
    (["--logins", "a.com=[{}"], ""),
    (["--logins", "a.com=[{}]"], ""),
    (["--logins", "a.com={{b={}"], ""),
    (["--logins", "a.com=b,{} c"], ""),
    (["--logins", "a.com=b", "{}"], ""),
    (["--loginz", "{}"], ""),
    (["--cli-input-json", '{{"Logins": "{}"}}'], ""),
    (["--cli-input-json", '{{"Logins": ["{}"]}}'], ""),
    (["--cli-input-json", '{{"Logins": {{"a": ["{}"]}}}}'], ""),
    (["--cli-input-json", '{{"Logins": {{"a": "{}", }}}}'], ""),
    (["--cli-input-yaml", "Logins: {}"], ""),
    (["--cli-input-yaml", "file://-"], "Logins:\n  a: {{b: {}}}"),
    (["--cli-input-yaml", 'Logins: {{a: "{}'], ""),
]


@pytest.mark.parametrize(("words", "stdin"), MISTAKES)
@pytest.mark.parametrize("token", [TOKEN, OPAQUE])
def test_a_mistake_does_not_repeat_a_token(cogid, words, stdin, token):
    """Whatever is wrong with a line or a file, the message shows no more than the token's ends."""
    words = [word.format(token) for word in words]
    for more in ([], ["--cli-error-format", "json"]):
        result = cogid("get-id", "--identity-pool-id", "us-east-1:p", *words, *more,
                       stdin=stdin.format(token))  # fmt: skip

        assert result.code == 252
        assert not leaks(result.err, token)


def test_a_mistake_in_the_logins_is_still_shown(cogid):
    """What is wrong with the rest of them can be seen."""
    words = ["--identity-pool-id", "us-east-1:p", "--logins", f'{{"a.com": "{TOKEN}", }}']

    assert 'JSON received: {"a.com": "eyJh…dXJl", }\n' in cogid("get-id", *words).err


@pytest.mark.parametrize("error_format", ["enhanced", "legacy", "json", "yaml", "text", "table"])
@pytest.mark.parametrize("token", [TOKEN, OPAQUE, LOGIN])
def test_a_service_that_repeats_a_token_is_shown_without(cogid, service, error_format, token):
    """In every format, piped and on a terminal."""
    service.replies = [service.error("NotAuthorizedException", f"No: {token}.")]
    words = ["--identity-pool-id", "us-east-1:p", "--logins", f"a={token}"]
    for tty in (False, True):
        result = cogid("get-id", *words, "--cli-error-format", error_format, tty=tty)

        assert result.code == 254
        assert not leaks(result.err, token)
        assert f"No: {token[:4]}…{token[-4:]}." in result.err


def test_a_name_that_the_service_repeats_is_shown(cogid, service):
    """Who is no token is named as in the reference."""
    service.replies = [service.error("NotAuthorizedException", "alice@example.com is known.")]
    words = ["--identity-pool-id", "us-east-1:p", "--logins", "login.x=alice@example.com"]
    result = cogid("get-open-id-token-for-developer-identity", *words)

    assert "operation: alice@example.com is known.\n" in result.err
