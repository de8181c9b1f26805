# Completion of cogid for bash. Made by: python -m cogid.completion
# To load it: source <(cogid completion bash)

__cogid_commands=' create-identity-pool delete-identities delete-identity-pool describe-identity describe-identity-pool get-credentials-for-identity get-id get-identity-pool-roles get-open-id-token get-open-id-token-for-developer-identity get-principal-tag-attribute-map list-identities list-identity-pools list-tags-for-resource lookup-developer-identity merge-developer-identities set-identity-pool-roles set-principal-tag-attribute-map tag-resource unlink-developer-identity unlink-identity untag-resource update-identity-pool help completion local '

# What follows a command: its own flags go to $words, then the global ones.
__cogid_flags_of() {
    words=()
    case $1 in
        'create-identity-pool') words=(--identity-pool-name --allow-unauthenticated-identities --no-allow-unauthenticated-identities --allow-classic-flow --no-allow-classic-flow --supported-login-providers --developer-provider-name --open-id-connect-provider-arns --cognito-identity-providers --saml-provider-arns --identity-pool-tags --cli-input-json --cli-input-yaml --generate-cli-skeleton) ;;
        'delete-identities') words=(--identity-ids-to-delete --cli-input-json --cli-input-yaml --generate-cli-skeleton) ;;
        'delete-identity-pool') words=(--identity-pool-id --cli-input-json --cli-input-yaml --generate-cli-skeleton) ;;
        'describe-identity') words=(--identity-id --cli-input-json --cli-input-yaml --generate-cli-skeleton) ;;
        'describe-identity-pool') words=(--identity-pool-id --cli-input-json --cli-input-yaml --generate-cli-skeleton) ;;
        'get-credentials-for-identity') words=(--identity-id --logins --custom-role-arn --cli-input-json --cli-input-yaml --generate-cli-skeleton) ;;
        'get-id') words=(--account-id --identity-pool-id --logins --cli-input-json --cli-input-yaml --generate-cli-skeleton) ;;
        'get-identity-pool-roles') words=(--identity-pool-id --cli-input-json --cli-input-yaml --generate-cli-skeleton) ;;
        'get-open-id-token') words=(--identity-id --logins --cli-input-json --cli-input-yaml --generate-cli-skeleton) ;;
        'get-open-id-token-for-developer-identity') words=(--identity-pool-id --identity-id --logins --principal-tags --token-duration --cli-input-json --cli-input-yaml --generate-cli-skeleton) ;;
        'get-principal-tag-attribute-map') words=(--identity-pool-id --identity-provider-name --cli-input-json --cli-input-yaml --generate-cli-skeleton) ;;
        'list-identities') words=(--identity-pool-id --max-results --next-token --hide-disabled --no-hide-disabled --cli-input-json --cli-input-yaml --generate-cli-skeleton --starting-token --page-size --max-items) ;;
        'list-identity-pools') words=(--max-results --next-token --cli-input-json --cli-input-yaml --generate-cli-skeleton --starting-token --page-size --max-items) ;;
        'list-tags-for-resource') words=(--resource-arn --cli-input-json --cli-input-yaml --generate-cli-skeleton) ;;
        'lookup-developer-identity') words=(--identity-pool-id --identity-id --developer-user-identifier --max-results --next-token --cli-input-json --cli-input-yaml --generate-cli-skeleton --starting-token --page-size --max-items) ;;
        'merge-developer-identities') words=(--source-user-identifier --destination-user-identifier --developer-provider-name --identity-pool-id --cli-input-json --cli-input-yaml --generate-cli-skeleton) ;;
        'set-identity-pool-roles') words=(--identity-pool-id --roles --role-mappings --cli-input-json --cli-input-yaml --generate-cli-skeleton) ;;
        'set-principal-tag-attribute-map') words=(--identity-pool-id --identity-provider-name --use-defaults --no-use-defaults --principal-tags --cli-input-json --cli-input-yaml --generate-cli-skeleton) ;;
        'tag-resource') words=(--resource-arn --tags --cli-input-json --cli-input-yaml --generate-cli-skeleton) ;;
        'unlink-developer-identity') words=(--identity-id --identity-pool-id --developer-provider-name --developer-user-identifier --cli-input-json --cli-input-yaml --generate-cli-skeleton) ;;
        'unlink-identity') words=(--identity-id --logins --logins-to-remove --cli-input-json --cli-input-yaml --generate-cli-skeleton) ;;
        'untag-resource') words=(--resource-arn --tag-keys --cli-input-json --cli-input-yaml --generate-cli-skeleton) ;;
        'update-identity-pool') words=(--identity-pool-id --identity-pool-name --allow-unauthenticated-identities --no-allow-unauthenticated-identities --allow-classic-flow --no-allow-classic-flow --supported-login-providers --developer-provider-name --open-id-connect-provider-arns --cognito-identity-providers --saml-provider-arns --identity-pool-tags --cli-input-json --cli-input-yaml --generate-cli-skeleton) ;;
        'help') words=() ;;
        'completion') words=(--help) ;;
        'local') words=(--help) ;;
        'local serve') words=(--host --port --db --trust --allow-remote --help) ;;
        'local reset') words=(--db --yes --help) ;;
        'local path') words=(--db --help) ;;
        'local env') words=(--db --shell --help) ;;
    esac
    case $1 in
        'help'|'help '*|'completion'|'completion '*|'local'|'local '*) ;;
        *) words+=(--debug --endpoint-url --no-verify-ssl --no-paginate --output --query --profile --region --version --color --no-sign-request --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-binary-format --no-cli-pager --cli-auto-prompt --no-cli-auto-prompt --cli-error-format --local --local-db --help) ;;
    esac
}

# How many words a flag of a command takes (0, 1, + or ?), where its values come from, and
# whether file:// may stand for them.
__cogid_kind_of() {
    takes='' source='' files=''
    case "$1 $2" in
        'create-identity-pool --developer-provider-name') takes='1' source='' files='may' ;;
        *' --identity-pool-name'|*' --account-id'|*' --next-token'|*' --developer-user-identifier'|*' --source-user-identifier'|*' --destination-user-identifier') takes='1' source='' files='may' ;;
        *' --allow-unauthenticated-identities'|*' --no-allow-unauthenticated-identities'|*' --allow-classic-flow'|*' --no-allow-classic-flow'|*' --debug'|*' --no-verify-ssl'|*' --no-paginate'|*' --version'|*' --no-sign-request'|*' --no-cli-pager'|*' --cli-auto-prompt'|*' --no-cli-auto-prompt'|*' --local'|*' --help'|*' --hide-disabled'|*' --no-hide-disabled'|*' --use-defaults'|*' --no-use-defaults'|*' --allow-remote'|*' --yes') takes='0' source='' files='' ;;
        *' --supported-login-providers'|*' --logins'|*' --roles'|*' --role-mappings') takes='1' source='places' files='likely' ;;
        *' --developer-provider-name') takes='1' source='developer-provider' files='may' ;;
        *' --open-id-connect-provider-arns'|*' --saml-provider-arns') takes='+' source='' files='may' ;;
        *' --cognito-identity-providers') takes='+' source='places' files='likely' ;;
        *' --identity-pool-tags'|*' --cli-input-json'|*' --cli-input-yaml'|*' --principal-tags'|*' --tags') takes='1' source='' files='likely' ;;
        *' --generate-cli-skeleton') takes='?' source='' files='' ;;
        *' --endpoint-url'|*' --output'|*' --query'|*' --region'|*' --color'|*' --cli-read-timeout'|*' --cli-connect-timeout'|*' --cli-binary-format'|*' --cli-error-format'|*' --token-duration'|*' --max-results'|*' --starting-token'|*' --page-size'|*' --max-items'|*' --host'|*' --port'|*' --shell') takes='1' source='' files='' ;;
        *' --profile') takes='1' source='profiles' files='' ;;
        *' --ca-bundle'|*' --local-db'|*' --db') takes='1' source='files' files='' ;;
        *' --identity-ids-to-delete') takes='+' source='identities' files='may' ;;
        *' --identity-pool-id') takes='1' source='pools' files='may' ;;
        *' --identity-id') takes='1' source='identities' files='may' ;;
        *' --custom-role-arn') takes='1' source='roles' files='may' ;;
        *' --identity-provider-name') takes='1' source='providers' files='may' ;;
        *' --resource-arn') takes='1' source='pool-arns' files='may' ;;
        *' --logins-to-remove') takes='+' source='linked-logins' files='may' ;;
        *' --tag-keys') takes='+' source='tag-keys' files='may' ;;
        *' --trust') takes='1' source='places' files='' ;;
    esac
}

# The values of a flag, or those at one place inside it.
__cogid_values_of() {
    words=() source=''
    case $1 in
        '--supported-login-providers 0') words=(accounts.google.com= api.twitter.com= appleid.apple.com= graph.facebook.com= www.amazon.com=) ;;
        '--cognito-identity-providers 0') words=(ProviderName= ClientId= ServerSideTokenCheck=) ;;
        '--cognito-identity-providers ServerSideTokenCheck=') words=(true false) ;;
        '--generate-cli-skeleton') words=(input yaml-input output) ;;
        '--output') words=(json text table yaml yaml-stream csv jsonl off) ;;
        '--region') words=(af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2 cn-north-1 us-gov-east-1 us-gov-west-1 eusc-de-east-1) ;;
        '--color') words=(on off auto) ;;
        '--cli-binary-format') words=(base64 raw-in-base64-out) ;;
        '--cli-error-format') words=(enhanced legacy json yaml text table) ;;
        '--logins 0') source='login-keys' ;;
        '--roles 0') words=(authenticated= unauthenticated=) ;;
        '--role-mappings 1') words=(Type= AmbiguousRoleResolution= RulesConfiguration=) ;;
        '--role-mappings Type=') words=(Token Rules) ;;
        '--role-mappings AmbiguousRoleResolution=') words=(AuthenticatedRole Deny) ;;
        '--role-mappings 2') words=(Rules=) ;;
        '--role-mappings 3') words=(Claim= MatchType= Value= RoleARN=) ;;
        '--role-mappings MatchType=') words=(Equals Contains StartsWith NotEqual) ;;
        '--role-mappings 0') source='mapping-keys' ;;
        '--shell') words=(bash zsh fish powershell cmd) ;;
        '--roles '*=) source='roles' ;;
        '--trust '*=) source='files' ;;
    esac
}

# The words that follow a command which is no operation.
__cogid_words_after() {
    words=()
    case $1 in
        'help') words=(query output paging credentials exit-codes shorthand local environment create-identity-pool delete-identities delete-identity-pool describe-identity describe-identity-pool get-credentials-for-identity get-id get-identity-pool-roles get-open-id-token get-open-id-token-for-developer-identity get-principal-tag-attribute-map list-identities list-identity-pools list-tags-for-resource lookup-developer-identity merge-developer-identities set-identity-pool-roles set-principal-tag-attribute-map tag-resource unlink-developer-identity unlink-identity untag-resource update-identity-pool) ;;
        'completion') words=(bash zsh fish powershell) ;;
        'local') words=(serve reset path env) ;;
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
