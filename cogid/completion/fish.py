"""The completion script for fish: one function that proposes whole words with descriptions.

The walk is that of ``bash.py``; what does not begin with the word typed so far is left to fish,
which compares more generously.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cogid.completion.table import Flag, Table, Word

_TEMPLATE = r"""# Completion of cogid for fish. Made by: python -m cogid.completion
# To load it: cogid completion fish | source

# Each function prints a word a line, a tab, and what the word is about.
function __cogid_commands
    printf '%s\t%s\n' @COMMANDS@
end

# What follows a command: its own flags, then the global ones.
function __cogid_flags_of
    switch "$argv[1]"
@FLAGS@
    end
    switch "$argv[1]"
        case @OTHERS@
        case '*'
            printf '%s\t%s\n' @GLOBAL@
    end
end

# How many words a flag of a command takes (0, 1, + or ?), where its values come from, and
# whether file:// may stand for them.
function __cogid_kind_of
    switch "$argv[1] $argv[2]"
@KINDS@
    end
end

# The values of a flag, or those at one place inside it; as "from SOURCE" where they are live.
function __cogid_values_of
    switch "$argv[1]"
@VALUES@
    end
end

# The words that follow a command which is no operation.
function __cogid_words_after
    switch "$argv[1]"
@WORDS@
    end
end

# The text of a word: $name is looked up (fish has taken the quotes off).
function __cogid_plain
    set -l name (string replace -rf '^\$([A-Za-z_][A-Za-z0-9_]*)$' '$1' -- $argv[1])
    if test -n "$name"
        echo -- "$$name"
    else
        printf '%s\n' "$argv[1]"
    end
end

function __cogid_files
    set -l path (string replace -r '^~/' "$HOME/" -- "$argv[2]")
    for found in $path*
        test -d "$found"; and set found "$found/"
        string match -q '~/*' -- "$argv[2]"
        and set found '~'(string sub -s (math (string length -- "$HOME") + 1) -- "$found")
        printf '%s%s\n' "$argv[1]" "$found"
    end
end

# Ask cogid itself; the line goes by a pipe, because tokens on it are nobody else's business.
function __cogid_ask
    set -l program $argv[2]
    command -sq -- "$program"; or set program cogid
    set -l line
    for word in $argv[3..-1]
        set -a line "$(__cogid_plain $word)"
    end
    printf '%s\0' $line | command $program completion fish --values $argv[1] 2>/dev/null
end

# Propose values for a flag: $argv[3] stands before the value, $argv[4] is what was typed of it.
function __cogid_values
    set -l kind (__cogid_kind_of "$argv[1]" "$argv[2]" | string split ' ')
    set -l head "$argv[3]"
    set -l tail "$argv[4]"
    set -l from "$kind[2]"
    set -l lines
    contains -- "$kind[1]" 1 + '?'; or return
    if test "$kind[3]" != -
        switch "$tail"
            case 'file://*'
                __cogid_files "$head""file://" (string sub -s 8 -- "$tail")
                return
            case 'fileb://*'
                __cogid_files "$head""fileb://" (string sub -s 9 -- "$tail")
                return
            case 'fileb*'
                printf '%s\n' "$head""fileb://"
            case '*'
                test "$kind[3]" = likely -o -n "$tail"
                and printf '%s\t%s\n' "$head""file://" 'the value is what the file holds'
        end
    end
    switch "$from"
        case -
            set lines (__cogid_values_of "$argv[2]")
        case places
            string match -qr '^[{[]' -- "$tail"; and return
            set -l inner (string replace -r '^.*[,{[]' '' -- "$tail")
            set -l length (math (string length -- "$tail") - (string length -- "$inner"))
            set -l place (string sub -l $length -- "$tail")
            set head "$head$place"
            set place (math (string replace -ra '[^{]' '' -- "$place" | string length) \
                - (string replace -ra '[^}]' '' -- "$place" | string length))
            if string match -q '*=*' -- "$inner"
                set place (string replace -r '=.*' '=' -- "$inner")
                set head "$head$place"
                set inner (string replace -r '^[^=]*=' '' -- "$inner")
            end
            set tail "$inner"
            set lines (__cogid_values_of "$argv[2] $place")
            set from -
            if string match -q 'from *' -- "$lines[1]"
                set from (string sub -s 6 -- "$lines[1]")
                set lines
            end
    end
    switch "$from"
        case -
        case files
            __cogid_files "$head" "$tail"
        case '*'
            set lines (__cogid_ask $from $argv[5..-1])
    end
    for line in $lines
        printf '%s%s\n' "$head" "$line"
    end
end

function __cogid_complete
    set -l before (commandline -opc)
    set -l current "$(commandline -ct)"
    if string match -qr '[\\\\\'"]' -- "$current"
        # Its quotes taken off; one may be open still.
        set current "$(string unescape -- "$current"
            or string unescape -- "$current\""
            or string unescape -- "$current'"
            or echo -- "$current")"
    end
    set -l command ''
    set -l waiting ''
    set -l waits ''
    set -l given
    for word in $before[2..-1]
        switch "$word"
            case '--*=*'
                set -a given (string replace -r '=.*' '' -- $word)
                set waiting ''
            case '-*'
                set -a given $word
                set waiting ''
                set waits (__cogid_kind_of "$command" "$word" | string split ' ')[1]
                contains -- "$waits" 1 + '?'; and set waiting $word
            case '*'
                if test -n "$waiting"
                    test "$waits" = +; or set waiting ''
                else if test -z "$command"
                    __cogid_commands | string match -q -- $word\t'*'; and set command $word
                else if __cogid_words_after "$command" | string length -q
                    set command "$command $word"
                end
        end
    end
    switch "$current"
        case '--*=*'
            set -l flag (string replace -r '=.*' '' -- "$current")
            set -l tail "$(string replace -r '^[^=]*=' '' -- "$current")"
            __cogid_values "$command" $flag $flag= "$tail" $before
            return
        case '-*'
            test -n "$waiting" -a "$waits" = 1; and return
        case '*'
            if test -n "$waiting"
                set -l lines (__cogid_values "$command" $waiting '' "$current" $before)
                set -q lines[1]; and printf '%s\n' $lines
                test "$waits" = 1 -o -n "$lines[1]"; and return
            else if test -z "$command"
                __cogid_commands
                return
            else if __cogid_words_after "$command"
                return
            end
            test -n "$current"; and return
    end
    for line in (__cogid_flags_of "$command")
        set -l flag (string split -f 1 \t -- $line)
        set -l bare (string sub -s 3 -- $flag)
        contains -- $flag $given; and continue
        contains -- --no-$bare $given; and continue
        contains -- --(string replace -r '^no-' '' -- $bare) $given; and continue
        printf '%s\n' $line
    end
end

complete -c cogid -e
complete -c cogid -f -k -a '(__cogid_complete)'
"""


def script(table: Table) -> str:
    """Write the script."""
    others = [each for each in table.commands if not table.is_operation(each)]
    parts = {
        "COMMANDS": _listed(table.top()),
        "FLAGS": _cases((_quoted(each.name), _shown(table.own(each))) for each in table.commands),
        "OTHERS": " ".join(f"'{name}' '{name} *'" for name in table.others()),
        "GLOBAL": _listed(table.flags),
        "KINDS": _cases(
            (
                " ".join(map(_pattern, patterns)),
                f"echo '{kind.takes} {kind.source or '-'} {kind.files or '-'}'",
            )
            for kind, patterns in table.kinds()
        ),
        "VALUES": _cases(
            (_place(name), f"echo 'from {place.source}'" if place.source else _shown(place.words))
            for name, place in table.values().items()
        ),
        "WORDS": _cases((_quoted(each.name), _shown(each.words)) for each in others if each.words),
    }
    text = _TEMPLATE
    for name, part in parts.items():
        text = text.replace(f"@{name}@", part)
    return text


def _cases(cases: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"        case {pattern}\n            {what}" for pattern, what in cases)


def _shown(words: Iterable[Flag | Word]) -> str:
    listed = _listed(words)
    return f"printf '%s\\t%s\\n' {listed}" if listed else "true"


def _listed(words: Iterable[Flag | Word]) -> str:
    return " ".join(f"{_quoted(each[0])} {_quoted(each[1])}" for each in words)


def _pattern(pattern: str) -> str:
    command, _, flag = pattern.partition(" --")
    return f"'{'*' if command == '*' else command} --{flag}'"


def _place(name: str) -> str:
    flag, _, place = name.partition(" ")
    return f"'{flag} *='" if place == "*=" else f"'{name}'"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
