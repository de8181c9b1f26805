# Completion of cogid for fish: cogid says what there is, this hands over the line.
# To load it: cogid completion fish | source

function __cogid_complete
    set -l _cogid_program (commandline -opc)[1]
    command -sq -- "$_cogid_program"; or set _cogid_program cogid
    # The line goes by a pipe, because tokens on it are nobody else's business; with it go the
    # values of the variables that stand on it. Nothing is run to find them. What stands behind
    # the cursor, fish (seen in 3.6) does not tell.
    set -l _cogid_line "$(commandline -cp)"
    set -l _cogid_sent "$_cogid_line" '' ''
    for _cogid_name in (string match -ar '\$[A-Za-z_]\w*' -- "$_cogid_line" | string sub -s 2)
        set -a _cogid_sent "$_cogid_name=$$_cogid_name"
    end
    printf '%s\0' $_cogid_sent | command $_cogid_program completion fish --complete 1 2>/dev/null
end

complete -c cogid -e
complete -c cogid -f -k -a '(__cogid_complete)'
