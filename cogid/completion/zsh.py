"""The completion script for zsh: a function for ``$fpath``, which can be sourced as well.

The walk is that of ``bash.py``; zsh cuts the line into words correctly by itself, and shows what
each word is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cogid.completion.table import Flag, Table, Word

_TEMPLATE = r"""#compdef cogid
# Completion of cogid for zsh. Made by: python -m cogid.completion
# To load it: source <(cogid completion zsh), or put this file into a folder of $fpath.

_cogid_commands() {
    found=(
@COMMANDS@
    )
}

# What follows a command: its own flags, then the global ones.
_cogid_flags_of() {
    found=()
    case $1 in
@FLAGS@
    esac
    case $1 in
        (@OTHERS@) ;;
        (*) found+=(
@GLOBAL@
        ) ;;
    esac
}

# How many words a flag of a command takes (0, 1, + or ?), where its values come from, and
# whether file:// may stand for them.
_cogid_kind_of() {
    takes='' from='' files=''
    case "$1 $2" in
@KINDS@
    esac
}

# The values of a flag, or those at one place inside it.
_cogid_values_of() {
    found=() from=''
    case $1 in
@VALUES@
    esac
}

# The words that follow a command which is no operation.
_cogid_words_after() {
    found=()
    case $1 in
@WORDS@
    esac
}

# The text of a word as it was typed: quotes taken off, and $name or "$name" looked up. Nothing
# is run for it.
_cogid_plain() {
    local name=${${${1#\"}%\"}#\$}
    if [[ $1 == (|\")\$* && ${${name#\{}%\}} == [A-Za-z_][A-Za-z0-9_]# ]]; then
        name=${${name#\{}%\}}
        plain=${(P)name}
    else
        plain=${(Q)1}
    fi
}

# Find the command in $before, the flags given, and the flag that still waits for a word.
_cogid_walk() {
    local word takes from files
    local -a found
    for word in "${(@)before[2,-1]}"; do
        case $word in
            (--*=*) given+=("${word%%=*}") waiting='' ;;
            (-?*)
                given+=("$word") waiting=''
                _cogid_kind_of "$command" "$word"
                [[ $takes != [1+?] ]] || waiting=$word waits=$takes ;;
            (*)
                if [[ -n $waiting ]]; then
                    [[ $waits == + ]] || waiting=''
                elif [[ -z $command ]]; then
                    _cogid_commands
                    (( ! ${found[(I)${(b)word}:*]} )) || command=$word
                else
                    _cogid_words_after "$command"
                    (( ! $#found )) || command+=" $word"
                fi ;;
        esac
    done
    # Flags after the cursor are given as well.
    for word in "${(@)words[CURRENT+1,-1]}"; do
        [[ $word != --* ]] || given+=("${word%%=*}")
    done
}

# Propose $found: what ends in = or / is to be gone on with.
_cogid_describe() {
    local -a ready open
    ready=("${(@)found:#(*[=/]|*[=/]:*)}")
    open=("${(@M)found:#(*[=/]|*[=/]:*)}")
    local same=1
    (( ! $#ready )) || _describe -t "$1" "$2" ready && same=0
    (( ! $#open )) || _describe -t "$1" "$2" open -S '' && same=0
    return same
}

_cogid_files() {
    compset -P 1 'file(b|)://'
    _files
}

_cogid_values() {
    local flag=$1 takes from files place inner
    local -a found
    _cogid_kind_of "$command" "$flag"
    [[ -n $takes && $takes != 0 ]] || return 1
    case $files:$PREFIX in
        (?*:file(b|)://*) _cogid_files; return ;;
        (?*:fileb*) found+=('fileb\://') ;;
        (likely:*|may:?*) found+=('file\://:the value is what the file holds') ;;
    esac
    (( ! $#found )) || _describe -t files 'file' found -S ''
    found=()
    if [[ $from == places ]]; then
        [[ $PREFIX != (\{|\[)* ]] || return 1
        inner=${PREFIX##*(,|\{|\[)}
        place=${PREFIX%"$inner"}
        place=$(( ${#place//[^\{]/} - ${#place//[^\}]/} ))
        compset -P '*[,{[]'
        if [[ $inner == *=* ]]; then
            place=${inner%%=*}=
            compset -P 1 '*='
        fi
        _cogid_values_of "$flag $place"
    elif [[ -z $from ]]; then
        _cogid_values_of "$flag"
    fi
    case $from in
        ('') ;;
        (files) _files; return ;;
        (*) _cogid_ask "$from" ;;
    esac
    _cogid_describe values "${flag#--}"
}

# Ask cogid itself; the line goes by a pipe, because tokens on it are nobody else's business.
_cogid_ask() {
    local program=${(Q)words[1]} value text word plain
    local -a line
    (( $+commands[$program] )) || [[ $program == */* && -x $program ]] || program=cogid
    for word in "${(@)before[2,-1]}"; do
        _cogid_plain "$word"
        line+=("$plain")
    done
    while IFS=$'\t' read -r value text; do
        value=${value//\\/\\\\}
        found+=("${value//:/\\:}${text:+:$text}")
    done < <(
        print -rN -- "${(@)line}" | command "$program" completion zsh --values "$1" 2>/dev/null
    )
}

_cogid() {
    local command='' waiting='' waits=''
    local -a before given found
    before=("${(@)words[1,CURRENT-1]}")
    _cogid_walk
    case $PREFIX in
        (--*=*)
            local flag=${PREFIX%%=*}
            compset -P 1 '*='
            _cogid_values "$flag"
            return ;;
        (-*) [[ -z $waiting || $waits != 1 ]] || return 1 ;;
        (*)
            if [[ -n $waiting ]]; then
                _cogid_values "$waiting" && return
                [[ $waits != 1 ]] || return 1
            elif [[ -z $command ]]; then
                _cogid_commands
                _describe -t commands command found
                return
            else
                _cogid_words_after "$command"
                if (( $#found )); then
                    _describe -t words word found
                    return
                fi
            fi
            [[ -z $PREFIX ]] || return 1 ;;
    esac
    _cogid_flags_of "$command"
    local word
    for word in $given; do
        found=("${(@)found:#(${(b)word}|--no-${(b)word#--}|--${(b)word#--no-}):*}")
    done
    _describe -o -t options flag found
}

if [[ $funcstack[1] == _cogid ]]; then
    _cogid "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i; }
    compdef _cogid cogid
fi
"""


def script(table: Table) -> str:
    """Write the script."""
    others = [each for each in table.commands if not table.is_operation(each)]
    parts = {
        "COMMANDS": _listed(table.top()),
        "FLAGS": _arms((_quoted(each.name), _words(table.own(each))) for each in table.commands),
        "OTHERS": "|".join(f"'{name}'|'{name} '*" for name in table.others()),
        "GLOBAL": _listed(table.flags),
        "KINDS": _arms(
            (
                "|".join(map(_pattern, patterns)),
                f"takes='{kind.takes}' from='{kind.source}' files='{kind.files}'",
            )
            for kind, patterns in table.kinds()
        ),
        "VALUES": _arms(
            (_place(name), f"from='{place.source}'" if place.source else _words(place.words))
            for name, place in table.values().items()
        ),
        "WORDS": _arms((_quoted(each.name), _words(each.words)) for each in others if each.words),
    }
    text = _TEMPLATE
    for name, part in parts.items():
        text = text.replace(f"@{name}@", part)
    return text


def _arms(arms: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"        ({pattern}) {what} ;;" for pattern, what in arms)


def _words(words: Iterable[Flag | Word]) -> str:
    return f"found=(\n{_listed(words)}\n        )"


def _listed(words: Iterable[Flag | Word]) -> str:
    return "\n".join(f"            {_quoted(_described(each[0], each[1]))}" for each in words)


def _described(word: str, about: str) -> str:
    escaped = word.replace("\\", "\\\\").replace(":", "\\:")
    return f"{escaped}:{about}" if about else escaped


def _pattern(pattern: str) -> str:
    command, _, flag = pattern.partition(" --")
    return f"*' --{flag}'" if command == "*" else f"'{command} --{flag}'"


def _place(name: str) -> str:
    flag, _, place = name.partition(" ")
    return f"'{flag} '*=" if place == "*=" else f"'{name}'"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
