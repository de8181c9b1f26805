"""The pages of ``cogid help TOPIC``.

Each is written in a small markup: blank lines part it, a first line in capitals is a heading,
``left :: right`` is a row of a table, a part that begins with ``cogid`` or ``#`` is commands with
their purposes, and any other is a paragraph.
"""

from __future__ import annotations

import re

from cogid.help import TOPICS
from cogid.help.layout import Block, aligned, row

_QUERY = """\
--query picks from a reply before it is printed. Its value is a JMESPath expression, checked
before anything is sent. The names in it are those under REPLY in cogid COMMAND -h; their case
matters, and a name that is not there gives null, not an error.

EXPRESSIONS
IdentityPools :: the whole list
IdentityPools[0] :: its first item; [-1] is the last, [:10] are the first ten
IdentityPools[].IdentityPoolName :: one field of every item
IdentityPools[].[IdentityPoolName,IdentityPoolId] :: two fields of every item, in this order
IdentityPools[].{name:IdentityPoolName} :: fields under names of your own
IdentityPools[?IdentityPoolName=='shop'] :: the items that match; also !=, <, &&, ||, !
IdentityPools[?starts_with(IdentityPoolName,'a')] :: also contains(), ends_with()
Roles."authenticated" :: a key with dots or colons in it needs the double quotes
length(IdentityPools) :: how many; also keys(), sort_by(), join()

EXAMPLES
# The id of a pool by its name, for a shell variable
cogid list-identity-pools --query "IdentityPools[?IdentityPoolName=='shop'].IdentityPoolId | \
[0]" --output text
# Only what an environment needs
cogid get-credentials-for-identity --identity-id us-east-1:b7c9a2f4-13de-4f60-8a71-0c5d9e2f6a38 \
--query 'Credentials.[AccessKeyId,SecretKey,SessionToken]' --output text

PAGES
The expression is applied once, to all pages of a list together. Where AWS CLI pages as well, in
list-identity-pools with --cli-input-json or --cli-input-yaml, text and yaml-stream apply it to
every page, as AWS CLI does.

QUOTES
Single quotes keep the shell out of an expression. One that holds strings, which JMESPath writes
in single quotes itself, goes in double quotes; one with a literal in backticks needs single ones.
"""

_OUTPUT = """\
--output says how a reply is printed. Without the flag: AWS_DEFAULT_OUTPUT, then output in the
profile, then json.

FORMATS
json :: as the service names things; for jq and other programs
text :: one line a record, fields between tabs, names left out; for cut, awk and read
table :: for people; fitted to the terminal, never cut in a file or pipe
yaml :: json's content, shorter
yaml-stream :: a YAML list with one item a page, written as pages arrive
csv :: a list's items under a header; nested values as JSON, formulas made harmless
jsonl :: an item a line as JSON, written as pages arrive
off :: nothing; only the exit code tells

EXAMPLES
cogid list-identity-pools --output table
cogid describe-identity-pool --identity-pool-id us-east-1:4e1f8c1d-7d2b-4c0a-9a53-6f2d8b1e7c90 \
--output yaml

GOOD TO KNOW
In text, choose the order of fields by --query '...[].[A,B]', or they are sorted by name. A null is
None there.

Dates are ISO 8601 with an offset; cli_timestamp_format = wire in the profile prints them as the
service sends them.

Replies go to standard output; errors, hints and warnings go to standard error.

On a terminal, a reply longer than the screen goes through a pager: COGID_PAGER, AWS_PAGER,
cli_pager in the profile, PAGER, or less. --no-cli-pager turns that off once, COGID_PAGER="" for
good.

Colours are for terminals. --color on gives them to a file or pipe as well, JSON included;
FORCE_COLOR=1 does for all but JSON. --color off, NO_COLOR, FORCE_COLOR=0 and TERM=dumb take
them away.

ERRORS
--cli-error-format prints errors in another form: enhanced (the default, with hints), legacy,
json, yaml, text or table. Also AWS_CLI_ERROR_FORMAT, and cli_error_format in the profile.
"""

_PAGING = """\
list-identity-pools, list-identities and lookup-developer-identity fetch everything by themselves,
60 items at a time, and print it as one reply.

FLAGS
--max-items N :: Print N items and stop. The reply then ends with a NextToken.
--starting-token T :: Go on after an earlier reply with --max-items; T is its NextToken.
--page-size N :: Ask the service for N items at a time, 1 to 60. What is printed stays the same.
--no-paginate :: Fetch the first page only.
--max-results N :: One page of at most N items, as AWS CLI does; on a terminal, cogid tells you \
when more remains.
--next-token T :: The one page that the service's own token stands for.

EXAMPLES
# The first hundred, then the next hundred
cogid list-identity-pools --max-items 100
cogid list-identity-pools --max-items 100 --starting-token eyJOZXh0VG9rZW4iOiAidDEifQ==
# Count the identities of a pool
cogid list-identities --identity-pool-id us-east-1:4e1f8c1d-7d2b-4c0a-9a53-6f2d8b1e7c90 --query \
'length(Identities)'

GOOD TO KNOW
--max-results and --next-token cannot be mixed with --max-items, --page-size and --starting-token.

The tokens of --starting-token are those of AWS CLI: either program goes on where the other
stopped. A token of --next-token is another thing.

AWS CLI insists on --max-results here and then prints one page. Scripts written for it work
unchanged; without --max-results they get everything.
"""

_CREDENTIALS = """\
Credentials and settings are found where AWS CLI and the SDKs find them.

CREDENTIALS, THE FIRST THAT IS FOUND
--profile NAME :: that profile in ~/.aws/config and ~/.aws/credentials
AWS_ACCESS_KEY_ID :: with AWS_SECRET_ACCESS_KEY and, for temporary ones, AWS_SESSION_TOKEN
AWS_PROFILE :: else the profile "default": keys, SSO, a role to assume, a web identity, or a \
credential_process
the machine's role :: of the container or the EC2 instance

--no-sign-request looks for none and sends the request unsigned.

PUBLIC COMMANDS
get-id, get-credentials-for-identity, get-open-id-token and unlink-identity need no credentials,
and cogid does not look for any. They are what an app does for its user.

REGION, THE FIRST THAT IS FOUND
--region NAME :: what you say counts
AWS_REGION :: then AWS_DEFAULT_REGION, then region in the profile
the id or ARN :: us-east-1:4e1f8c1d-... lives in us-east-1, so no other region is needed

When a region is configured and the id is of another one, cogid does as configured, and adds a
hint when the service finds nothing.

TOKENS OF USERS
--logins takes the tokens that users got from their providers. Any process may read a command
line; a file or standard input keeps a token to yourself:

cogid get-id --identity-pool-id us-east-1:4e1f8c1d-7d2b-4c0a-9a53-6f2d8b1e7c90 --logins \
accounts.google.com@=file://token.txt
cogid get-id --identity-pool-id us-east-1:4e1f8c1d-7d2b-4c0a-9a53-6f2d8b1e7c90 --logins file://-

The file of the first holds the bare token, without a newline at the end; standard input of the
second holds JSON: {"accounts.google.com": "TOKEN"}. --debug prints no token and no secret.
"""

_EXIT_CODES = """\
The codes are those of AWS CLI, so that scripts can be carried over; 1 and 141 are used where it
says 0 or nothing.

CODES
0 :: Done.
1 :: Some items failed, the others are done. delete-identities prints what it could not delete.
130 :: Stopped by Ctrl-C.
141 :: Whatever read the output stopped reading, as head does.
252 :: The command line is wrong: an unknown command or flag, a missing one, a value that cannot \
be read, a bad --query. Nothing was sent.
253 :: No credentials, no region, or a setting with a value it cannot have. Nothing was sent.
254 :: The service answered with an error. Its code stands in the message.
255 :: Anything else: no connection, a time-out, an unknown profile, a configuration file that \
cannot be read, a broken reply, a full disk.

GOOD TO KNOW
help, -h and --version give 0.

A reply that could not be written in full never gives 0, and nothing is printed for a reply that
the service cut short.

Throttled and failed calls are tried three times in all before they count as failed;
AWS_MAX_ATTEMPTS changes that.

--cli-error-format json prints an error's code and message for a program to read.
"""

_SHORTHAND = """\
Flags that take a map, a list or a structure can be written in shorthand, as JSON, or as the name
of a file with either. cogid COMMAND -h shows the shorthand of every flag.

SHORTHAND
key=value,key=value :: a map or structure
word word word :: a list of words; several words after one flag
A=1,B=2 A=3,B=4 :: a list of structures, one word for each
key=[a,b] :: a list inside; key=a,b is the same
key={a=1,b=2} :: a map or structure inside
key='a, b=c' :: quoted, with ' or ", where a value holds a comma or white space at its ends
key@=file://FILE :: the value is what the file holds

White space may follow any comma. Quote the whole word for the shell when it holds blanks, braces
or quotes.

EXAMPLES
cogid create-identity-pool --identity-pool-name shop --no-allow-unauthenticated-identities \
--identity-pool-tags 'stage=test,owner="Roe, Jane"'
cogid set-identity-pool-roles --identity-pool-id us-east-1:4e1f8c1d-7d2b-4c0a-9a53-6f2d8b1e7c90 \
--roles authenticated=arn:aws:iam::123456789012:role/user --role-mappings \
'graph.facebook.com={Type=Rules,AmbiguousRoleResolution=Deny,\
RulesConfiguration={Rules=[{Claim=sub,MatchType=StartsWith,Value=1,\
RoleARN=arn:aws:iam::123456789012:role/one}]}}'

OTHER WAYS
'{"key": "value"}' :: JSON, for any flag with structure
file://FILE :: the value is the text of the file; file://- is standard input
fileb://FILE :: the same, for bytes
--cli-input-json file://FILE :: the whole request as JSON; flags given beside it win
--cli-input-yaml file://FILE :: the same in YAML
--generate-cli-skeleton :: print an empty request to fill in; yaml-input explains each member, \
output shows a made-up reply
--x, --no-x :: true and false
"""

_LOCAL = """\
The service itself, all 23 operations, to run on this machine: for trying things out, for tests
and for CI. It needs no account, no credentials and no server. Tokens and
the server take further packages: in a clone of cogid, pip install '.[local]'.

ONE COMMAND AT A TIME
--local, in any command, or COGID_LOCAL=1 for all of them, sends the request there. What is made is
kept for the next command.

cogid --local create-identity-pool --identity-pool-name shop --allow-unauthenticated-identities
cogid --local list-identity-pools

FOR OTHER PROGRAMS
cogid local serve :: Serve it over HTTP, at 127.0.0.1 and port 4599 unless --host and --port say \
otherwise; port 0 is any free one. STS, IAM and user pools answer beside it.
cogid local env :: Print the variables that make SDKs and AWS CLI use it.
cogid local path :: Print the name of the file that holds the state.
cogid local reset :: Forget everything.

THE STATE
Everything is in one file: --local-db FILE, else COGID_LOCAL_DB, else cogid/local.db in
XDG_DATA_HOME (~/.local/share), or its like on other systems. Give tests a file each.

Without a region from a flag, a variable or a profile, it is us-east-1. Regions are kept apart, as
the real ones are.

GOOD TO KNOW
Tokens and credentials look like real ones, but no real AWS account takes them.

The rest of cogid is unchanged: flags, formats, paging, errors and exit codes are the same.
"""

_ENVIRONMENT = """\
A flag comes before a variable, a variable before the profile.

COGID
COGID_LOCAL :: 1 sends every command to the service on this machine, as --local does
COGID_LOCAL_DB :: the file with that service's state, as --local-db does
COGID_PAGER :: the pager, before AWS_PAGER, cli_pager and PAGER; empty for none

AWS
AWS_DEFAULT_PROFILE, AWS_PROFILE :: the profile to use, as --profile does
AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN :: credentials
AWS_REGION, AWS_DEFAULT_REGION :: the region, as --region does
AWS_DEFAULT_OUTPUT :: the format, as --output does
AWS_ENDPOINT_URL_COGNITO_IDENTITY, AWS_ENDPOINT_URL :: where requests go, as --endpoint-url \
does; AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true ignores both
AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE :: instead of ~/.aws/config and ~/.aws/credentials
AWS_CA_BUNDLE :: the CA certificates, as --ca-bundle does
AWS_MAX_ATTEMPTS, AWS_RETRY_MODE :: how often a call is tried (3), and how (standard, adaptive, \
legacy)
AWS_USE_FIPS_ENDPOINT, AWS_USE_DUALSTACK_ENDPOINT :: which endpoints are used
AWS_PAGER :: the pager of AWS CLI; empty for none
AWS_CLI_OUTPUT_ENCODING :: the encoding of what is printed
AWS_CLI_ERROR_FORMAT :: as --cli-error-format does
AWS_CLI_AUTO_PROMPT :: on or on-partial prompts for flags
AWS_EC2_METADATA_DISABLED :: true never asks the EC2 instance for credentials

EVERY PROGRAM'S
HTTPS_PROXY, NO_PROXY :: how to reach the service
NO_COLOR, TERM, COLUMNS :: how to print on a terminal
CI :: when set, there is no pager

PROFILE KEYS
region, output, endpoint_url, ca_bundle, max_attempts, retry_mode, cli_pager,
cli_timestamp_format (iso8601, wire), cli_error_format, cli_binary_format, cli_auto_prompt
"""

_PAGES = {
    "query": _QUERY,
    "output": _OUTPUT,
    "paging": _PAGING,
    "credentials": _CREDENTIALS,
    "exit-codes": _EXIT_CODES,
    "shorthand": _SHORTHAND,
    "local": _LOCAL,
    "environment": _ENVIRONMENT,
}


def page(name: str) -> list[Block]:
    """Give the page of one topic. Raises KeyError for a name that is none."""
    others = " | ".join(other for other in TOPICS if other != name)
    return [
        Block("text", f"cogid help {name} - {TOPICS[name]}", 0),
        *content(name),
        *aligned([row("Other topics:", others, indent=0)]),
    ]


def content(name: str) -> list[Block]:
    """Give what a topic says, for its part of a man page as well."""
    done: list[Block] = []
    for part in _PAGES[name].strip().split("\n\n"):
        lines = part.split("\n")
        if re.fullmatch(r"[^a-z]+", lines[0]):
            done.append(Block("heading", lines.pop(0)))
        if " :: " in lines[0]:
            done += aligned(row(*line.split(" :: ")) for line in lines)
        elif lines[0].startswith(("cogid ", "# ")):
            done += [Block("command", line) for line in lines]
        else:
            inside = any(block.kind == "heading" for block in done)
            done.append(Block("text", " ".join(lines), 2 if inside else 0))
    return done
