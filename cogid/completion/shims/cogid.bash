# Completion of cogid for bash 3.2 and later: cogid says what there is, this hands over the line.
# To load it: source <(cogid completion bash)

_cogid() {
    local _cogid_program=$1 _cogid_rest=$COMP_LINE _cogid_name
    type -P "$1" >/dev/null || _cogid_program=cogid
    # The line goes by a pipe, because tokens on it are nobody else's business; with it go the
    # values of the variables that stand on it. Nothing is run to find them.
    set -- "${COMP_LINE:0:COMP_POINT}" "${COMP_LINE:COMP_POINT}" "$2"
    while [[ $_cogid_rest =~ \$\{?([A-Za-z_][A-Za-z0-9_]*) ]]; do
        _cogid_name=${BASH_REMATCH[1]}
        _cogid_rest=${_cogid_rest#*"${BASH_REMATCH[0]}"}
        set -- "$@" "$_cogid_name=${!_cogid_name-}"
    done
    COMPREPLY=()
    while IFS= read -r _cogid_name; do
        COMPREPLY+=("$_cogid_name")
    done < <(printf '%s\0' "$@" |
        "$_cogid_program" completion bash --complete 1 "${COMP_TYPE-}" "${COLUMNS-}" 2>/dev/null)
    case ${COMPREPLY-} in *[=/]) compopt -o nospace 2>/dev/null ;; esac
}

complete -F _cogid cogid
