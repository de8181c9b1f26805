"""The completion script for bash: the table as ``case`` statements under a hand-written walk.

Runs in bash 3.2 (macOS) and later, without the bash-completion package. ``compgen -W`` and
``eval`` are not used: both would run ``$(…)`` in a pool's name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cogid.completion.table import Flag, Table, Word

_TEMPLATE = r"""# Completion of cogid for bash. Made by: python -m cogid.completion
# To load it: source <(cogid completion bash)

__cogid_commands=@COMMANDS@

# What follows a command: its own flags go to $words, then the global ones.
__cogid_flags_of() {
    words=()
    case $1 in
@FLAGS@
    esac
    case $1 in
        @OTHERS@) ;;
        *) words+=(@GLOBAL@) ;;
    esac
}

# How many words a flag of a command takes (0, 1, + or ?), where its values come from, and
# whether file:// may stand for them.
__cogid_kind_of() {
    takes='' source='' files=''
    case "$1 $2" in
@KINDS@
    esac
}

# The values of a flag, or those at one place inside it.
__cogid_values_of() {
    words=() source=''
    case $1 in
@VALUES@
    esac
}

# The words that follow a command which is no operation.
__cogid_words_after() {
    words=()
    case $1 in
@WORDS@
    esac
}

# The text of a word as it was typed: quotes taken off, and $name or "$name" looked up. In
# $plain; the quote that was left open in $quote. Nothing is run for it.
__cogid_plain() {
    local rest=$1 part name
    plain='' quote=''
    if [[ $rest =~ ^\"?\$(\{?)([A-Za-z_][A-Za-z0-9_]*)(\}?)\"?$ ]]; then
        name=${BASH_REMATCH[2]}
        plain=${!name-}
        return
    fi
    while [[ -n $rest ]]; do
        case $quote in
            '')
                part=${rest%%[\\\'\"]*}
                plain+=$part rest=${rest:${#part}}
                case $rest in
                    \\*) plain+=${rest:1:1} rest=${rest:2} ;;
                    ?*) quote=${rest:0:1} rest=${rest:1} ;;
                esac ;;
            \')
                part=${rest%%\'*}
                plain+=$part rest=${rest:${#part}}
                [[ -z $rest ]] || quote='' rest=${rest:1} ;;
            *)
                part=${rest%%[\\\"]*}
                plain+=$part rest=${rest:${#part}}
                case $rest in
                    \\[\\\"\$\`]*) plain+=${rest:1:1} rest=${rest:2} ;;
                    \\*) plain+=${rest:0:1} rest=${rest:1} ;;
                    ?*) quote='' rest=${rest:1} ;;
                esac ;;
        esac
    done
}

# Put the line's words, whole again where COMP_WORDBREAKS cut them, into $before, and the one
# under the cursor into $raw. Flags after the cursor count as given.
__cogid_read() {
    local rest=$COMP_LINE index last=-1 word
    before=() raw=''
    for ((index = 0; index < ${#COMP_WORDS[@]}; index++)); do
        word=${COMP_WORDS[index]}
        if ((index > COMP_CWORD)); then
            case $word in --*) given+=" ${word%%=*} " ;; esac
            continue
        fi
        if [[ $index == 0 || $rest == [[:space:]]* ]]; then
            rest=${rest#"${rest%%[![:space:]]*}"}
            last=$((last + 1))
            before[last]=''
        fi
        before[last]+=$word
        rest=${rest#"$word"}
    done
    raw=${before[last]}
    unset "before[$last]"
    index=$((${#COMP_LINE} - ${#rest} - COMP_POINT))
    ((index <= 0)) || raw=${raw:0:${#raw}-index}
}

# Find the command in $before, the flags given, and the flag that still waits for a word.
__cogid_walk() {
    local word words takes source files
    command='' waiting='' waits=''
    for word in "${before[@]:1}"; do
        case $word in
            --*=*) given+=" ${word%%=*} " waiting='' ;;
            -?*)
                given+=" $word " waiting=''
                __cogid_kind_of "$command" "$word"
                case $takes in [1+?]) waiting=$word waits=$takes ;; esac ;;
            *)
                if [[ -n $waiting ]]; then
                    [[ $waits == + ]] || waiting=''
                elif [[ -z $command ]]; then
                    [[ $__cogid_commands != *" $word "* ]] || command=$word
                else
                    __cogid_words_after "$command"
                    [[ ${#words[@]} == 0 ]] || command+=" $word"
                fi ;;
        esac
    done
}

# Propose values for a flag: $2 stands before the value, $3 is what was typed of it.
__cogid_propose_values() {
    local flag=$1 head=$2 tail=$3 takes source files words word place inner
    __cogid_kind_of "$command" "$flag"
    [[ $takes != 0 && -n $takes ]] || return
    case $files:$tail in
        ?*:file://*) __cogid_propose_files "${head}file://" "${tail:7}"; return ;;
        ?*:fileb://*) __cogid_propose_files "${head}fileb://" "${tail:8}"; return ;;
    esac
    case $files:$tail in
        ?*:fileb*) proposed+=("${head}fileb://") about+=('') ;;
        likely:*|may:?*) proposed+=("${head}file://") about+=('') ;;
    esac
    if [[ $source == places ]]; then
        case $tail in [{[]*) return ;; esac
        inner=${tail##*[,{[]}
        place=${tail%"$inner"}
        head+=$place
        word=${place//[!\}]/}
        place=${place//[!\{]/}
        place=$((${#place} - ${#word}))
        case $inner in
            *=*) place=${inner%%=*}= head+=${inner%%=*}= inner=${inner#*=} ;;
        esac
        __cogid_values_of "$flag $place"
        tail=$inner
    elif [[ -z $source ]]; then
        __cogid_values_of "$flag"
    fi
    for word in "${words[@]}"; do
        proposed+=("$head$word") about+=('')
    done
    case $source in
        '') ;;
        files) __cogid_propose_files "$head" "$tail" ;;
        *) __cogid_ask "$source" "$head" ;;
    esac
}

__cogid_propose_files() {
    local path=$2 found
    case $path in '~/'*) path=$HOME${path:1} ;; esac
    while IFS= read -r found; do
        [[ ! -d $found ]] || found+=/
        case $2 in '~/'*) found='~'${found#"$HOME"} ;; esac
        proposed+=("$1$found") about+=('')
    done < <(compgen -f -- "$path")
}

# Ask cogid itself; the line goes by a pipe, because tokens on it are nobody else's business.
__cogid_ask() {
    local program value text word plain quote line=()
    __cogid_plain "${before[0]}"
    program=$plain
    type -P "$program" >/dev/null 2>&1 || program=cogid
    for word in "${before[@]:1}"; do
        __cogid_plain "$word"
        line+=("$plain")
    done
    while IFS=$'\t' read -r value text; do
        [[ -z $value ]] || { proposed+=("$2$value"); about+=("$text"); }
    done < <(printf '%s\0' "${line[@]}" | "$program" completion bash --values "$1" 2>/dev/null)
}

__cogid_propose() {
    local words word
    case $current in
        --*=*) __cogid_propose_values "${current%%=*}" "${current%%=*}=" "${current#*=}"; return ;;
        -*) [[ -z $waiting || $waits != 1 ]] || return ;;
        *)
            if [[ -n $waiting ]]; then
                __cogid_propose_values "$waiting" '' "$current"
                [[ $waits != 1 && ${#proposed[@]} == 0 ]] || return
            fi
            if [[ -z $command ]]; then
                words=($__cogid_commands)
            else
                __cogid_words_after "$command"
            fi
            for word in "${words[@]}"; do
                proposed+=("$word") about+=('')
            done
            [[ -z $current && ${#proposed[@]} == 0 ]] || return ;;
    esac
    __cogid_flags_of "$command"
    for word in "${words[@]}"; do
        case $given in *" $word "*|*" --no-${word#--} "*|*" --${word#--no-} "*) continue ;; esac
        proposed+=("$word") about+=('')
    done
}

# Write $1 so that the shell reads it as that text, inside the quote that is open.
__cogid_quote() {
    case $quote in
        \") quoted=${1//\\/\\\\} quoted=${quoted//\"/\\\"} quoted=${quoted//\$/\\\$}
            quoted=${quoted//\`/\\\`} ;;
        \') quoted=$1
            [[ $1 != *\'* ]] || quoted='' ;;
        *)
            quoted=$1
            case $1 in
                '~/'*) printf -v quoted '~/%q' "${1:2}" ;;
                *[!A-Za-z0-9_./:=@%+,-]*) printf -v quoted %q "$1" ;;
            esac
            [[ $quoted != "~/''" ]] || quoted='~/' ;;
    esac
}

_cogid() {
    local IFS=$' \t\n' before raw given='' command waiting waits current plain quote quoted
    local proposed=() about=() index strip found=() texts=()
    COMPREPLY=()
    __cogid_read
    __cogid_walk
    # readline replaces only what comes after the last word break: $2, without its open quote.
    __cogid_plain "$2"
    strip=$plain
    __cogid_plain "$raw"
    current=$plain
    case $current in *"$strip") strip=$((${#current} - ${#strip})) ;; *) strip=0 ;; esac
    __cogid_propose
    for ((index = 0; index < ${#proposed[@]}; index++)); do
        [[ ${proposed[index]} == "$current"* ]] || continue
        __cogid_quote "${proposed[index]:strip}"
        [[ -n $quoted || -z ${proposed[index]:strip} ]] || continue
        found+=("$quoted") texts+=("${about[index]}")
    done
    case ${#found[@]} in
        0) return ;;
        1) case ${found[0]} in *[=/]) compopt -o nospace 2>/dev/null ;; esac ;;
        *)
            # Only where readline lists: what it would insert stays the bare word.
            case ${COMP_TYPE-} in
                63|33|64)
                    for ((index = 0; index < ${#found[@]}; index++)); do
                        [[ -z ${texts[index]} ]] || found[index]+="  (${texts[index]})"
                    done ;;
            esac ;;
    esac
    COMPREPLY=("${found[@]}")
}

complete -F _cogid cogid
"""


def script(table: Table) -> str:
    """Write the script."""
    others = [each for each in table.commands if not table.is_operation(each)]
    return _filled(
        COMMANDS=_quoted(f" {_listed(table.top())} "),
        FLAGS=_arms((_quoted(each.name), _words(table.own(each))) for each in table.commands),
        OTHERS="|".join(f"'{name}'|'{name} '*" for name in table.others()),
        GLOBAL=" ".join(flag.name for flag in table.flags),
        KINDS=_arms(
            (
                "|".join(map(_pattern, patterns)),
                f"takes='{kind.takes}' source='{kind.source}' files='{kind.files}'",
            )
            for kind, patterns in table.kinds()
        ),
        VALUES=_arms(
            (_place(name), f"source='{place.source}'" if place.source else _words(place.words))
            for name, place in table.values().items()
        ),
        WORDS=_arms((_quoted(each.name), _words(each.words)) for each in others if each.words),
    )


def _filled(**parts: str) -> str:
    text = _TEMPLATE
    for name, part in parts.items():
        text = text.replace(f"@{name}@", part)
    return text


def _arms(arms: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"        {pattern}) {what} ;;" for pattern, what in arms)


def _words(words: Iterable[Flag | Word]) -> str:
    return f"words=({_listed(words)})"


def _listed(words: Iterable[Flag | Word]) -> str:
    return " ".join(each[0] for each in words)


def _pattern(pattern: str) -> str:
    command, _, flag = pattern.partition(" --")
    return f"*' --{flag}'" if command == "*" else f"'{command} --{flag}'"


def _place(name: str) -> str:
    flag, _, place = name.partition(" ")
    return f"'{flag} '*=" if place == "*=" else f"'{name}'"


def _quoted(text: str) -> str:
    return f"'{text}'"
